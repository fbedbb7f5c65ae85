"""Globs of names: `*` stands for any characters, `?` for one, and everything else for itself."""

from __future__ import annotations

import re

from policyctl.pattern.quote import quote

_WILD = re.compile(r"([*?])")
_MEANS = {"*": ".*", "?": "."}


def is_name(glob: str) -> bool:
    """Whether the glob matches one name alone."""
    return _WILD.search(glob) is None


def pattern_of(glob: str) -> str:
    """A pattern that is found in exactly the names that the glob matches."""
    return f"^(?s:{''.join(_MEANS.get(part) or quote(part) for part in _WILD.split(glob))})$"
