"""The short forms of a tool's rules in a YAML policy, as far as PolicyLayer's documented form can say them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from policyctl.fmt.yaml_entries import Entry
from policyctl.fmt.yaml_lines import YamlLines, at_column, shifted
from policyctl.model.policy import Action
from policyctl.source.yaml_node import Member, Node


@dataclass(frozen=True, slots=True)
class Piece:
    """An entry of a mapping and the lines that are to be written for it."""

    entry: Entry
    body: list[str]

    @property
    def member(self) -> Member:
        """The key and the value as they were read."""
        return self.entry.member


@dataclass(frozen=True, slots=True)
class ToolRewrite:
    """Rewrites the rules of one tool, whose keys stand in `column`; `done` gets the identity of rules that it rewrote."""

    source: YamlLines
    node: Node
    column: int
    done: set[int]

    def block(self, pieces: list[Piece], footer: list[str]) -> tuple[list[Piece], list[str]]:
        """The entries of a tool written with indentation, and the lines behind them."""
        by_key = {piece.entry.key: piece for piece in pieces}
        concerned = [by_key[key].member for key in _CONCERNED if key in by_key]
        match self._action(concerned):
            case Action.ALLOW:
                return self._without_action(pieces, by_key["action"], footer)
            case Action.DENY:
                return self._denied(pieces, by_key), footer
            case _:
                return pieces, footer

    def flow(self, body: list[str]) -> list[str]:
        """The lines of a tool written in braces on one line."""
        by_key = {str(member.segment): member for member in self.node.members}
        action = self._action([by_key[key] for key in _CONCERNED if key in by_key])
        if action is None:
            return body
        parts = [part for member in self.node.members for part in self._flow_part(member, action, by_key)]
        opening = self.source.value_start(self.node)
        pad = " " if self.source.text[opening + 1] == " " else ""
        written = f"{{{pad}{', '.join(parts)}{pad}}}" if parts else "{}"
        line = body[0]
        return [line[: self.source.column(opening)] + written + line[self.source.column(self.node.end) :], *body[1:]]

    def _action(self, concerned: list[Member]) -> Action | None:
        """What has to be rewritten; None if nothing has to be, or can be."""
        action = next((member.node.value for member in concerned if member.segment == "action"), None)
        if action not in (Action.DENY, Action.ALLOW) or not all(map(self._is_plain, concerned)):
            return None
        self.done.add(id(self.node.value))
        return Action(action)

    def _is_plain(self, member: Member) -> bool:
        source = self.source
        if source.has_properties(member) or member.key is None:
            return False
        if source.is_block(member.node):
            return True
        starts_beside_key = source.line(member.start) == source.line(member.key[0])
        return starts_beside_key and (
            member.segment == "reason" or source.line(member.end) == source.line(member.start)
        )

    def _without_action(self, pieces: list[Piece], action: Piece, footer: list[str]) -> tuple[list[Piece], list[str]]:
        """The comments of the entry that goes stay, above what follows it."""
        left = at_column(self._comments(action), self.column)
        place = pieces.index(action)
        others = [piece for piece in pieces if piece is not action]
        if place == len(others):
            return others, [*left, *footer]
        after = others[place]
        entry = replace(after.entry, blanks=action.entry.blanks, above=(*left, *after.entry.above))
        return [*others[:place], replace(after, entry=entry), *others[place + 1 :]], footer

    def _denied(self, pieces: list[Piece], by_key: Mapping[str, Piece]) -> list[Piece]:
        action, reason, denials = by_key["action"], by_key.get("reason"), by_key.get("deny_if")
        others = [piece for piece in pieces if piece is not reason]
        if denials is None:
            margin = " " * self.column
            body = [f"{margin}deny_if:\n", *self._always(action, reason, self.column + 2)]
            written = Piece(replace(action.entry, key="deny_if"), body)
            return [written if piece is action else piece for piece in others]
        written = self._in_front(denials, action, reason)
        return [written if piece is denials else piece for piece in others if piece is not action]

    def _in_front(self, denials: Piece, action: Piece, reason: Piece | None) -> Piece:
        """A `deny_if` with one more predicate in front of those that it has."""
        head, *tail = denials.body
        node = denials.member.node
        if self.source.is_block(node):
            dash = self.source.column(node.start)
            always = self._always(action, reason, dash)
            return replace(denials, body=[head, *at_column(list(action.entry.above), dash), *always, *tail])
        opening = self.source.column(denials.member.start) + 1
        message = None if reason is None else reason.member
        comma = ", " if node.members else ""
        above = [line for piece in (action, reason) if piece for line in self._comments(piece)]
        entry = replace(denials.entry, above=(*above, *denials.entry.above))
        return Piece(entry, [head[:opening] + _flow_always(message) + comma + head[opening:], *tail])

    def _always(self, action: Piece, reason: Piece | None, dash: int) -> list[str]:
        """The lines of a predicate that always holds, its dash in a column, with the comments of both entries."""
        beside = self.source.rest(action.member.end)
        conditions = f"{' ' * dash}- conditions: []{'  ' * bool(beside)}{beside}\n"
        column = dash + 2
        written = [conditions, *at_column(action.body[1:], column)]
        if reason is None:
            return written
        first, *others = reason.body
        message = f"{' ' * column}on_deny: {first[self.source.column(reason.member.start) :]}"
        return [
            *written,
            *at_column(list(reason.entry.above), column),
            message,
            *shifted(others, column - self.column),
        ]

    def _comments(self, piece: Piece) -> list[str]:
        deeper = piece.body[self.source.last_line(piece.member) + 1 - piece.entry.start :]
        return [*piece.entry.above, *self._beside(piece), *deeper]

    def _beside(self, piece: Piece) -> list[str]:
        beside = self.source.rest(piece.member.end)
        return [f"{' ' * self.column}{beside}\n"] if beside else []

    def _flow_part(self, member: Member, action: Action, by_key: Mapping[str, Member]) -> list[str]:
        assert member.key is not None
        text = self.source.text
        written = text[member.key[0] : member.end]
        always = _flow_always(by_key.get("reason"))
        match member.segment:
            case "action" if action is Action.ALLOW or "deny_if" in by_key:
                return []
            case "action":
                return [f"deny_if: [{always}]"]
            case "reason" if action is Action.DENY:
                return []
            case "deny_if" if action is Action.DENY:
                inside = member.start + 1 - member.key[0]
                comma = ", " if member.node.members else ""
                return [written[:inside] + always + comma + written[inside:]]
            case _:
                return [written]


_CONCERNED = ("action", "reason", "deny_if")


def _flow_always(reason: Member | None) -> str:
    if reason is None:
        return "{conditions: []}"
    words = json.dumps(reason.node.value, ensure_ascii=False)
    return f"{{conditions: [], on_deny: {''.join(map(_escaped, words))}}}"


def _escaped(character: str) -> str:
    """What YAML does not let stand for itself, in its escapes."""
    if character.isprintable():
        return character
    return f"\\u{ord(character):04x}" if ord(character) <= 0xFFFF else f"\\U{ord(character):08x}"
