"""Values, amounts and subjects in words."""

from __future__ import annotations

import json
from typing import Any

from policyctl.engine.amount import Amount
from policyctl.engine.equality import holes_in
from policyctl.engine.record import Seen
from policyctl.engine.sentences import every
from policyctl.explain.result import LimitView
from policyctl.explain.why import kind_of
from policyctl.model.policy import Limit, Scope
from policyctl.model.values import JSONValue
from policyctl.report.number import number
from policyctl.report.page.parts import Code, Part
from policyctl.source.pointer import format_path

#: A longer value is cut: the call itself is at hand.
LONGEST = 60
_DIGITS = 40


def written(value: JSONValue, *, longest: int = LONGEST) -> str:
    """A value as JSON, cut where it would drown the line."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "…"
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def seen(found: Seen, *, show_args: bool) -> tuple[Part, ...]:
    """What stands at a path: the value, or without leave to show it, its type and length."""
    return (Code(written(found.value)),) if show_args and is_whole(found.value) else (described(found.value),)


def is_whole(value: Any) -> bool:
    """Whether nothing in a value is redacted, and JSON's writer can hold it: no infinity, no bottomless nesting."""
    if any(True for _ in holes_in(value)):
        return False
    try:
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        return False
    return True


def described(value: Any) -> str:
    """The type of a value, and how long it is."""
    size = length(value)
    kind = kind_of(value)
    match value:
        case str():
            return f"text of {_several(size, 'character')}"
        case list():
            return f"a list of {_several(size, 'element')}"
        case dict():
            return f"an object of {_several(size, 'key')}"
        case _:
            return kind


def length(value: Any) -> int | None:
    """How many characters, elements or keys a value has, if it has any."""
    return len(value) if isinstance(value, str | list | dict) else None


def _several(number: int | None, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def amount(value: Amount | float) -> str:
    """A number with its thousands apart, in full where that is short: who explains wants to see the last digit."""
    return number(value, longest=_DIGITS)


def limit_name(limit: Limit) -> str:
    """What a limit is called: its counter, or `rate_limit`."""
    return limit.counter if limit.counter is not None else "rate_limit"


def used(view: LimitView) -> str:
    """What is used up: one number, or the least and the most."""
    interval = view.used
    if interval.least == interval.most:
        return amount(interval.least)
    return f"{amount(interval.least)} to {amount(interval.most)}"


def quota(limit: Limit) -> str:
    """The maximum: `10 a minute`, `1,000 of args.amount a day`."""
    what = "" if limit.amount_from is None else f" of {format_path(limit.amount_from)}"
    return f"{amount(limit.maximum)}{what} {every(limit.window)}"


def subject(view: LimitView) -> tuple[Part, ...]:
    """Whose count it is."""
    scope = "session" if view.limit.scope is Scope.SESSION else "grant"
    if view.subject is None:
        return (f"of a {scope} that the record does not name",)
    *server, name = view.subject
    if not name:
        return (f"of its {scope}",)
    on = (" on ", Code(server[0])) if server and server[0] is not None else ()
    return (f"of the {scope} ", Code(name), *on)
