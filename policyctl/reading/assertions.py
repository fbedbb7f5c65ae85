"""A file of assertions to the model, or to everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policyctl.diagnostic import Diagnostic, Severity
from policyctl.model.assertion import Assertion, Assertions, Kind, Quota, Selector
from policyctl.model.policy import NAMED_WINDOWS, Condition
from policyctl.reading.condition import read_condition
from policyctl.reading.fields import (
    MISSING,
    describe,
    elements,
    known_keys,
    required_keys,
    take_list,
    take_object,
    take_text,
)
from policyctl.reading.findings import Findings
from policyctl.reading.selector import read_selector
from policyctl.reading.suggest import closest, listing
from policyctl.source.document import Document
from policyctl.source.fault import quote
from policyctl.source.pointer import child

_KEYS = ("version", "asserts", "description", "$schema")
_SHARED_KEYS = ("when", "name", "reason", "severity")
_KINDS = tuple(kind.value for kind in Kind)
_SEVERITIES = tuple(severity.value for severity in Severity)
_QUOTA = re.compile(r"([1-9][0-9]{0,14})/(minute|hour|day|[1-9][0-9]{0,14}s)")


@dataclass(frozen=True, slots=True)
class AssertionsReading:
    """What one document says; `assertions` is None exactly if an error is among the diagnostics."""

    assertions: Assertions | None
    diagnostics: tuple[Diagnostic, ...]


def read_assertions(document: Document) -> AssertionsReading:
    """Read the whole document and find every mistake in it."""
    findings = Findings(document)
    entries = tuple(_read(document.data, findings))
    assertions = None if findings else Assertions(entries, document.name, document.digest)
    return AssertionsReading(assertions, findings.diagnostics())


def _read(data: Any, findings: Findings) -> Iterator[Assertion]:
    members = take_object(data, "", findings, "a file of assertions")
    if members is None:
        return
    if "default" in members or "tools" in members:
        key = "default" if "default" in members else "tools"
        help_ = "name it with `--policy`; a file of assertions has `version` and `asserts`"
        findings.error(
            "SCH20", child("", key), "this is a policy or a catalog, not a file of assertions", help=help_, key=True
        )
        return
    known_keys(members, "", findings, "a file of assertions", _KEYS)
    required_keys(members, "", findings, "the file", ("version", "asserts"))
    if "version" in members and members["version"] != "1":
        is_number = type(members["version"]) in {int, float} and members["version"] == 1
        help_ = 'put it in quotes: "1"' if is_number else 'the only version is "1"'
        message = f"`version` must be the text `1`, not {describe(members['version'])}"
        findings.error("SCH02", "/version", message, help=help_)
    for key in ("description", "$schema"):
        if key in members:
            take_text(members[key], child("", key), findings, f"`{key}`")
    raw = members.get("asserts", MISSING)
    if raw == []:
        help_ = "add one: `never_allow: {category: Financial}`"
        findings.error("SCH22", "/asserts", "`asserts` is empty, so that nothing would be checked", help=help_)
    for element, pointer in elements(raw, "/asserts", findings, "`asserts`"):
        assertion = _read_assertion(element, pointer, findings)
        if assertion is not None:
            yield assertion


def _read_assertion(value: Any, pointer: str, findings: Findings) -> Assertion | None:
    members = take_object(value, pointer, findings, "an assertion")
    if members is None:
        return None
    kind = _read_kind(members, pointer, findings)
    if kind is None:
        return None
    own = (kind.value, "of") if kind is Kind.AT_MOST else (kind.value,)
    known_keys(members, pointer, findings, f"an assertion of `{kind}`", (*own, *_SHARED_KEYS))
    selector: Selector | None
    quota = None
    at = child(pointer, kind)
    if kind is Kind.AT_MOST:
        quota = _read_quota(members[kind], at, findings)
        selector = read_selector(members["of"], f"{pointer}/of", findings) if "of" in members else Selector()
    else:
        selector = read_selector(members[kind], at, findings)
    when = _read_when(members.get("when", MISSING), f"{pointer}/when", findings)
    name, reason = (_optional_text(members, key, pointer, findings) for key in ("name", "reason"))
    severity = _read_severity(members, pointer, findings)
    if selector is None or (kind is Kind.AT_MOST and quota is None):
        return None
    return Assertion(kind, selector, pointer, when, quota, name, reason, severity)


def _read_kind(members: dict[str, Any], pointer: str, findings: Findings) -> Kind | None:
    """The one key that says what is asserted."""
    found = [key for key in members if key in _KINDS]
    if len(found) > 1:
        message = f"an assertion says one thing, and this one has {listing(found, joint='and')}"
        findings.error("SCH01", child(pointer, found[1]), message, help="make two assertions of it", key=True)
        return None
    if found:
        return Kind(found[0])
    for key in members:
        near = closest(key, _KINDS)
        if near is not None:
            help_ = f"did you mean `{near}`?"
            findings.error("SCH01", child(pointer, key), f"an assertion has no key {quote(key)}", help=help_, key=True)
            return None
    findings.error(
        "SCH22", pointer, "the assertion does not say what must hold", help=f"add {listing(_KINDS)}", key=True
    )
    return None


def _read_quota(value: Any, pointer: str, findings: Findings) -> Quota | None:
    said = _QUOTA.fullmatch(value) if type(value) is str else None
    if said is None:
        help_ = _near_quota(value) or "write calls and a window: `10/minute`, `100/hour`, `5/day`, or `3/90s`"
        shown = quote(value) if type(value) is str else describe(value)
        findings.error("SCH25", pointer, f"`at_most` cannot be {shown}", help=help_)
        return None
    calls, word = said.groups()
    return Quota(int(calls), NAMED_WINDOWS.get(word) or int(word.removesuffix("s")), value)


def _near_quota(value: Any) -> str | None:
    if type(value) is not str or "/" not in value:
        return None
    calls, _, word = value.partition("/")
    if calls.strip().strip("0") == "":
        return "to let no call through, use `never_allow`"
    near = closest(word.strip(), NAMED_WINDOWS)
    if near and calls.strip().isdecimal():
        return f"did you mean `{calls.strip()}/{near}`?"
    return f"write `{calls.strip()}/604800s`" if word.strip() == "week" else None


def _read_when(value: Any, pointer: str, findings: Findings) -> tuple[Condition, ...]:
    if value is not MISSING and type(value) is not list:
        take_list(value, pointer, findings, "`when`")
        return ()
    read = (read_condition(element, at, findings) for element, at in elements(value, pointer, findings, "`when`"))
    return tuple(condition for condition in read if condition)


def _optional_text(members: dict[str, Any], key: str, pointer: str, findings: Findings) -> str | None:
    return take_text(members[key], f"{pointer}/{key}", findings, f"`{key}`") if key in members else None


def _read_severity(members: dict[str, Any], pointer: str, findings: Findings) -> Severity:
    word = members.get("severity", "error")
    if word in _SEVERITIES:
        return Severity(word)
    near = closest(word, _SEVERITIES) if type(word) is str else None
    help_ = f"did you mean `{near}`?" if near else f"write {listing(_SEVERITIES)}"
    shown = quote(word) if type(word) is str else describe(word)
    findings.error("SCH26", f"{pointer}/severity", f"`severity` cannot be {shown}", help=help_)
    return Severity.ERROR
