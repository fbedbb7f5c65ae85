"""Which arguments say how much is moved, and in what."""

from __future__ import annotations

from policyctl.lint.names import words
from policyctl.model.catalog import Category

#: They name an amount wherever they stand.
_AMOUNTS = frozenset({"amount", "amt", "price", "cost", "cents", "pence"})
#: They name an amount of what a tool moves that moves money.
_MOVED = frozenset(
    {"quantity", "qty", "total", "subtotal", "sum", "value", "units", "shares", "payment", "deposit", "spend"}
)
#: With these a name is about a bound, a share or a label, and not about how much.
_ASIDE = frozenset({
    "min", "max", "minimum", "maximum", "limit", "percent", "percentage", "ratio", "rate", "precision", "count", "index",
    "id", "ids", "type", "currency", "coin", "asset", "unit_type", "mode", "flag", "is", "has", "page", "offset",
})  # fmt: skip
#: How much one unit costs does not add up to anything.
_PER_UNIT = frozenset({"price", "trigger", "stop"})
_CURRENCIES = frozenset({"currency", "coin", "asset"})


def is_amount(path: tuple[str, ...], category: Category | None) -> bool:
    """Whether the name of an argument says that it is an amount, for a tool of this class (None: not known)."""
    named = set(words(path[-1]))
    if category is Category.READ or not named.isdisjoint(_ASIDE):
        return False
    return not named.isdisjoint(_AMOUNTS | _MOVED if category is Category.FINANCIAL else _AMOUNTS)


def adds_up(path: tuple[str, ...]) -> bool:
    """Whether the amounts of several calls make a sum that means something, for an argument that is one."""
    return _PER_UNIT.isdisjoint(words(path[-1]))


def is_currency(name: str) -> bool:
    """Whether an argument names what an amount is of: `currency`, `currencyCode`, `coin`."""
    named = words(name)
    return bool(named) and (named[-1] in _CURRENCIES or named in {("currency", "code"), ("currency", "id")})
