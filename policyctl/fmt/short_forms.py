"""What the rewriting of short forms means, for data: the measure that every rewritten text is held to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from policyctl.model.policy import Action

CANNOT_ASK = "the dialect `policylayer` has no way to ask a person, so `action: require_approval` stays"
STAYS = "the short form stays, since an anchor, an alias or a flow collection stands in the way of rewriting it"


def long_form(policy: dict[str, Any], *, kept: Collection[str]) -> dict[str, Any]:
    """A policy's data with `action: deny` said as a `deny_if` and without `action: allow`.

    The tools in `kept` stay as they are, and so do those that repeat one of them as an alias, being the same object.
    """
    if "tools" not in policy:
        return policy
    left = {id(policy["tools"][name]) for name in kept}
    return policy | {
        "tools": {name: rules if id(rules) in left else _long_rules(rules) for name, rules in policy["tools"].items()}
    }


def _long_rules(rules: dict[str, Any]) -> dict[str, Any]:
    others = {key: value for key, value in rules.items() if key != "action"}
    if rules.get("action") == Action.ALLOW:
        return others
    if rules.get("action") != Action.DENY:
        return rules
    message = {"on_deny": others.pop("reason")} if "reason" in others else {}
    return others | {"deny_if": [{"conditions": [], **message}, *others.get("deny_if", [])]}
