"""The words of SQL that change something."""

from __future__ import annotations

import re

_KEYWORD = re.compile(
    r"\b(?:drop|delete|truncate|alter|insert|update|grant|revoke|create|replace|merge|copy|exec|execute|call|union|attach)\b",
    re.IGNORECASE,
)


def first_keyword(text: str) -> str | None:
    """The first such word in a text, as it is written there."""
    match = _KEYWORD.search(text)
    return match[0] if match else None
