"""Sets of characters as ascending ranges of code points, both ends included."""

from __future__ import annotations

from collections.abc import Iterable

from policyctl.pattern.members import Ranges

LAST = 0x10FFFF
ANY: Ranges = ((0, LAST),)
DIGIT: Ranges = ((0x30, 0x39),)
SPACE: Ranges = ((9, 10), (12, 13), (32, 32))
WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
#: Classes with names of their own in brackets; they know no character beyond ASCII.
POSIX: dict[str, Ranges] = {
    "alnum": ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)),
    "alpha": ((0x41, 0x5A), (0x61, 0x7A)),
    "ascii": ((0, 0x7F),),
    "blank": ((9, 9), (32, 32)),
    "cntrl": ((0, 0x1F), (0x7F, 0x7F)),
    "digit": DIGIT,
    "graph": ((0x21, 0x7E),),
    "lower": ((0x61, 0x7A),),
    "print": ((0x20, 0x7E),),
    "punct": ((0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)),
    "space": ((9, 13), (32, 32)),
    "upper": ((0x41, 0x5A),),
    "word": WORD,
    "xdigit": ((0x30, 0x39), (0x41, 0x46), (0x61, 0x66)),
}
#: Characters beyond ASCII that fold to an ASCII letter: the long s and the sign of kelvin.
_FAR_FOLDS = {0x53: 0x17F, 0x73: 0x17F, 0x4B: 0x212A, 0x6B: 0x212A}


def union(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Any ranges, sorted and joined where they meet."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return tuple(joined)


def without(ranges: Ranges) -> Ranges:
    """All other characters."""
    rest, start = [], 0
    for low, high in ranges:
        if start < low:
            rest.append((start, low - 1))
        start = high + 1
    return (*rest, (start, LAST)) if start <= LAST else tuple(rest)


def is_ascii(ranges: Ranges) -> bool:
    """Whether case folding of the set is known without asking."""
    return not ranges or ranges[-1][1] < 0x80


def folded(ranges: Ranges) -> Ranges:
    """A set of ASCII characters with all that differ from them in case alone."""
    more = list(ranges)
    for code in (code for low, high in ranges for code in range(low, high + 1) if chr(code).isalpha()):
        more.append((code ^ 0x20, code ^ 0x20))
        if code in _FAR_FOLDS:
            more.append((_FAR_FOLDS[code], _FAR_FOLDS[code]))
    return union(more)
