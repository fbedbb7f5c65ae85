"""How findings put what stands in a policy."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import TypeAlias

from policyctl.engine.amount import EXACT, exact, plus
from policyctl.engine.sentences import every
from policyctl.model.policy import Condition, Limit, Predicate, Scope
from policyctl.model.values import JSONValue
from policyctl.source.pointer import format_path

#: Values and calls longer than this are cut: the place of a finding shows the rest.
_LONGEST = 120
#: Numbers with more digits are rounded.
_MOST_DIGITS = 18

Number: TypeAlias = int | float | Decimal


def written(value: JSONValue | Mapping[str, JSONValue]) -> str:
    """A value as JSON, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def condition_text(condition: Condition) -> str:
    """`args.amount lte 500`, in backticks."""
    return f"`{format_path(condition.path)} {condition.op} {written(condition.value)}`"


def predicate_text(predicate: Predicate) -> str:
    """Its conditions, in backticks."""
    return joined([condition_text(condition) for condition in predicate.conditions]) or "a predicate without conditions"


def predicates_text(predicates: Sequence[Predicate], most: int = 2) -> str:
    """The conditions of the first few, in backticks."""
    told = joined([predicate_text(predicate) for predicate in predicates[:most]])
    return told if len(predicates) <= most else f"{told} and others"


def call_text(args: Mapping[str, JSONValue]) -> str:
    """The arguments of a call, in backticks."""
    return f"`{written(args)}`"


def name_of(limit: Limit) -> str:
    """What a policy calls the limit, in backticks."""
    return f"`{limit.counter or 'rate_limit'}`"


def quota(limit: Limit) -> str:
    """`30 calls an hour`, `1000 of args.amount a day and session`, without backticks."""
    return (
        f"{measure(limit.maximum, limit)} {every(limit.window)}{' and session' if limit.scope is Scope.SESSION else ''}"
    )


def measure(amount: Number, limit: Limit) -> str:
    """So many calls, or so much of what the limit counts."""
    if limit.amount_from:
        return f"{number_text(amount)} of `{format_path(limit.amount_from)}`"
    return "1 call" if amount == 1 else f"{number_text(amount)} calls"


def number_text(number: Number) -> str:
    """A number with all its digits, unless there are very many."""
    amount = number if isinstance(number, Decimal) else Decimal(exact(number))
    if amount and abs(amount.adjusted()) >= _MOST_DIGITS:
        return f"{amount:.3e}"
    return f"{int(amount)}" if amount == amount.to_integral_value() else f"{amount:f}".rstrip("0")


def total(amounts: Iterable[int | float]) -> Decimal:
    """The exact sum."""
    return Decimal(reduce(plus, map(exact, amounts)))


def product(left: int | float, right: int | float) -> Decimal:
    """The exact product."""
    return EXACT.multiply(Decimal(exact(left)), Decimal(exact(right)))


def listing(names: Iterable[str], most: int = 3) -> str:
    """`a`, `b` and 3 more."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) > most + 1:
        quoted = [*quoted[:most], f"{len(quoted) - most} more"]
    return joined(quoted)


def joined(words: Sequence[str], last: str = "and") -> str:
    """`a`, `b` and `c`."""
    return "".join(words) if len(words) < 2 else f"{', '.join(words[:-1])} {last} {words[-1]}"
