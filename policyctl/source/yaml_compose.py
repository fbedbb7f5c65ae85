"""The parser's events to one tree, with a word about everything that JSON does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from policyctl.source.fault import MAX_DEPTH, Fault, duplicate, quote, too_deep
from policyctl.source.lines import Lines
from policyctl.source.pointer import child
from policyctl.source.yaml_node import Member, Node
from policyctl.source.yaml_scalar import resolve, unknown_tag
from policyctl.source.yaml_syntax import YAML_BREAK

#: How many values the aliases of a document may stand for.
MAX_REPEATED = 200_000

_CONTAINER_TAGS = frozenset({"!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


class StopReading(Exception):  # noqa: N818 - it carries a mistake of the file out of the loop over events
    """Nothing sensible can be read after this fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(slots=True)
class _Open:
    """A container that is not closed yet; `keys` is None in a list, `key` None where a key comes next."""

    node: Node
    pointer: str
    anchor: str | None
    flow: bool
    keys: dict[str, int] | None
    key: str | None = None
    key_span: tuple[int, int] | None = None


class Composer:
    """Takes the events of one text in order; `root` is the document once all are taken without a fault."""

    def __init__(self, text: str) -> None:
        self.root: Node | None = None
        self._text = text
        self._lines = Lines(text)
        self._starts = [0, *(match.end() for match in YAML_BREAK.finditer(text))]
        self._open: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}
        self._repeated = 0

    def offset(self, mark: Any) -> int:
        """The offset of a mark of the parser; its line and column are right, its own index counts bytes."""
        start: int = self._starts[min(mark.line, len(self._starts) - 1)]
        column: int = mark.column
        return min(start + column, len(self._text))

    def take(self, event: yaml.Event) -> Iterator[Fault]:
        """Add one event to the tree and yield what is wrong with it."""
        start = self.offset(event.start_mark)
        end = self.offset(event.end_mark)
        if isinstance(event, yaml.ScalarEvent):
            yield from self._scalar(event, start, end)
        elif isinstance(event, yaml.CollectionStartEvent):
            yield from self._enter(event, start, end)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._leave(end)
        elif isinstance(event, yaml.AliasEvent):
            yield from self._alias(event.anchor or "", start, end)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise StopReading(
                Fault(
                    "SRC06", "a second document starts here", "keep one document in a file", start, max(end, start + 1)
                )
            )

    def _here(self) -> str:
        if not self._open:
            return ""
        top = self._open[-1]
        if top.keys is None:
            return f"{top.pointer}/{len(top.node.members)}"
        return top.pointer if top.key is None else child(top.pointer, top.key)

    def _awaits_key(self) -> bool:
        return bool(self._open) and self._open[-1].keys is not None and self._open[-1].key is None

    def _scalar(self, event: yaml.ScalarEvent, start: int, end: int) -> Iterator[Fault]:
        plain = event.implicit[0]
        if event.style in {"|", ">"}:
            # Its mark ends where the next token starts.
            end = start + len(self._text[start:end].rstrip())
        if self._awaits_key():
            yield from self._key(event, start, end)
            return
        value = resolve(event.value, event.tag, plain=plain, start=start, end=end, pointer=self._here())
        if isinstance(value, Fault):
            yield value
            value = None
        self._attach(Node(value, start, end), start, end, event.anchor)

    def _key(self, event: yaml.ScalarEvent, start: int, end: int) -> Iterator[Fault]:
        top = self._open[-1]
        key, keys = event.value, top.keys if top.keys is not None else {}
        pointer = child(top.pointer, key)
        if event.tag and event.tag not in {"!", "tag:yaml.org,2002:str"}:
            yield unknown_tag(event.tag, start, end, pointer)
        elif event.implicit[0] and key == "<<":
            help_ = 'write the entries out; a key of this name is written in quotes: "<<"'
            yield Fault("SRC06", "the merge key `<<` is no part of JSON", help_, start, end, pointer)
        elif event.implicit[0] and not key:
            yield Fault("SRC06", "a key is missing before `:`", 'write it, or "" for an empty one', start, end, pointer)
        if key in keys and not (event.implicit[0] and key == "<<"):
            line = self._lines.position(keys[key]).line
            yield duplicate(key, start, end, first_line=line, pointer=pointer)
        keys.setdefault(key, start)
        top.key, top.key_span = key, (start, end)
        if event.anchor:
            self._anchors[event.anchor] = Node(key, start, end)

    def _enter(self, event: yaml.CollectionStartEvent, start: int, end: int) -> Iterator[Fault]:
        if self._awaits_key():
            message = "a list or object cannot be a key"
            raise StopReading(Fault("SRC06", message, "make the key a text", start, max(end, start + 1), self._here()))
        if len(self._open) == MAX_DEPTH:
            raise StopReading(too_deep(start, max(end, start + 1)))
        pointer = self._here()
        if event.tag and event.tag not in _CONTAINER_TAGS:
            yield unknown_tag(event.tag, start, end, pointer)
        is_map = isinstance(event, yaml.MappingStartEvent)
        node = Node({} if is_map else [], start, end)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._open.append(_Open(node, pointer, event.anchor, bool(event.flow_style), {} if is_map else None))

    def _leave(self, end: int) -> None:
        top = self._open.pop()
        node = top.node
        # The mark of an indented container ends where the next token starts, beyond blank lines and comments.
        node.end = end if top.flow or not node.members else node.members[-1].end
        node.height += 1
        self._attach(node, node.start, node.end, top.anchor)

    def _alias(self, name: str, start: int, end: int) -> Iterator[Fault]:
        pointer = self._here()
        if self._awaits_key():
            message = f"the alias {quote('*' + name)} cannot be a key"
            raise StopReading(Fault("SRC06", message, "write the key as a text", start, end, pointer))
        node = self._anchors.get(name)
        if node is None:
            inside = name in self._anchors
            message = f"the alias {quote('*' + name)} " + (
                "stands inside what it repeats" if inside else "has no anchor before it"
            )
            help_ = "write the value out" if inside else 'put the text in quotes if no alias is meant: "*"'
            yield Fault("SRC06", message, help_, start, end, pointer)
            node = Node(None, start, end)
        self._repeated += node.size
        if self._repeated > MAX_REPEATED:
            message = f"the aliases up to here repeat more than {MAX_REPEATED:,} values"
            raise StopReading(Fault("SRC03", message, "write the values out, or repeat less", start, end, pointer))
        if len(self._open) + node.height > MAX_DEPTH:
            raise StopReading(too_deep(start, end))
        self._attach(node, start, end, None)

    def _attach(self, node: Node, start: int, end: int, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        parent = top.node
        if top.key is None:
            parent.members.append(Member(len(parent.members), node, start, end, None))
            parent.value.append(node.value)
        else:
            parent.members.append(Member(top.key, node, start, end, top.key_span))
            parent.value[top.key] = node.value
            top.key = top.key_span = None
        parent.size += node.size
        parent.height = max(parent.height, node.height)
