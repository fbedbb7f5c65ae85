"""What keeps a text from being a document, before the file has a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policyctl.diagnostic import Diagnostic, Severity
from policyctl.source.lines import Lines

#: A deeper document is refused: nothing people write comes near, and every later step may recurse.
MAX_DEPTH = 200

#: Integers are exact up to this many digits (language §2).
MAX_DIGITS = 4_300


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a text between two offsets; both None where the text itself could not be made out."""

    code: str
    message: str
    help: str
    start: int | None = None
    end: int | None = None
    pointer: str | None = None


def diagnose(faults: Iterable[Fault], *, name: str, text: str) -> tuple[Diagnostic, ...]:
    """The faults of one file as located errors, in the order of the text."""
    lines = Lines(text)
    found = (
        Diagnostic(
            code=fault.code,
            severity=Severity.ERROR,
            message=fault.message,
            file=name,
            span=None if fault.start is None or fault.end is None else lines.span(fault.start, fault.end),
            pointer=fault.pointer,
            help=fault.help,
        )
        for fault in faults
    )
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))


def quote(words: str) -> str:
    """The user's words in backticks, cut where they would drown the sentence."""
    return f"`{words}`" if len(words) <= 60 else f"`{words[:57]}...`"


def too_deep(start: int, end: int) -> Fault:
    """The bracket, item or alias that opens one level too many."""
    return Fault(
        "SRC03",
        f"the nesting is deeper than {MAX_DEPTH} levels",
        "flatten the document; no policy needs so many levels",
        start,
        end,
    )


def duplicate(key: str, start: int, end: int, *, first_line: int, pointer: str) -> Fault:
    """A key that its object already has: parsers keep one of the two and drop the other silently."""
    return Fault(
        "SCH03",
        f"the key {quote(key)} is already used on line {first_line}",
        "merge the two entries, or rename or remove one of them",
        start,
        end,
        pointer,
    )


def number_fault(words: str, start: int, end: int, pointer: str) -> Fault | None:
    """What is wrong with a number in JSON's spelling, if it does not fit the language's numbers."""
    if words.lstrip("-").isdigit():
        digits = len(words.lstrip("-"))
        if digits <= MAX_DIGITS:
            return None
        message = f"an integer of {digits:,} digits is longer than the {MAX_DIGITS:,} that are read exactly"
        return Fault("SRC05", message, "use a shorter number, or compare a text instead", start, end, pointer)
    if abs(float(words)) != float("inf"):
        return None
    return Fault(
        "SRC05",
        f"the number {quote(words)} is out of range",
        "numbers with a fraction or an exponent reach up to about 1.8e308",
        start,
        end,
        pointer,
    )
