"""Which arguments say how much is moved, and in what."""

from __future__ import annotations

from policyctl.lint.names import words
from policyctl.model.catalog import Category

#: They name an amount wherever they stand.
_AMOUNTS = frozenset({"amount", "amt", "price", "cost", "cents", "pence"})
#: As the last word they name an amount of what a tool moves that moves money; `total_baggages` counts something else.
_MOVED = frozenset(
    {"quantity", "qty", "total", "subtotal", "sum", "value", "units", "shares", "payment", "deposit", "spend"}
)
#: With these a name is about a bound, a share or a label, and not about how much.
_ASIDE = frozenset({
    "min", "max", "minimum", "maximum", "limit", "percent", "percentage", "ratio", "rate", "precision", "count", "index",
    "id", "ids", "type", "currency", "coin", "asset", "unit_type", "mode", "flag", "is", "has", "page", "offset",
})  # fmt: skip
#: How much one unit costs, or is taken off, does not add up to anything.
_PER_UNIT = frozenset({"price", "trigger", "stop", "unit", "off"})
_CURRENCIES = frozenset({"currency", "coin", "asset"})


def is_amount(path: tuple[str, ...], category: Category | None) -> bool:
    """Whether the name of an argument says that it is an amount, for a tool of this class (None: not known)."""
    named = set(words(path[-1]))
    if category is Category.READ or not named.isdisjoint(_ASIDE):
        return False
    is_moved = category is Category.FINANCIAL and words(path[-1])[-1:] in {(word,) for word in _MOVED}
    return is_moved or not named.isdisjoint(_AMOUNTS)


def adds_up(path: tuple[str, ...]) -> bool:
    """Whether the amounts of several calls make a sum that means something, for an argument that is one."""
    return _PER_UNIT.isdisjoint(words(path[-1]))


def is_currency_of(name: str, amount: str) -> bool:
    """Whether an argument names what an amount beside it is of: `currency`, `coinCode`, and `loanCoin` of a `loanAmount`."""
    named = words(name)
    if named[-1:] in {("code",), ("id",)}:
        named = named[:-1]
    return named[-1:] in {(word,) for word in _CURRENCIES} and set(named[:-1]) <= set(words(amount))
