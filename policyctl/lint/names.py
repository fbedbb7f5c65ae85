"""What names of tools and arguments say, word by word."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@lru_cache(maxsize=4_096)
def words(name: str) -> tuple[str, ...]:
    """`quoteOrderQty`, `quote_order_qty` and `quote-order-qty` are quote, order, qty; other letters than ASCII's separate."""
    return tuple(word.lower() for word in _WORD.findall(name))


def singular(word: str) -> str:
    """Without the ending of a plural: `payments` is payment, `entries` entry, `addresses` address."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]
