"""Texts as patterns that find exactly them."""

from __future__ import annotations

import re


def quote(text: str) -> str:
    """A pattern that finds the text; RE2 takes a backslash before every sign that Python puts one before."""
    return re.escape(text)
