"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`; letter case, `-`, `_` and blanks do not count as different."""
    from difflib import get_close_matches

    by_shape = {_shape(candidate): candidate for candidate in known}
    near = get_close_matches(_shape(word), by_shape, n=1, cutoff=0.7)
    return by_shape[near[0]] if near else None


def listing(words: Iterable[str], *, joint: str = "or") -> str:
    """`a`, `b` or `c`; at least one word."""
    quoted = [f"`{word}`" for word in words]
    return f" {joint} ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def _shape(word: str) -> str:
    return word.lower().replace("-", "").replace("_", "").replace(" ", "")
