"""A YAML text as lines, with the questions that moving them asks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from policyctl.source.yaml_node import Member, Node
from policyctl.source.yaml_syntax import YAML_BREAK

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_ANCHOR = re.compile(r"(?:!\S*\s+)*&([^\s,\[\]{}]+)")
_BLOCK_HEADER = re.compile(r"[|>][0-9+-]*")


class YamlLines:
    """The lines of one text, each with its break; places are offsets into the text, lines count from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in YAML_BREAK.finditer(text))]
        ends = [*self._starts[1:], len(text)]
        self.lines = [text[start:end] for start, end in zip(self._starts, ends, strict=True)]
        if self.lines[-1] == "":
            self.lines.pop()

    def line(self, offset: int) -> int:
        """The line in which an offset lies."""
        return min(bisect_right(self._starts, offset), len(self.lines)) - 1

    def last_line(self, member: Member) -> int:
        """The last line of a member, with the blank lines behind it that belong to a text."""
        start = member.key[1] if member.key else member.start
        line = self.line(max(start, member.end - 1))
        if self.keeps_breaks(member):
            while line + 1 < len(self.lines) and not self.lines[line + 1].strip():
                line += 1
        return line

    def column(self, offset: int) -> int:
        """How many characters stand before an offset on its line."""
        return offset - self._starts[self.line(offset)]

    def rest(self, offset: int) -> str:
        """What stands behind an offset on its line, without blanks around it: a comment, or nothing."""
        end = YAML_BREAK.search(self.text, offset)
        return self.text[offset : end.start() if end else len(self.text)].strip()

    def is_block(self, node: Node) -> bool:
        """Whether a value is a container that is written with indentation and not with brackets."""
        return bool(node.members) and self._character(node) not in {"[", "{"}

    def is_block_text(self, node: Node) -> bool:
        """Whether a value is a text behind `|` or `>`."""
        return isinstance(node.value, str) and self._character(node) in {"|", ">"}

    def keeps_breaks(self, member: Member) -> bool:
        """Whether a member ends in a text that takes the blank lines behind it as its own."""
        leaf = None if is_alias(member) else self.last_leaf(member.node)
        return leaf is not None and self.is_block_text(leaf) and "+" in self.block_header(leaf)[0]

    def block_header(self, node: Node) -> re.Match[str]:
        """What introduces a block text: `|`, `>-`, `|2+`."""
        header = _BLOCK_HEADER.match(self.text, self.value_start(node))
        assert header is not None
        return header

    def last_leaf(self, node: Node) -> Node | None:
        """The value that a block container ends with, if it is written there; None for an alias."""
        while self.is_block(node):
            last = node.members[-1]
            if is_alias(last):
                return None
            node = last.node
        return node

    def has_properties(self, member: Member) -> bool:
        """Whether a value is an alias, or carries an anchor or a tag."""
        return is_alias(member) or self.value_start(member.node) > member.node.start

    def names(self, member: Member) -> Iterator[str]:
        """The anchors and aliases that are written in a member."""
        for offset in filter(None, (member.key and member.key[0], member.start)):
            if match := _ANCHOR.match(self.text, offset):
                yield match[1]
        if is_alias(member):
            yield self.text[member.start + 1 : member.end]
        else:
            for child in member.node.members:
                yield from self.names(child)

    def value_start(self, node: Node) -> int:
        """Where a value starts behind its anchor and its tag."""
        match = _PROPERTIES.match(self.text, node.start)
        return min(match.end(), node.end) if match else node.start

    def _character(self, node: Node) -> str:
        start = self.value_start(node)
        return self.text[start : start + 1]


def is_alias(member: Member) -> bool:
    """Whether a member repeats a value that is written elsewhere."""
    return member.start != member.node.start


def is_comment(line: str) -> bool:
    """Whether a line between two values is a comment; the others are blank."""
    return line.lstrip().startswith("#")


def indent_of(line: str) -> int:
    """How many blanks a line starts with."""
    return len(line) - len(line.lstrip(" \t"))


def shifted(lines: list[str], by: int) -> list[str]:
    """The lines further to the right; blank ones stay."""
    return [" " * by + line if line.strip() else line for line in lines]


def at_column(lines: list[str], column: int) -> list[str]:
    """Comment lines that start in a column; blank ones stay."""
    return [" " * column + line.lstrip(" \t") if line.strip() else line for line in lines]
