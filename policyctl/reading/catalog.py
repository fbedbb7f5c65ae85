"""A catalog document to a catalog, or to everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from policyctl.diagnostic import Diagnostic
from policyctl.model.catalog import AS_LISTED, Catalog, Category, Confidence, Evidence, Review, Risk, Tag, Tool
from policyctl.reading.fields import (
    MISSING,
    Missing,
    describe,
    elements,
    known_keys,
    required_keys,
    take_object,
    take_text,
    take_word,
    wrong_type,
)
from policyctl.reading.findings import Findings
from policyctl.source.document import Document
from policyctl.source.fault import quote
from policyctl.source.pointer import child

Word = TypeVar("Word", bound=StrEnum)

_KEYS = ("version", "server", "tools", "$schema")
_SERVER_KEYS = ("id", "name", "version", "source")
_EVIDENCE_KEYS = ("signal", "where", "says")
_REVIEW_KEYS = ("by", "on", "category", "risk", "why")
_OF_SERVER = ("name", "title", "description", "inputSchema", "outputSchema", "annotations")
_OF_CATALOG = ("category", "risk", "tags", "confidence", "evidence", "reviewed", "digest")
_TOOL_KEYS = frozenset(_OF_SERVER + _OF_CATALOG)


@dataclass(frozen=True, slots=True)
class CatalogReading:
    """What one document says; `catalog` is None exactly if an error is among the diagnostics."""

    catalog: Catalog | None
    diagnostics: tuple[Diagnostic, ...]


def read_catalog(document: Document) -> CatalogReading:
    """Read the whole document and find every mistake in it; a catalog without classes is one too."""
    findings = Findings(document)
    catalog = _read(document, findings)
    return CatalogReading(None if findings else catalog, findings.diagnostics())


def _read(document: Document, findings: Findings) -> Catalog | None:
    members = take_object(document.data, "", findings, "a catalog")
    if members is None:
        return None
    known_keys(members, "", findings, "a catalog", _KEYS)
    required_keys(members, "", findings, "the catalog", ("version", "server", "tools"))
    _optional_text(members, "$schema", "", findings)
    if "version" in members:
        _check_version(members["version"], findings)
    server = _read_server(members.get("server", MISSING), findings)
    tools = _read_tools(members.get("tools", MISSING), findings)
    return Catalog(
        version="1",
        server_id=server.get("id") or "",
        server_name=server.get("name") or "",
        server_version=server.get("version"),
        server_source=server.get("source"),
        tools=tools,
        name=document.name,
        digest=document.digest,
    )


def _check_version(version: Any, findings: Findings) -> None:
    if version == "1":
        return
    is_number = type(version) in {int, float} and version == 1
    help_ = 'put it in quotes: "1"' if is_number else 'the only version is "1"'
    findings.error("SCH02", "/version", f"`version` must be the text `1`, not {describe(version)}", help=help_)


def _read_server(value: Any, findings: Findings) -> dict[str, str | None]:
    if value is MISSING:
        return {}
    members = take_object(value, "/server", findings, "`server`")
    if members is None:
        return {}
    known_keys(members, "/server", findings, "`server`", _SERVER_KEYS)
    required_keys(members, "/server", findings, "`server`", ("id", "name"))
    return {key: _optional_text(members, key, "/server", findings) for key in _SERVER_KEYS}


def _read_tools(value: Any, findings: Findings) -> dict[str, Tool]:
    tools: dict[str, Tool] = {}
    for element, pointer in elements(value, "/tools", findings, "`tools`"):
        tool = _read_tool(element, pointer, findings)
        if tool is None:
            continue
        if first := tools.get(tool.name):
            _note_second(tool, first, findings)
        tools.setdefault(tool.name, tool)
    return tools


def _note_second(tool: Tool, first: Tool, findings: Findings) -> None:
    line = findings.document.span(first.pointer).start.line
    message = f"the tool {quote(tool.name)} is already listed on line {line}"
    findings.error("SCH03", f"{tool.pointer}/name", message, help="keep one of the two; a server's names are unique")


def _read_tool(value: Any, pointer: str, findings: Findings) -> Tool | None:
    members = take_object(value, pointer, findings, "a tool")
    if members is None or not required_keys(members, pointer, findings, "the tool", ("name",)):
        return None
    as_listed = members.get(AS_LISTED, False)
    if as_listed is not False and type(as_listed) is not dict:
        wrong_type(as_listed, f"{pointer}/{AS_LISTED}", findings, f"`{AS_LISTED}` must be `false` or an object")
    name = take_text(members["name"], f"{pointer}/name", findings, "a tool's name")
    # Servers write null for what they do not have; what the catalog adds is ours, and null there is a mistake.
    listed = {key: members[key] for key in _OF_SERVER if members.get(key) is not None}
    tool = Tool(
        name=name or "",
        pointer=pointer,
        title=_optional_text(listed, "title", pointer, findings),
        description=_optional_text(listed, "description", pointer, findings),
        input_schema=_optional_object(listed, "inputSchema", pointer, findings),
        output_schema=_read_output_schema(listed, pointer, findings),
        annotations=_optional_object(listed, "annotations", pointer, findings) or {},
        category=_optional_word(members, "category", pointer, findings, Category),
        risk=_optional_word(members, "risk", pointer, findings, Risk),
        tags=_read_tags(members.get("tags", MISSING), f"{pointer}/tags", findings),
        confidence=_optional_word(members, "confidence", pointer, findings, Confidence),
        evidence=_read_evidence(members.get("evidence", MISSING), f"{pointer}/evidence", findings),
        reviewed=_read_review(members.get("reviewed", MISSING), f"{pointer}/reviewed", findings),
        digest=_optional_text(members, "digest", pointer, findings),
        fields={key: field for key, field in members.items() if key not in _TOOL_KEYS},
    )
    return tool if name is not None else None


def _read_output_schema(members: dict[str, Any], pointer: str, findings: Findings) -> dict[str, Any] | bool | None:
    value = members.get("outputSchema")
    if value is None or type(value) is bool or type(value) is dict:
        return value
    wrong_type(value, f"{pointer}/outputSchema", findings, "`outputSchema` must be an object or a boolean")
    return None


def _read_tags(value: Any, pointer: str, findings: Findings) -> frozenset[Tag]:
    read = (
        take_word(element, at, findings, "a tag", Tag) for element, at in elements(value, pointer, findings, "`tags`")
    )
    return frozenset(tag for tag in read if tag)


def _read_evidence(value: Any, pointer: str, findings: Findings) -> tuple[Evidence, ...]:
    found = (_read_signal(element, at, findings) for element, at in elements(value, pointer, findings, "`evidence`"))
    return tuple(evidence for evidence in found if evidence)


def _read_signal(value: Any, pointer: str, findings: Findings) -> Evidence | None:
    members = _closed_object(value, pointer, findings, "a piece of evidence", _EVIDENCE_KEYS)
    texts = [_optional_text(members, key, pointer, findings) for key in _EVIDENCE_KEYS]
    signal, where, says = texts
    if signal is None or where is None or says is None:
        return None
    return Evidence(signal, where, says)


def _read_review(value: Any | Missing, pointer: str, findings: Findings) -> Review | None:
    if value is MISSING:
        return None
    members = _closed_object(value, pointer, findings, "`reviewed`", _REVIEW_KEYS, optional=("digest",))
    by, on, why, digest = (_optional_text(members, key, pointer, findings) for key in ("by", "on", "why", "digest"))
    category = _optional_word(members, "category", pointer, findings, Category)
    risk = _optional_word(members, "risk", pointer, findings, Risk)
    if by is None or on is None or why is None or category is None or risk is None:
        return None
    return Review(by, on, category, risk, why, digest)


def _closed_object(
    value: Any, pointer: str, findings: Findings, what: str, keys: tuple[str, ...], *, optional: tuple[str, ...] = ()
) -> dict[str, Any]:
    """An object that has exactly these keys; what is wrong is noted, what is there is returned."""
    members = take_object(value, pointer, findings, what)
    if members is None:
        return {}
    known_keys(members, pointer, findings, what, (*keys, *optional))
    required_keys(members, pointer, findings, what, keys)
    return members


def _optional_text(members: dict[str, Any], key: str, pointer: str, findings: Findings) -> str | None:
    return take_text(members[key], child(pointer, key), findings, f"`{key}`") if key in members else None


def _optional_object(members: dict[str, Any], key: str, pointer: str, findings: Findings) -> dict[str, Any] | None:
    return take_object(members[key], child(pointer, key), findings, f"`{key}`") if key in members else None


def _optional_word(
    members: dict[str, Any], key: str, pointer: str, findings: Findings, words: type[Word]
) -> Word | None:
    return take_word(members[key], child(pointer, key), findings, f"`{key}`", words) if key in members else None
