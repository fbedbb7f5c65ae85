"""Every text of a tool's definition, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policyctl.catalog.suspect.finding import Suspicion
from policyctl.catalog.suspect.hidden import hidden_in, named, spelt
from policyctl.catalog.suspect.wording import blob, comment, instructions, markup
from policyctl.diagnostic import Severity
from policyctl.model.catalog import Tool
from policyctl.source.fault import quote
from policyctl.source.pointer import child

#: Nobody reads a longer text before agreeing to it.
_LONG_TEXT = 10_000
_LONG_SCHEMA = 200_000


def of_texts(tool: Tool) -> Iterator[Suspicion]:
    """What is odd about the description, the schemas and whatever else a model is shown."""
    size = 0
    for pointer, text, is_key in _texts(tool):
        size += len(text)
        yield from _of_text(tool, pointer, text, is_key=is_key)
    if tool.input_schema is not None and not tool.input_schema:
        message = f"the schema of {quote(tool.name)} is empty, so that any argument is allowed"
        pointer = f"{tool.pointer}/inputSchema"
        yield Suspicion("LST15", Severity.INFO, pointer, message, "a tool without arguments has an object type")
    if size > _LONG_SCHEMA:
        message = f"the definition of {quote(tool.name)} has {size:,} characters"
        yield Suspicion("LST15", Severity.WARNING, tool.pointer, message, _LONG_HELP)


_LONG_HELP = "nobody reads so much before agreeing to it; look at its end"


def _texts(tool: Tool) -> Iterator[tuple[str, str, bool]]:
    """Texts and keys with their pointers, in the order in which they stand; the name is looked at elsewhere."""
    parts: dict[str, Any] = {
        "title": tool.title,
        "description": tool.description,
        "inputSchema": tool.input_schema,
        "outputSchema": tool.output_schema,
        "annotations": tool.annotations,
        **tool.fields,
    }
    waiting = [(child(tool.pointer, key), value) for key, value in reversed(parts.items())]
    while waiting:
        pointer, value = waiting.pop()
        match value:
            case str():
                yield pointer, value, False
            case dict():
                for key in value:
                    yield child(pointer, key), key, True
                waiting += [(child(pointer, key), inner) for key, inner in reversed(value.items())]
            case list():
                waiting += [(f"{pointer}/{index}", inner) for index, inner in reversed(list(enumerate(value)))]
            case _:
                pass


def _of_text(tool: Tool, pointer: str, text: str, *, is_key: bool) -> Iterator[Suspicion]:
    where = _where(tool, pointer, is_key=is_key)
    if hidden := hidden_in(text):
        words = spelt(hidden)
        told = f", which spell {quote(words)}" if words else ""
        help_ = "a person does not see them and a model reads them: ask the server's makers why they are there"
        yield Suspicion("LST12", Severity.WARNING, pointer, f"{where} holds {named(hidden)}{told}", help_, is_key)
    if (hides := comment(text)) is not None:
        message = f"{where} hides {quote(hides)} in an HTML comment"
        yield Suspicion(
            "LST12", Severity.WARNING, pointer, message, "a page does not show it and a model reads it", is_key
        )
    for says, words in instructions(text):
        help_ = "a description says what a tool does: read all of it before you allow the tool"
        yield Suspicion("LST13", Severity.WARNING, pointer, f"{where} {says}: {quote(words)}", help_, is_key)
    for says, words in markup(text):
        help_ = "policyctl shows it as text; check what else renders descriptions"
        yield Suspicion("LST14", Severity.WARNING, pointer, f"{where} {says}: {quote(words)}", help_, is_key)
    if encoded := blob(text):
        message = f"{where} has {len(encoded):,} characters that may be an encoded text: {quote(encoded)}"
        yield Suspicion("LST14", Severity.WARNING, pointer, message, "decode it and read it", is_key)
    if len(text) > _LONG_TEXT:
        message = f"{where} has {len(text):,} characters"
        yield Suspicion("LST15", Severity.WARNING, pointer, message, _LONG_HELP, is_key)


def _where(tool: Tool, pointer: str, *, is_key: bool) -> str:
    """`the description of `pay``, `the text at `inputSchema/properties/to/description` of `pay``."""
    inside = pointer.removeprefix(tool.pointer).removeprefix("/")
    if inside in {"title", "description"} and not is_key:
        return f"the {inside} of {quote(tool.name)}"
    return f"the {'key' if is_key else 'text'} at {quote(inside)} of {quote(tool.name)}"
