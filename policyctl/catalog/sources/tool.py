"""A tool as a server lists it, read without losing anything: what does not fit is kept as it is and said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from policyctl.catalog.digest import definition_digest
from policyctl.diagnostic import Severity
from policyctl.model.catalog import AS_LISTED, Tool
from policyctl.reading.fields import describe
from policyctl.reading.findings import Findings
from policyctl.source.fault import MAX_DEPTH, quote

#: Fields of the protocol that policyctl reads, and the type that each has to have.
_FIELDS: dict[str, tuple[type, ...]] = {
    "title": (str,),
    "description": (str,),
    "inputSchema": (dict,),
    "outputSchema": (dict, bool),
    "annotations": (dict,),
}
#: What only a catalog may say: a server that claims a class, or a review, does not get it.
OF_CATALOG = ("category", "risk", "tags", "confidence", "evidence", "reviewed", "digest")
#: Other interfaces' names for the schema of the arguments.
_MISTAKEN = ("input_schema", "parameters", "inputschema", "arguments")
_HINTS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")
#: A catalog holds a tool some levels deeper than a line does, and has to be read again.
_DEEPEST = MAX_DEPTH - 5


def read_tool(value: Any, pointer: str, findings: Findings) -> Tool | None:
    """The tool with its pin; None if it has no name, which is an error among the findings."""
    if type(value) is not dict:
        message = f"a tool must be an object, not {describe(value)}"
        findings.note(Severity.ERROR, "SCH21", pointer, message, help="write it in braces: {...}")
        return None
    name = value.get("name")
    if type(name) is not str:
        said = "the tool has no `name`" if name is None else f"a tool's name must be a text, not {describe(name)}"
        code, place = ("SCH22", pointer) if name is None else ("SCH21", f"{pointer}/name")
        findings.note(Severity.ERROR, code, place, said, help="every tool of a server has a name of its own")
        return None
    if _is_too_deep(value):
        message = f"the tool {quote(name)} is nested deeper than {_DEEPEST} levels"
        findings.note(Severity.ERROR, "SRC03", pointer, message, help="no tool that people write needs so many levels")
        return None
    tool = _tool(value, name, pointer)
    _note_unread(value, pointer, findings)
    _note_annotations(tool, findings)
    return replace(tool, digest=definition_digest(tool))


def _tool(value: dict[str, Any], name: str, pointer: str) -> Tool:
    read = {key: value[key] for key, types in _FIELDS.items() if type(value.get(key)) in types}
    others = {key: field for key, field in value.items() if key != "name" and key not in read and field is not None}
    as_listed = {key: field for key, field in others.items() if key in _FIELDS or key in OF_CATALOG or key == AS_LISTED}
    fields = {key: field for key, field in others.items() if key not in as_listed}
    return Tool(
        name=name,
        pointer=pointer,
        title=read.get("title"),
        description=read.get("description"),
        input_schema=read.get("inputSchema"),
        output_schema=read.get("outputSchema"),
        annotations=read.get("annotations", {}),
        fields=fields | ({AS_LISTED: as_listed} if as_listed else {}),
    )


def _note_unread(value: dict[str, Any], pointer: str, findings: Findings) -> None:
    for key, types in _FIELDS.items():
        field = value.get(key)
        if field is not None and type(field) not in types:
            message = f"`{key}` of {quote(value['name'])} is {describe(field)} and is not read"
            help_ = f"it is kept under `{AS_LISTED}`; the protocol asks for {_asked(types)}"
            findings.note(Severity.WARNING, "LST08", f"{pointer}/{key}", message, help=help_)
    if "inputSchema" not in value and (other := next((key for key in _MISTAKEN if key in value), None)):
        message = f"{quote(value['name'])} has `{other}` and no `inputSchema`, so that its arguments are not known"
        findings.note(
            Severity.WARNING, "LST08", f"{pointer}/{other}", message, help="MCP calls it `inputSchema`", key=True
        )


def _asked(types: tuple[type, ...]) -> str:
    return " or ".join({str: "a text", dict: "an object", bool: "a boolean"}[each] for each in types)


def _note_annotations(tool: Tool, findings: Findings) -> None:
    for hint in _HINTS:
        claim = tool.annotations.get(hint)
        if claim is not None and type(claim) is not bool:
            message = f"`{hint}` of {quote(tool.name)} is {describe(claim)}, which claims nothing"
            help_ = "a hint is `true` or `false`; anything else is kept and not believed"
            findings.note(Severity.WARNING, "LST09", f"{tool.pointer}/annotations/{hint}", message, help=help_)


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for container in level for inner in _inside(container) if type(inner) in {dict, list}]
        if not level:
            return False
    return True


def _inside(container: Any) -> Iterator[Any]:
    return iter(container.values() if type(container) is dict else container)
