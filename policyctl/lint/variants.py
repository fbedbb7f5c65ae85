"""Names of tools that are others of the same: many at once, or another version."""

from __future__ import annotations

import re

from policyctl.lint.names import singular, words

_MANY = frozenset({"bulk", "batch", "many", "multiple", "mass", "all"})
_VERSION = re.compile(r"v?\d+")
_STAGES = frozenset({"new", "old", "legacy", "beta", "alpha", "deprecated", "next", "classic", "v"})


def one_of(name: str) -> tuple[str, ...] | None:
    """The words of the tool that does to one what this one does to many; None for one that does not."""
    named = words(name)
    plain = tuple(singular(word) for word in named if word not in _MANY)
    is_many = len(plain) < len(named) or plain != named
    return plain if is_many and len(plain) > 1 else None


def unversioned(name: str) -> tuple[str, ...] | None:
    """The words without a version or a stage; None for a name that has neither."""
    named = words(name)
    plain = tuple(word for word in named if not _VERSION.fullmatch(word) and word not in _STAGES)
    return plain if len(plain) < len(named) and len(plain) > 1 else None
