"""Where two texts part, short enough to be told."""

from __future__ import annotations

_LONGEST = 90
#: So much of what is the same is shown for orientation.
_LEAD = 20


def changed_words(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Both texts from shortly before they first differ up to where they are the same again; None stays None."""
    if before is None or after is None:
        return _cut(before), _cut(after)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    first = _word_start(before, start)
    return _part(before, first, len(before) - end), _part(after, first, len(after) - end)


def _common(one: str, other: str) -> int:
    """How many characters both begin with; halving, since a text may have a million."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _word_start(text: str, place: int) -> int:
    start = max(0, place - _LEAD)
    blank = text.find(" ", start, place)
    return start if start == 0 or blank < 0 else blank + 1


def _part(text: str, first: int, last: int) -> str:
    end = text.find(" ", last)
    whole = text[first : len(text) if end < 0 else min(end, last + _LEAD)]
    return ("…" if first else "") + (_cut(whole) or "")


def _cut(text: str | None) -> str | None:
    return text if text is None or len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
