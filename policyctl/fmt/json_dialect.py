"""The short forms of a tool's rules in a JSON policy, as far as PolicyLayer's documented form can say them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from policyctl.fmt.json_tree import Leaf, List, Member, Object, Tree


def rewrite(policy: Object) -> Object:
    """A policy without `action: deny` and `action: allow`."""
    return Object(tuple(map(_without_short_forms, policy.members)))


def _without_short_forms(member: Member) -> Member:
    if member.key != "tools" or not isinstance(member.value, Object):
        return member
    return Member(member.words, Object(tuple(Member(tool.words, _rules(tool.value)) for tool in member.value.members)))


def _rules(rules: Tree) -> Tree:
    assert isinstance(rules, Object)
    by_key = {member.key: member.value for member in rules.members}
    match _word(by_key.get("action")):
        case "deny":
            return Object(tuple(_denied(rules, by_key)))
        case "allow":
            return Object(tuple(member for member in rules.members if member.key != "action"))
        case _:
            return rules


def _word(tree: Tree | None) -> str | None:
    return str(json.loads(tree.words)) if isinstance(tree, Leaf) else None


def _denied(rules: Object, by_key: Mapping[str, Tree]) -> Iterator[Member]:
    """The rules with a predicate that always holds in front of every `deny_if`."""
    reason = by_key.get("reason")
    message = () if reason is None else (Member('"on_deny"', reason),)
    always = Object((Member('"conditions"', List(())), *message))
    others = by_key.get("deny_if", List(()))
    assert isinstance(others, List)
    yield Member('"deny_if"', List((always, *others.elements)))
    yield from (member for member in rules.members if member.key not in {"action", "reason", "deny_if"})
