"""What the rewriting of short forms means, for data: the measure that every rewritten text is held to."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from policyctl.fmt.note import Note
from policyctl.model.policy import Action
from policyctl.source.pointer import join

_CANNOT_ASK = "the dialect `policylayer` has no way to ask a person, so `action: require_approval` stays"
_IN_THE_WAY = "the short form stays, since an anchor, an alias or a flow collection is in the way of rewriting it"


def long_form(policy: dict[str, Any], *, kept: Container[int]) -> dict[str, Any]:
    """A policy's data with `action: deny` said as a `deny_if` and without `action: allow`.

    `kept` has the identities of the rules that stay as they are: what an alias repeats is one object.
    """
    if "tools" not in policy:
        return policy
    tools = policy["tools"].items()
    return policy | {"tools": {name: rules if id(rules) in kept else _long_rules(rules) for name, rules in tools}}


def stays(policy: dict[str, Any], *, kept: Container[int]) -> Iterator[Note]:
    """Why the short forms that are left in a rewritten policy are left."""
    for name, rules in policy.get("tools", {}).items():
        place = join("tools", name, "action")
        if rules.get("action") == Action.REQUIRE_APPROVAL:
            yield Note(place, _CANNOT_ASK)
        elif "action" in rules and id(rules) in kept:
            yield Note(place, _IN_THE_WAY)


def _long_rules(rules: dict[str, Any]) -> dict[str, Any]:
    others = {key: value for key, value in rules.items() if key != "action"}
    if rules.get("action") == Action.ALLOW:
        return others
    if rules.get("action") != Action.DENY:
        return rules
    message = {"on_deny": others.pop("reason")} if "reason" in others else {}
    return others | {"deny_if": [{"conditions": [], **message}, *others.get("deny_if", [])]}
