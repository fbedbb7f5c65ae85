"""A policy document to a policy, or to everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policyctl.diagnostic import Diagnostic
from policyctl.model.policy import Action, Default, Limit, Policy, ToolRules
from policyctl.reading.fields import MISSING, describe, elements, known_keys, take_object, take_text, take_word
from policyctl.reading.findings import Findings
from policyctl.reading.foreign import note_foreign_form
from policyctl.reading.limit import read_limits, read_rate_limit
from policyctl.reading.predicate import read_message, read_predicates
from policyctl.source.document import Document
from policyctl.source.pointer import child

_KEYS = ("version", "default", "hide", "all_tools", "tools", "description", "$schema")
_TOOL_KEYS = ("require", "deny_if", "limits", "action", "reason", "rate_limit")


@dataclass(frozen=True, slots=True)
class PolicyReading:
    """What one document says; `policy` is None exactly if an error is among the diagnostics."""

    policy: Policy | None
    diagnostics: tuple[Diagnostic, ...]


def read_policy(document: Document) -> PolicyReading:
    """Read the whole document and find every mistake in it."""
    findings = Findings(document)
    policy = _read(document, findings)
    return PolicyReading(None if findings else policy, findings.diagnostics())


def _read(document: Document, findings: Findings) -> Policy | None:
    members = take_object(document.data, "", findings, "a policy")
    if members is None or note_foreign_form(members, findings):
        return None
    known_keys(members, "", findings, "a policy", _KEYS)
    version = _read_version(members, findings)
    default = _read_default(members, findings)
    for key in ("description", "$schema"):
        if key in members:
            take_text(members[key], f"/{key}", findings, f"`{key}`")
    hide = _read_hide(members.get("hide", MISSING), findings)
    all_tools = _read_all_tools(members.get("all_tools", MISSING), findings)
    tools = _read_tools(members.get("tools", MISSING), findings)
    if version is None or default is None:
        return None
    return Policy(version, default, document.name, document.digest, hide, all_tools, tools)


def _read_version(members: dict[str, Any], findings: Findings) -> str | None:
    if "version" not in members:
        findings.error("SCH02", "", "the policy has no `version`", help='add `version: "1"`', key=True)
        return None
    version = members["version"]
    if version == "1" and type(version) is str:
        return "1"
    is_number = type(version) in {int, float} and version == 1
    help_ = 'put it in quotes: "1"' if is_number else 'the only version is "1"'
    findings.error("SCH02", "/version", f"`version` must be the text `1`, not {describe(version)}", help=help_)
    return None


def _read_default(members: dict[str, Any], findings: Findings) -> Default | None:
    if "default" not in members:
        help_ = "say what happens to a tool that `tools` does not list: `deny` or `allow`"
        findings.error("SCH02", "", "the policy has no `default`", help=help_, key=True)
        return None
    return take_word(members["default"], "/default", findings, "`default`", Default, code="SCH02")


def _read_hide(value: Any, findings: Findings) -> tuple[str, ...]:
    names = (
        take_text(name, at, findings, "a hidden name") for name, at in elements(value, "/hide", findings, "`hide`")
    )
    return tuple(name for name in names if name is not None)


def _read_all_tools(value: Any, findings: Findings) -> tuple[Limit, ...]:
    if value is MISSING:
        return ()
    members = take_object(value, "/all_tools", findings, "`all_tools`") or {}
    known_keys(members, "/all_tools", findings, "`all_tools`", ("limits",))
    return read_limits(members.get("limits", MISSING), "/all_tools/limits", findings)


def _read_tools(value: Any, findings: Findings) -> dict[str, ToolRules]:
    if value is MISSING:
        return {}
    members = take_object(value, "/tools", findings, "`tools`") or {}
    read = (_read_tool(name, rules, findings) for name, rules in members.items())
    return {tool.name: tool for tool in read if tool}


def _read_tool(name: str, value: Any, findings: Findings) -> ToolRules | None:
    pointer = child("/tools", name)
    members = take_object(value, pointer, findings, "the rules of a tool")
    if members is None:
        return None
    known_keys(members, pointer, findings, "a tool", _TOOL_KEYS)
    action, rate_limit = None, None
    if "action" in members:
        action = take_word(members["action"], f"{pointer}/action", findings, "`action`", Action)
    if "rate_limit" in members:
        rate_limit = read_rate_limit(members["rate_limit"], f"{pointer}/rate_limit", findings)
    return ToolRules(
        name=name,
        require=read_predicates(members.get("require", MISSING), f"{pointer}/require", findings, "`require`"),
        deny_if=read_predicates(members.get("deny_if", MISSING), f"{pointer}/deny_if", findings, "`deny_if`"),
        limits=read_limits(members.get("limits", MISSING), f"{pointer}/limits", findings),
        action=action,
        reason=read_message(members, "reason", pointer, findings),
        rate_limit=rate_limit,
    )
