"""Names of tools that mean the same one to whoever writes them."""

from __future__ import annotations

from collections.abc import Iterable

from policyctl.reading.suggest import closest


def plain(name: str) -> str:
    """What is left of a name without case, separators and a client's prefix: `mcp__github__Delete-Repo` is deleterepo."""
    bare = name.rsplit("__", maxsplit=1)[-1] if name.lower().startswith("mcp__") else name
    return "".join(character for character in bare.lower() if character.isalnum())


def same_but_for_spelling(name: str, names: Iterable[str]) -> str | None:
    """The one name that differs from this one in case, separators or a prefix alone."""
    key = plain(name)
    found = [
        other for other in names if other != name and key and (plain(other) == key or _prefixed(key, plain(other)))
    ]
    return found[0] if len(found) == 1 else None


def _prefixed(one: str, other: str) -> bool:
    """Whether the longer one ends in the shorter one, which is long enough to be a name."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _TELLING and long != short and long.endswith(short) and len(long) - len(short) <= _PREFIX


_TELLING, _PREFIX = 8, 24


def meant(name: str, names: Iterable[str]) -> str | None:
    """The name that was most likely meant."""
    known = list(names)
    return same_but_for_spelling(name, known) or closest(name, known)
