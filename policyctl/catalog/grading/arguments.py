"""Consequences for conditions whose argument is not what it was when they were written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policyctl.catalog.changes.part import Difference, Effect, What
from policyctl.catalog.drift import Change
from policyctl.catalog.grading.finding import Finding, Side
from policyctl.catalog.grading.posture import Posture, Reach
from policyctl.diagnostic import Severity
from policyctl.model.json_types import HOLDS_FOR
from policyctl.model.policy import Condition, Op, Predicate, ToolRules
from policyctl.source.fault import quote
from policyctl.source.pointer import format_path

_LISTED = frozenset({Op.EQ, Op.IN})


def blind_denial(change: Change, posture: Posture) -> Iterator[Finding]:
    """A `deny_if` that no longer fires, since its argument is gone, may be left out or has another type."""
    if posture.reach(change.tool.name) is Reach.DENIED:
        return
    rules = posture.rules(change.tool.name)
    told: set[str] = set()
    for predicate, condition, difference in _touched(rules.deny_if, change):
        why = None if _holds_when_absent(condition) else _why_blind(condition, difference, rules)
        if why is not None and predicate.pointer not in told:
            told.add(predicate.pointer)
            where = format_path(condition.path)
            message = f"the denial `{predicate.rule}` does not fire any more: {quote(where)} of {_tool(change)} {why}"
            help_ = (
                _renamed(difference, change)
                or f"require what must hold: a `require` denies where {quote(where)} is missing"
            )
            yield _at(Severity.ERROR, "DRF08", message, help_, change, predicate)


def _why_blind(condition: Condition, difference: Difference, rules: ToolRules) -> str | None:
    match difference.what:
        case What.REMOVED:
            return "is gone"
        case What.OPTIONAL if not _must_be_there(condition.path, rules):
            return "may be left out now"
        case What.TYPE if _escapes(condition, difference) and not _is_typed(condition.path, difference, rules):
            return f"may be {difference.after} now"
        case _:
            return None


def unmet_requirement(change: Change, posture: Posture) -> Iterator[Finding]:
    """A `require` about an argument that is gone: an honest call is denied, and one that sends it all the same passes."""
    if posture.reach(change.tool.name) is Reach.DENIED:
        return
    has_new = any(difference.what is What.ADDED and difference.argument for difference in change.differences)
    for predicate, condition, difference in _touched(posture.rules(change.tool.name).require, change):
        if difference.what is not What.REMOVED or _holds_when_absent(condition):
            continue
        where = format_path(condition.path)
        message = (
            f"the requirement `{predicate.rule}` looks at {quote(where)}, which {_tool(change)} does not take any more"
        )
        if has_new:
            help_ = _renamed(difference, change) or "find out what took its place"
            message = f"{message}: one that is sent all the same passes, and what is new goes unchecked"
            yield _at(Severity.ERROR, "DRF09", message, help_, change, predicate)
        else:
            yield _at(Severity.WARNING, "DRF09", message, "every honest call is denied now", change, predicate)


def new_argument(change: Change, posture: Posture) -> Iterator[Finding]:
    """An argument that no condition looks at, of a tool whose other arguments are watched."""
    rules = posture.rules(change.tool.name)
    if not (rules.require or rules.deny_if) or posture.reach(change.tool.name) is Reach.DENIED:
        return
    watched = {condition.path for predicate in (*rules.require, *rules.deny_if) for condition in predicate.conditions}
    for difference in change.differences:
        argument = difference.argument
        if (
            difference.what is What.ADDED
            and argument
            and not any(path[: len(argument)] == argument for path in watched)
        ):
            message = f"{quote(format_path(argument))} of {_tool(change)} is new, and no condition looks at it"
            pointer = f"{change.tool.pointer}/{difference.pointer}"
            help_ = "say in `require` what it may be"
            yield Finding("DRF11", Severity.WARNING, message, help_, change, Side.NEW, pointer, key=True)


def new_values(change: Change, posture: Posture) -> Iterator[Finding]:
    """An argument that takes values which a `deny_if` does not know."""
    if posture.reach(change.tool.name) is Reach.DENIED:
        return
    for predicate, condition, difference in _touched(posture.rules(change.tool.name).deny_if, change):
        if difference.what is What.VALUES and difference.effect is not Effect.NARROWER and condition.op in _LISTED:
            where = format_path(condition.path)
            message = f"{quote(where)} of {_tool(change)} takes more than `{predicate.rule}` denies: {difference.after}"
            help_ = "list what is allowed in a `require` with `in`"
            yield _at(Severity.WARNING, "DRF13", message, help_, change, predicate)


def _touched(predicates: Iterable[Predicate], change: Change) -> Iterator[tuple[Predicate, Condition, Difference]]:
    """Conditions beside the first difference that says something about their argument, or about one around it."""
    for predicate in predicates:
        for condition in predicate.conditions:
            for difference in change.differences:
                argument = difference.argument
                is_about = argument == condition.path or (
                    bool(argument)
                    and argument == condition.path[: len(argument or ())]
                    and difference.what in {What.REMOVED, What.OPTIONAL}
                )
                if is_about and difference.what is not What.TEXT:
                    yield predicate, condition, difference


def _holds_when_absent(condition: Condition) -> bool:
    return condition.op is Op.EXISTS and condition.value is False


def _must_be_there(path: tuple[str, ...], rules: ToolRules) -> bool:
    """Whether the policy denies a call that leaves the argument out."""
    required = any(
        condition.path == path and not _holds_when_absent(condition)
        for predicate in rules.require
        for condition in predicate.conditions
    )
    denied = any(
        len(predicate.conditions) == 1
        and predicate.conditions[0].path == path
        and _holds_when_absent(predicate.conditions[0])
        for predicate in rules.deny_if
    )
    return required or denied


def _escapes(condition: Condition, difference: Difference) -> bool:
    """Whether the argument may have a type on which the operator never holds; null counts as absent."""
    fitting = HOLDS_FOR.get(condition.op)
    return fitting is not None and not difference.types - {"null"} <= fitting


def _is_typed(path: tuple[str, ...], difference: Difference, rules: ToolRules) -> bool:
    """Whether a `require` denies every type that is new."""
    return any(
        condition.path == path and HOLDS_FOR.get(condition.op, frozenset()).isdisjoint(difference.types)
        for predicate in rules.require
        for condition in predicate.conditions
        if condition.op in HOLDS_FOR or condition.op in _LISTED
    )


def _renamed(difference: Difference, change: Change) -> str | None:
    """A new argument of the same type that may be the old one under another name."""
    new = [
        other.argument
        for other in change.differences
        if other.what is What.ADDED and other.argument and other.types == difference.types
    ]
    return f"is it {quote(format_path(new[0]))} now?" if difference.what is What.REMOVED and len(new) == 1 else None


def _tool(change: Change) -> str:
    return quote(change.tool.name)


def _at(severity: Severity, code: str, message: str, help_: str, change: Change, predicate: Predicate) -> Finding:
    return Finding(code, severity, message, help_, change, Side.POLICY, predicate.pointer)
