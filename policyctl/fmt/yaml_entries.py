"""The entries of a YAML mapping with the comments that belong to each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policyctl.fmt.yaml_lines import YamlLines, indent_of, is_comment
from policyctl.source.yaml_node import Member, Node

_DASH = re.compile(r" *-[ \t]+\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its lines from the key up to `stop`, and the comment lines above it.

    `blanks` are the empty lines above these. Comments below that are indented deeper than the key belong to the entry.
    """

    key: str
    member: Member
    blanks: tuple[str, ...]
    above: tuple[str, ...]
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping cut into pieces: what stays in front, the entries, what stays behind.

    `prefix` is what stands before the first key on its line, and ends in a dash inside a list.
    """

    column: int
    prefix: str
    header: tuple[str, ...]
    entries: tuple[Entry, ...]
    footer: tuple[str, ...]


def entries_of(source: YamlLines, node: Node, first: int, stop: int, *, is_root: bool) -> Entries | None:
    """The mapping in the lines from `first` up to `stop`; None where a key does not start its line."""
    lines = source.lines
    keys = [member.key[0] for member in node.members if member.key]
    starts = [source.line(key) for key in keys]
    column = source.column(keys[0])
    prefix = lines[starts[0]][:column]
    tidy = all(lines[start][:column].strip(" ") == "" for start in starts[1:])
    if not tidy or not (prefix.strip(" ") == "" or _DASH.match(prefix)):
        return None
    cut = _header_end(lines, first, starts[0]) if is_root else first
    gap, bounds = lines[cut : starts[0]], [*starts[1:], stop]
    entries = []
    for member, start, bound in zip(node.members, starts, bounds, strict=True):
        behind = source.last_line(member) + 1
        end = _end_of_deeper(lines, behind, bound, column)
        blanks, above = _split_blanks(gap)
        entries.append(Entry(str(member.segment), member, blanks, above, start, end))
        gap = lines[end:bound]
    return Entries(column, prefix, tuple(lines[first:cut]), tuple(entries), tuple(gap))


def _end_of_deeper(lines: list[str], start: int, stop: int, column: int) -> int:
    """Behind the last comment that is indented deeper than a key in this column."""
    deeper = [line for line in range(start, stop) if is_comment(lines[line]) and indent_of(lines[line]) > column]
    return deeper[-1] + 1 if deeper else start


def _split_blanks(gap: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    count = next((number for number, line in enumerate(gap) if line.strip()), len(gap))
    return tuple(gap[:count]), tuple(gap[count:])


def _header_end(lines: list[str], first: int, key: int) -> int:
    """Comments at the top of a file that a blank line sets apart speak of the file and stay there."""
    apart = [line for line in range(first, key) if not is_comment(lines[line])]
    return apart[-1] + 1 if apart else first
