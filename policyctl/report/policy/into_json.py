"""Rules added to a JSON policy: what is written there keeps every character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from policyctl.diagnostic import Edit
from policyctl.fmt.json_ import WIDTH
from policyctl.report.policy.json_ import entries, quoted
from policyctl.source.document import Document
from policyctl.source.edit import apply, line_break
from policyctl.source.pointer import child

_BREAK = re.compile(r"\r\n|\r|\n")
#: What stands before a tool's name in a canonical policy.
_INDENT = "    "


def add(document: Document, *, hide: Sequence[str], tools: Mapping[str, Any]) -> str:
    """The text with these names behind those of `hide` and these rules behind those of `tools`.

    A text in canonical form stays in it.
    """
    ending = line_break(document.text)
    is_last = not tools and tuple(document.data)[-1] == ("hide" if "hide" in document.data else "default")
    room = WIDTH if is_last else WIDTH - len(",")
    return apply(document.text, (*_hide(document, hide, ending, room), *_tools(document, tools, ending)))


def _hide(document: Document, names: Sequence[str], ending: str, room: int) -> Iterator[Edit]:
    if not names:
        return
    words = [quoted(name) for name in names]
    if "hide" not in document.data:
        yield _member_behind(document, "/default", "hide", _laid_out(words, ending, room, first='  "hide": '), ending)
        return
    present = document.data["hide"]
    start, end = document.extent("/hide")
    if not present:
        line = document.text[_line_start(document.text, start) : start]
        yield Edit(start, end, _laid_out(words, ending, room, first=line))
        return
    last_start, last_end = document.extent(child("/hide", len(present) - 1))
    line = document.text[_line_start(document.text, last_start) : last_start]
    if line.strip() == "":
        # One name a line.
        yield Edit(last_end, last_end, "".join(f",{ending}{line}{word}" for word in words))
        return
    line = document.text[_line_start(document.text, start) : start]
    width = len(line) + (end - start) + sum(len(word) + 2 for word in words)
    if _BREAK.search(document.text, start, end) or width <= room:
        yield Edit(last_end, last_end, "".join(f", {word}" for word in words))
        return
    spelled = [document.text[slice(*document.extent(child("/hide", index)))] for index in range(len(present))]
    yield Edit(start, end, _on_lines([*spelled, *words], _blanks(line), ending))


def _laid_out(words: Sequence[str], ending: str, room: int, *, first: str) -> str:
    """The list as the formatter writes it behind `first` on its line."""
    flat = f"[{', '.join(words)}]"
    return flat if len(first) + len(flat) <= room else _on_lines(words, _blanks(first), ending)


def _on_lines(words: Sequence[str], margin: str, ending: str) -> str:
    inner = f",{ending}".join(f"{margin}  {word}" for word in words)
    return f"[{ending}{inner}{ending}{margin}]"


def _tools(document: Document, tools: Mapping[str, Any], ending: str) -> Iterator[Edit]:
    if not tools:
        return
    canonical = entries(tools)
    present = document.data.get("tools")
    if present:
        yield _behind_last(document, tuple(present)[-1], canonical, ending)
        return
    block = "".join(f"{ending}{line}" for line in canonical)
    if present is None:
        last = child("", tuple(document.data)[-1])
        yield _member_behind(document, last, "tools", f"{{{block}{ending}  }}", ending)
        return
    start, end = document.extent("/tools")
    margin = _blanks(document.text[_line_start(document.text, start) : start])
    yield Edit(start, end, f"{{{block}{ending}{margin}}}")


def _behind_last(document: Document, last: str, canonical: Sequence[str], ending: str) -> Edit:
    """The entries behind the last tool, as far to the right as its name."""
    pointer = child("/tools", last)
    key = document.key_span(pointer).start.offset
    _, end = document.extent(pointer)
    margin = document.text[_line_start(document.text, key) : key]
    if margin.strip() != "":
        return Edit(end, end, ", " + " ".join(line.strip() for line in canonical))
    lines = (margin + line.removeprefix(_INDENT) for line in canonical)
    return Edit(end, end, "".join([",", *(f"{ending}{line}" for line in lines)]))


def _member_behind(document: Document, pointer: str, key: str, value: str, ending: str) -> Edit:
    """A member of the policy behind another one, on a line of its own if that one has one."""
    start = document.key_span(pointer).start.offset
    _, end = document.extent(pointer)
    margin = document.text[_line_start(document.text, start) : start]
    between = f"{ending}{margin}" if margin.strip() == "" else " "
    return Edit(end, end, f',{between}"{key}": {value}')


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _blanks(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]
