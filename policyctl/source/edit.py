"""Edits of a document's text, named by pointer, that leave everything else as it is written: comments, order, layout."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from policyctl.diagnostic import Edit
from policyctl.source.document import Document
from policyctl.source.pointer import child

_LINE_END = re.compile(r"\r\n|\r|\n")
#: What may stand before an entry on its line: blanks, and in YAML the dashes of the lists that it starts.
_MARGIN = re.compile(r"[ \t]*(?:-[ \t]+)*\Z")


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits that do not overlap; what is put into one place stands there in the order given."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def replace(document: Document, pointer: str, value: Any) -> Edit:
    """Another value at `pointer`."""
    start, end = document.extent(pointer)
    return Edit(start, end, spell(value, document))


def rename(document: Document, pointer: str, key: str) -> Edit:
    """Another key for the member at `pointer`."""
    span = document.key_span(pointer)
    return Edit(span.start.offset, span.end.offset, spell(key, document))


def remove(document: Document, pointer: str) -> Edit | None:
    """The member or element at `pointer` taken out; None where what surrounds it would suffer."""
    parent = pointer.rpartition("/")[0]
    siblings = _children(document, parent)
    index = siblings.index(pointer)
    if len(siblings) == 1:
        return _emptied(document, parent)
    if _is_flow(document, parent):
        return _between_commas(document, siblings, index)
    return _off_its_lines(document, siblings, index)


def append(document: Document, pointer: str, value: Any, *, key: str | None = None) -> Edit | None:
    """A new last element of the list at `pointer`, or member under `key`; None where there is no place for it."""
    entry = spell(value, document) if key is None else f"{spell(key, document)}: {spell(value, document)}"
    siblings = _children(document, pointer)
    start, end = document.extent(pointer)
    if not siblings:
        return Edit(start, end, f"[{entry}]" if key is None else f"{{{entry}}}")
    last = document.extent(siblings[-1])[1]
    first = _start(document, siblings[-1])
    line, margin = _line_before(document.text, first)
    if _is_flow(document, pointer):
        is_alone = not margin.strip() and line > start
        return Edit(last, last, f",{line_break(document.text)}{margin}{entry}" if is_alone else f", {entry}")
    if not _MARGIN.match(margin):
        return None
    stop = _end_of_line(document.text, last)
    dash = "- " if key is None else ""
    indent = " " * (len(margin) - len(dash))
    return Edit(stop, stop, f"{line_break(document.text)}{indent}{dash}{entry}")


def spell(value: Any, document: Document) -> str:
    """A value as JSON, which YAML reads as well, with escapes for what an editor would not show."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else "".join(_spell(character, document) for character in text)


def _spell(character: str, document: Document) -> str:
    if character.isprintable() or (document.format == "json" and ord(character) > 0xFFFF):
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _children(document: Document, pointer: str) -> list[str]:
    value = document.value(pointer)
    return [child(pointer, key) for key in (range(len(value)) if type(value) is list else value)]


def _start(document: Document, pointer: str) -> int:
    """Where the entry starts: at its key, if it has one."""
    return document.key_span(pointer).start.offset


def _is_flow(document: Document, pointer: str) -> bool:
    """Whether a container is written in brackets, as all are in JSON."""
    return document.text[document.extent(pointer)[0]] in "{["


def _emptied(document: Document, pointer: str) -> Edit | None:
    """The container without its only entry."""
    start, end = document.extent(pointer)
    empty = "{}" if "key" in _kind(document, pointer) else "[]"
    if "#" in document.text[start:end] and document.format == "yaml":
        return None
    if _is_flow(document, pointer):
        return Edit(start, end, empty)
    key = document.places[pointer].key
    if key is None or document.text[key.end.offset : start].strip(" \t\r\n") != ":":
        return None
    if "?" in _line_before(document.text, key.start.offset)[1]:
        # Behind a question mark the key takes all of its line.
        return None
    return Edit(key.end.offset, end, f": {empty}")


def _kind(document: Document, pointer: str) -> str:
    only = _children(document, pointer)[0]
    return "element" if document.places[only].key is None else "member with a key"


def _between_commas(document: Document, siblings: list[str], index: int) -> Edit | None:
    if index + 1 < len(siblings):
        start, end = _start(document, siblings[index]), _start(document, siblings[index + 1])
    else:
        start, end = document.extent(siblings[index - 1])[1], document.extent(siblings[index])[1]
    if document.format == "yaml" and "#" in document.text[start:end]:
        return None
    return Edit(start, end, "")


def _off_its_lines(document: Document, siblings: list[str], index: int) -> Edit | None:
    text = document.text
    start, end = _start(document, siblings[index]), document.extent(siblings[index])[1]
    line, margin = _line_before(text, start)
    if not _MARGIN.match(margin):
        return None
    if margin.strip() and document.places[siblings[index]].key is not None:
        # The first entry of a mapping that starts behind a dash: the next one takes its place.
        if index:
            return None
        following = _start(document, siblings[1])
        return Edit(start, following, "") if not text[end:following].strip() else None
    if margin.count("-") > 1:
        return None
    stop = _end_of_line(text, end)
    after = _LINE_END.match(text, stop)
    if after:
        return Edit(line, after.end(), "")
    # The last line of a file without a final break: the break before it goes instead.
    before = re.search(r"(\r\n|\r|\n)\Z", text[:line])
    return Edit(line - len(before[0]) if before else line, stop, "")


def _line_before(text: str, offset: int) -> tuple[int, str]:
    """Where the line of an offset starts, and what stands on it before the offset."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return start, text[start:offset]


def _end_of_line(text: str, offset: int) -> int:
    found = _LINE_END.search(text, offset)
    return found.start() if found else len(text)


def line_break(text: str) -> str:
    """The line break of this text, as its first line ends."""
    found = _LINE_END.search(text)
    return found[0] if found else "\n"
