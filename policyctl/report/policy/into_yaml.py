"""Rules added to a YAML policy: what is written there keeps every character, comments included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from policyctl.diagnostic import Edit
from policyctl.fmt.yaml_edges import with_final_break
from policyctl.fmt.yaml_entries import Entries, Entry, entries_of
from policyctl.fmt.yaml_lines import YamlLines, indent_of, is_alias
from policyctl.report.policy import yaml_
from policyctl.report.policy.yaml_ import Reasons
from policyctl.source.edit import apply, line_break
from policyctl.source.yaml_ import parse
from policyctl.source.yaml_node import Member, Node


def add(text: str, *, hide: Sequence[str], tools: Mapping[str, Any], reasons: Reasons) -> str | None:
    """The text with these names behind those of `hide` and these rules behind those of `tools`, reasons above them.

    None where the way in which the policy is written leaves no place for them.
    """
    root, _ = parse(text)
    assert root is not None
    ending = line_break(text)
    closed = text if text.endswith("\n") else with_final_break(text, root).removesuffix("\n") + ending
    root, _ = parse(closed)
    assert root is not None
    adding = _Adding(YamlLines(closed), root, reasons, ending)
    try:
        return apply(closed, (*adding.hide(hide), *adding.tools(tools)))
    except _NoPlaceError:
        return None


class _NoPlaceError(Exception):
    """An alias, or keys that do not start their lines, are in the way."""


class _Adding:
    def __init__(self, source: YamlLines, root: Node, reasons: Reasons, ending: str) -> None:
        self._source = source
        self._root = root
        self._reasons = reasons
        self._ending = ending
        self._members = {member.segment: member for member in root.members}

    def hide(self, names: Sequence[str]) -> Iterator[Edit]:
        """What `hide` gains."""
        if not names:
            return
        member = self._members.get("hide")
        if member is None:
            lines = yaml_.hidden(names, self._reasons, indent=2)
            yield self._in_root("default", ["hide:", *lines], f"hide: {yaml_.flow(list(names))}")
            return
        node = self._value(member)
        if not self._source.is_block(node):
            yield from self._in_flow(node, [yaml_.flow(name) for name in names])
            return
        column = self._dash(node.members)
        yield self._behind(self._entry("hide").stop, yaml_.hidden(names, self._reasons, indent=column))

    def tools(self, rules: Mapping[str, Any]) -> Iterator[Edit]:
        """What `tools` gain."""
        if not rules:
            return
        member = self._members.get("tools")
        if member is None:
            last = str(self._root.members[-1].segment)
            lines = ["tools:", *yaml_.tools(rules, self._reasons, indent=2)]
            yield self._in_root(last, lines, f"tools: {yaml_.flow(dict(rules))}")
            return
        node = self._value(member)
        if self._source.is_block(node):
            cut = self._entries(node, "tools")
            yield self._behind(cut.entries[-1].stop, yaml_.tools(rules, self._reasons, indent=cut.column))
            return
        written = self._source.text[self._source.value_start(node) : node.end]
        if written.strip("{} \t") == "" and self._source.is_block(self._root):
            # Nothing is in it: the entries come below, as they would in a new policy.
            yield self._emptied(member, node)
            yield self._behind(self._entry("tools").stop, yaml_.tools(rules, self._reasons, indent=2))
            return
        pairs = [yaml_.flow({name: rule})[2:-2] for name, rule in rules.items()]
        yield from self._in_flow(node, pairs)

    def _value(self, member: Member) -> Node:
        if is_alias(member):
            raise _NoPlaceError
        return member.node

    def _emptied(self, member: Member, node: Node) -> Edit:
        """Without its braces, and without the blanks in front of them."""
        assert member.key is not None
        text, start = self._source.text, self._source.value_start(node)
        before = len(text[:start]) - len(text[:start].rstrip(" \t"))
        return Edit(start - before, node.end, "")

    def _in_flow(self, node: Node, words: Sequence[str]) -> Iterator[Edit]:
        """Behind what stands in the brackets already; a comma at their end may stay."""
        if node.members:
            at = max(node.members[-1].end, (node.members[-1].key or (0, 0))[1])
            yield Edit(at, at, "".join(f", {word}" for word in words))
            return
        at = self._source.value_start(node) + 1
        if at > node.end or self._source.text[at - 1] not in "[{":
            raise _NoPlaceError
        yield Edit(at, at, ", ".join(words))

    def _in_root(self, behind: str, lines: Sequence[str], flow: str) -> Edit:
        """A new entry of the policy behind another one."""
        if not self._source.is_block(self._root):
            end = self._members[behind].end
            return Edit(end, end, f", {flow}")
        column = self._entries(self._root, None).column
        return self._behind(self._entry(behind).stop, (f"{' ' * column}{line}" for line in lines))

    def _entry(self, key: str) -> Entry:
        """The lines of an entry of the policy, with the comments that belong to it."""
        return next(entry for entry in self._entries(self._root, None).entries if entry.key == key)

    def _entries(self, node: Node, key: str | None) -> Entries:
        """The entries of the policy, or of the mapping at one of its keys."""
        if key is None:
            cut = entries_of(self._source, node, 0, self._stop(), is_root=True)
        else:
            entry = self._entry(key)
            cut = entries_of(self._source, node, entry.start + 1, entry.stop, is_root=False)
        if cut is None:
            raise _NoPlaceError
        return cut

    def _stop(self) -> int:
        """The line behind the last one of the document itself."""
        source = self._source
        after = range(source.line(max(self._root.end - 1, 0)) + 1, len(source.lines))
        return next((line for line in after if source.lines[line].startswith("...")), len(source.lines))

    def _dash(self, members: Sequence[Member]) -> int:
        """The column of the dashes of a list, all of which start a line."""
        line = self._source.lines[self._source.line(members[0].start)]
        if not line.lstrip(" ").startswith("-"):
            raise _NoPlaceError
        return indent_of(line)

    def _behind(self, line: int, lines: Iterable[str]) -> Edit:
        """New lines in front of that line of the text."""
        offset = sum(map(len, self._source.lines[:line]))
        return Edit(offset, offset, "".join(f"{each}{self._ending}" for each in lines))
