"""A YAML policy with its keys in canonical order: whole lines move, and each takes its comments along."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations

from policyctl.fmt.note import Note
from policyctl.fmt.shape import POLICY, TOOL, Shape
from policyctl.fmt.yaml_dialect import Piece, ToolRewrite
from policyctl.fmt.yaml_entries import Entries, Entry, entries_of
from policyctl.fmt.yaml_lines import YamlLines, at_column, indent_of, is_alias
from policyctl.source.pointer import child
from policyctl.source.yaml_node import Member, Node

_ALIASES = "the keys keep their order, since an alias would come to stand before its anchor"
_BREAKS = "the keys keep their order, since a text behind `|+` or `>+` would gain or lose blank lines"
_UNTIDY = "the keys keep their order, since not each of them starts a line"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text, what was left undone, and the identities of the tools' rules whose short form was written out."""

    text: str
    notes: tuple[Note, ...] = ()
    rules: frozenset[int] = frozenset()


def rewrite(text: str, root: Node, *, long_forms: bool) -> Rewritten:
    """The text of a policy with its keys in order; flow collections, spacing and spelling stay as they are."""
    source = YamlLines(text)
    if not source.is_block(root):
        return Rewritten(text)
    writer = _Writer(source, long_forms)
    # What follows the end of the document is no part of any mapping.
    after = range(source.line(max(root.end - 1, 0)) + 1, len(source.lines))
    stop = next((line for line in after if source.lines[line].startswith("...")), len(source.lines))
    lines = writer.mapping(root, POLICY, "", 0, stop)
    written = "".join([*lines, *source.lines[stop:]])
    return Rewritten(written, tuple(writer.notes), frozenset(writer.rewritten))


@dataclass(slots=True)
class _Writer:
    source: YamlLines
    long_forms: bool
    notes: list[Note] = field(default_factory=list)
    rewritten: set[int] = field(default_factory=set)

    def value(self, member: Member, shape: Shape, pointer: str, start: int, stop: int) -> list[str]:
        """The lines of an entry or a list element, which starts in line `start`, with its content in order."""
        node = member.node
        if is_alias(member) or not self.source.is_block(node):
            return self.source.lines[start:stop]
        if not isinstance(node.value, dict):
            return self._list(node, shape, pointer, start, stop)
        first = node.members[0].key
        assert first is not None
        begin = start if self.source.line(first[0]) == start else start + 1
        return [*self.source.lines[start:begin], *self.mapping(node, shape, pointer, begin, stop)]

    def mapping(self, node: Node, shape: Shape, pointer: str, first: int, stop: int) -> list[str]:
        """The lines of a mapping with its entries in order."""
        cut = entries_of(self.source, node, first, stop, is_root=pointer == "")
        if cut is None:
            if not _is_ordered([str(member.segment) for member in node.members], shape):
                self.notes.append(Note(pointer, _UNTIDY))
            return self.source.lines[first:stop]
        pieces = [Piece(entry, self._body(entry, cut, shape, pointer)) for entry in cut.entries]
        footer = list(cut.footer)
        if shape is TOOL and self.long_forms:
            pieces, footer = ToolRewrite(self.source, node, cut.column, self.rewritten).block(pieces, footer)
        return [*cut.header, *self._join(self._ordered(pieces, shape, pointer), cut), *footer]

    def _body(self, entry: Entry, cut: Entries, shape: Shape, pointer: str) -> list[str]:
        kind, place = shape.below(entry.key), child(pointer, entry.key)
        body = self.value(entry.member, kind, place, entry.start, entry.stop)
        if self.long_forms and kind is TOOL and not is_alias(entry.member):
            body = self._short_tool(entry.member, body)
        return [" " * cut.column + body[0][cut.column :], *body[1:]]

    def _short_tool(self, tool: Member, body: list[str]) -> list[str]:
        source = self.source
        if not source.is_block(tool.node):
            return ToolRewrite(source, tool.node, 0, self.rewritten).flow(body)
        if body[1:] and body[1].strip() == "{}":
            # Its only entry went away.
            assert tool.key is not None
            colon = body[0].index(":", source.column(tool.key[1])) + 1
            return [f"{body[0][:colon]} {{}}{body[0][colon:]}", *body[2:]]
        return body

    def _list(self, node: Node, shape: Shape, pointer: str, start: int, stop: int) -> list[str]:
        lines, source = self.source.lines, self.source
        dashes, line = [], start + 1
        for member in node.members:
            while not lines[line].lstrip(" ").startswith("-"):
                line += 1
            dashes.append(line)
            line = max(source.last_line(member), line) + 1
        written = lines[start : dashes[0]]
        for index, (member, dash, bound) in enumerate(zip(node.members, dashes, [*dashes[1:], stop], strict=True)):
            written += self.value(member, shape.below(index), child(pointer, index), dash, bound)
        return written

    def _ordered(self, pieces: list[Piece], shape: Shape, pointer: str) -> list[Piece]:
        if _is_ordered([piece.entry.key for piece in pieces], shape):
            return pieces
        ordered = sorted(pieces, key=lambda piece: shape.rank(piece.entry.key))
        names = {piece.entry.key: frozenset(self.source.names(piece.member)) for piece in pieces}
        places = {piece.entry.key: place for place, piece in enumerate(ordered)}
        for one, other in combinations(pieces, 2):
            if places[one.entry.key] > places[other.entry.key] and names[one.entry.key] & names[other.entry.key]:
                self.notes.append(Note(pointer, _ALIASES))
                return pieces
        if any(self.source.keeps_breaks(piece.member) for piece in pieces):
            self.notes.append(Note(pointer, _BREAKS))
            return pieces
        return ordered

    def _join(self, pieces: list[Piece], cut: Entries) -> list[str]:
        """The entries in their new order; what stood first gives up its place and the blank lines before it."""
        if not pieces:
            return [f"{cut.prefix}{{}}\n"]
        old = next((piece for piece in pieces if piece.member is cut.entries[0].member), pieces[0])
        written: list[str] = []
        for place, piece in enumerate(pieces):
            leader = old if place == 0 else pieces[0] if piece is old else piece
            above, body = [*leader.entry.blanks, *piece.entry.above], piece.body
            if place:
                # Deeper than the keys, a comment would belong to the entry before it, or even to its text.
                above = [line if indent_of(line) <= cut.column else at_column([line], cut.column)[0] for line in above]
            if place == 0 and cut.prefix.strip():
                above = at_column(above, len(cut.prefix) - len(cut.prefix.lstrip(" ")))
                body = [cut.prefix + body[0][cut.column :], *body[1:]]
            written += [*above, *body]
        return written


def _is_ordered(keys: list[str], shape: Shape) -> bool:
    ranks = [shape.rank(key) for key in keys]
    return ranks == sorted(ranks)
