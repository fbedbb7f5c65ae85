"""Policies of other engines, named as what they are instead of drowned in errors."""

from __future__ import annotations

from typing import Any

from policyctl.reading.findings import Findings
from policyctl.source.pointer import join

_REWRITE = 'write a policy with "version": "1", `default` and `tools`; `policyctl schema policy` describes it'


def note_foreign_form(members: dict[str, Any], findings: Findings) -> bool:
    """Whether the document is of a kind that is known by name; the one error says which."""
    if "maxAmount" in members or ("type" in members and not members.keys() & {"version", "default", "tools"}):
        at = "/maxAmount" if "maxAmount" in members else "/type"
        findings.error(
            "SCH20", at, "this is the vendor's older wallet policy, not a policy of tool calls", help=_REWRITE, key=True
        )
        return True
    pointer = _intercept_rules(members)
    if pointer is None:
        return False
    help_ = "turn each rule into an element of `require` or `deny_if`, and its state into `limits`"
    findings.error("SCH20", pointer, "`rules` is the form of Intercept, which is not read here", help=help_, key=True)
    return True


def _intercept_rules(members: dict[str, Any]) -> str | None:
    if "rules" in members:
        return "/rules"
    tools = members.get("tools")
    if type(tools) is not dict:
        return None
    for name, rules in tools.items():
        if type(rules) is dict and type(rules.get("rules")) is list:
            return join("tools", name, "rules")
    return None
