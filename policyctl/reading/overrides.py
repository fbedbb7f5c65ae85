"""A file of classes that people set over the classifier's: TOML, YAML or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policyctl.diagnostic import Diagnostic
from policyctl.model.catalog import Category, Risk
from policyctl.model.override import Override, Overrides
from policyctl.reading.fields import known_keys, take_object, take_text, take_word
from policyctl.reading.findings import Findings
from policyctl.source.decode import decode_leniently
from policyctl.source.document import Document
from policyctl.source.fault import quote
from policyctl.source.pointer import child
from policyctl.source.read import read_document

_KEYS = ("tools", "servers", "$schema")
_SERVER_KEYS = ("tools",)
_ENTRY_KEYS = ("category", "risk", "why")


@dataclass(frozen=True, slots=True)
class OverridesReading:
    """What one file says; `overrides` is None exactly if an error is among the diagnostics."""

    overrides: Overrides | None
    diagnostics: tuple[Diagnostic, ...]
    text: str


def read_overrides(name: str, raw: bytes) -> OverridesReading:
    """Every override of the file and every mistake in it."""
    document = read_document(name, raw, format="toml" if name.lower().endswith(".toml") else None)
    if not isinstance(document, Document):
        return OverridesReading(None, document, decode_leniently(raw))
    findings = Findings(document)
    entries = tuple(_entries(document.data, findings))
    return OverridesReading(None if findings else Overrides(entries), findings.diagnostics(), document.text)


def _entries(data: Any, findings: Findings) -> Iterator[Override]:
    members = take_object(data, "", findings, "a file of overrides")
    if members is None:
        return
    known_keys(members, "", findings, "a file of overrides", _KEYS)
    yield from _tools(members.get("tools"), "/tools", None, findings)
    servers = members.get("servers")
    for server, value in (take_object(servers, "/servers", findings, "`servers`") or {} if servers else {}).items():
        at = child("/servers", server)
        inner = take_object(value, at, findings, f"the server {quote(server)}")
        if inner is not None:
            known_keys(inner, at, findings, f"the server {quote(server)}", _SERVER_KEYS)
            yield from _tools(inner.get("tools"), f"{at}/tools", server, findings)


def _tools(value: Any, pointer: str, server: str | None, findings: Findings) -> Iterator[Override]:
    if value is None:
        return
    for tool, entry in (take_object(value, pointer, findings, "`tools`") or {}).items():
        override = _entry(tool, entry, child(pointer, tool), server, findings)
        if override is not None:
            yield override


def _entry(tool: str, value: Any, pointer: str, server: str | None, findings: Findings) -> Override | None:
    what = f"the override of {quote(tool)}"
    members = take_object(value, pointer, findings, what)
    if members is None:
        return None
    known_keys(members, pointer, findings, what, _ENTRY_KEYS)
    if not {"category", "risk"} & members.keys():
        help_ = f"add `category`, one of {', '.join(Category)}, or `risk`, one of {', '.join(Risk)}"
        findings.error("SCH22", pointer, f"{what} sets neither `category` nor `risk`", help=help_, key=True)
    at = {key: child(pointer, key) for key in _ENTRY_KEYS}
    category = risk = why = None
    if "category" in members:
        category = take_word(members["category"], at["category"], findings, "`category`", Category)
    if "risk" in members:
        risk = take_word(members["risk"], at["risk"], findings, "`risk`", Risk)
    if "why" in members:
        why = take_text(members["why"], at["why"], findings, "`why`")
    return Override(tool, server, category, risk, why or "", findings.document.name)
