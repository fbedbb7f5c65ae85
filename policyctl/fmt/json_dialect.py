"""The short forms of a tool's rules in a JSON policy, as far as PolicyLayer's documented form can say them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policyctl.fmt.json_tree import Leaf, List, Member, Object, Tree
from policyctl.fmt.note import Note
from policyctl.fmt.short_forms import CANNOT_ASK
from policyctl.source.pointer import join


def rewrite(tree: Tree) -> tuple[Tree, tuple[Note, ...]]:
    """A policy without `action: deny` and `action: allow`, and a note for each action that stays."""
    if not isinstance(tree, Object):
        return tree, ()
    notes: list[Note] = []
    members = (
        Member(member.words, Object(tuple(_tools(member.value, notes))))
        if member.key == "tools" and isinstance(member.value, Object)
        else member
        for member in tree.members
    )
    return Object(tuple(members)), tuple(notes)


def _tools(tools: Object, notes: list[Note]) -> Iterator[Member]:
    for tool in tools.members:
        rules = tool.value
        assert isinstance(rules, Object)
        by_key = {member.key: member.value for member in rules.members}
        match _word(by_key.get("action")):
            case "deny":
                rules = Object(tuple(_denied(rules, by_key)))
            case "allow":
                rules = Object(tuple(member for member in rules.members if member.key != "action"))
            case "require_approval":
                notes.append(Note(join("tools", tool.key, "action"), CANNOT_ASK))
            case _:
                pass
        yield Member(tool.words, rules)


def _word(tree: Tree | None) -> str | None:
    return None if not isinstance(tree, Leaf) else Member(tree.words, tree).key


def _denied(rules: Object, by_key: Mapping[str, Tree]) -> Iterator[Member]:
    """The rules with a predicate that always holds in front of every `deny_if`."""
    reason = by_key.get("reason")
    message = () if reason is None else (Member('"on_deny"', reason),)
    always = Object((Member('"conditions"', List(())), *message))
    others = by_key.get("deny_if", List(()))
    assert isinstance(others, List)
    yield Member('"deny_if"', List((always, *others.elements)))
    yield from (member for member in rules.members if member.key not in {"action", "reason", "deny_if"})
