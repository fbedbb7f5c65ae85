"""Documents of other kinds, named as what they are instead of drowned in errors."""

from __future__ import annotations

from typing import Any

from policyctl.reading.findings import Findings
from policyctl.source.pointer import join

_REWRITE = 'a policy has `version: "1"`, `default` and `tools`; `policyctl schema policy` describes it'

_CATALOG = "name it with `--catalog`; `policyctl catalog diff` compares two of them"
_LISTING = "`policyctl catalog import` makes a catalog of what a server lists"

#: Keys that only the other kind has all of, the first of them the one to point at; what it is, and what to do with it.
_KINDS = (
    (("maxAmount",), "this is the vendor's older wallet policy, not a policy of tool calls", _REWRITE),
    (("apiVersion", "kind"), "this is a Kubernetes object, not a policy of tool calls", _REWRITE),
    (("Statement",), "this is a cloud provider's access policy, not a policy of tool calls", _REWRITE),
    (("server", "tools"), "this is a tool catalog, not a policy", _CATALOG),
    (("jsonrpc", "result"), "this is the answer of a server, not a policy", _LISTING),
)


def note_foreign_form(members: dict[str, Any], findings: Findings) -> bool:
    """Whether the document is of a kind that is known by name; the one error says which."""
    pointer = _intercept_rules(members)
    if pointer is not None:
        help_ = "turn each rule into an element of `require` or `deny_if`, and its state into `limits`"
        findings.error("SCH20", pointer, "`rules` is the form of Intercept, not of this policy", help=help_, key=True)
        return True
    for keys, what, help_ in _KINDS:
        if all(key in members for key in keys):
            findings.error("SCH20", join(keys[0]), what, help=help_, key=True)
            return True
    return False


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
