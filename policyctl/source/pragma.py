"""Comments of a YAML document that speak to policyctl: `# policyctl: ignore[ARG02] the reason`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policyctl.diagnostic import Span
from policyctl.source.document import Document
from policyctl.source.lines import Lines

_PRAGMA = re.compile(
    r"#[ \t]*policyctl:[ \t]*ignore[ \t]*(?:\[(?P<codes>[^\]\r\n]*)\])?"
    r"(?:[ \t]+until[ \t]+(?P<until>\d{4}-\d\d-\d\d)\b[ \t]*:?)?[ \t]*(?P<reason>[^\r\n]*)"
)


@dataclass(frozen=True, slots=True)
class Pragma:
    """One comment; it speaks of what starts on `line`: its own, or the next one with content if it stands alone."""

    span: Span
    line: int
    codes: tuple[str, ...]
    reason: str
    until: date | None

    @property
    def words(self) -> tuple[tuple[str, ...], str, date | None]:
        """What it says, wherever it stands."""
        return self.codes, self.reason, self.until


def pragmas(document: Document) -> tuple[Pragma, ...]:
    """Every such comment, in order; JSON has none."""
    if document.format != "yaml" or "policyctl:" not in document.text:
        return ()
    return tuple(_pragmas(document))


def _pragmas(document: Document) -> Iterator[Pragma]:
    lines = Lines(document.text)
    texts = _texts(document)
    starts = [start for start, _ in texts]
    for found in _PRAGMA.finditer(document.text):
        at = found.start()
        before = bisect_right(starts, at) - 1
        if before >= 0 and at < texts[before][1]:
            continue
        position = lines.position(at)
        alone = not lines.line(position.line)[: position.column - 1].strip()
        line = _next_content(lines, position.line) if alone else position.line
        codes = tuple(code.strip() for code in (found["codes"] or "").split(",") if code.strip())
        end = at + len(found[0].rstrip())
        yield Pragma(lines.span(at, end), line, codes, found["reason"].strip(), _day(found["until"]))


def _texts(document: Document) -> list[tuple[int, int]]:
    """Where keys and values stand that hold no others: a comment cannot start inside of one."""
    extents: list[tuple[int, int]] = []
    for pointer, place in document.places.items():
        if place.key:
            extents.append((place.key.start.offset, place.key.end.offset))
        if type(document.value(pointer)) not in {dict, list}:
            extents.append((place.value.start.offset, place.value.end.offset))
    return sorted(extents)


def _next_content(lines: Lines, line: int) -> int:
    following = range(line + 1, len(lines) + 1)
    return next((each for each in following if lines.line(each).strip() and lines.line(each).lstrip()[0] != "#"), line)


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        # No such day: as good as over.
        return date.min
