"""Assertions, and the calls that break them, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policyctl.cells.valid import SchemaFit
from policyctl.check.result import Breach, Overrun
from policyctl.engine.canonical import canonical
from policyctl.model.assertion import Assertion, Kind, Selector
from policyctl.model.decision import Verdict
from policyctl.model.values import JSONValue
from policyctl.source.fault import quote
from policyctl.source.pointer import format_path

#: Longer arguments go on in the JSON report.
LONGEST = 200
#: So many names are listed.
MOST_NAMES = 8

_FITS: dict[SchemaFit | None, str] = {
    SchemaFit.INVALID: " (no call that is valid under the input schema shows it)",
    SchemaFit.UNCHECKED: " (perhaps not valid under the input schema)",
}


def described(assertion: Assertion) -> str:
    """The assertion on one line: `never_allow category Financial, when args.amount gt 100`."""
    quota = "" if assertion.quota is None else f" {assertion.quota.text}"
    when = (f"{format_path(condition.path)} {condition.op} {_short(condition.value)}" for condition in assertion.when)
    conditions = " and ".join(when)
    return f"{assertion.kind}{quota} {selected(assertion.selector)}" + (f", when {conditions}" if conditions else "")


def selected(selector: Selector) -> str:
    """Which tools are meant."""
    parts = [
        *_part("tool", selector.tools),
        *_part("category", selector.categories),
        *_part("risk", selector.risks),
        *_part("tags", selector.tags),
        *(f"{hint} {str(value).lower()}" for hint, value in selector.hints.items()),
        *_part("except", selector.but),
    ]
    return ", ".join(parts) or "every tool"


def _part(key: str, values: Iterable[str]) -> list[str]:
    words = " or ".join(values)
    return [f"{key} {words}"] if words else []


def _short(value: JSONValue) -> str:
    return arguments(value, longest=40)


def title(assertion: Assertion) -> str:
    """What a message calls the assertion: by its name if it has one."""
    if assertion.name:
        return quote(assertion.name)
    return f"`{assertion.kind}`" if assertion.quota is None else f"`{assertion.kind}: {assertion.quota.text}`"


def arguments(args: JSONValue, *, longest: int = LONGEST) -> str:
    """Arguments as JSON, cut where they would drown the line."""
    text = canonical(args)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def broken(breach: Breach, kind: Kind) -> str:
    """What the smallest call shows of the policy, without the call: `allows a call of …`."""
    tool = quote(breach.tool)
    which = f"a tool that nobody lists, such as {tool}" if breach.is_other else tool
    if kind is Kind.CAN_ALLOW:
        return f"allows no call of {which}"
    match breach.decision.verdict:
        case Verdict.ALLOW:
            by_whom = " once a person has approved it" if breach.is_approved else ""
            without = " without an approval" if kind is Kind.NEEDS_APPROVAL else ""
            return f"allows a call of {which}{by_whom}{without}"
        case Verdict.APPROVAL:
            return f"puts a call of {which} to a person"
        case _:
            return f"denies a call of {which}"


def _refusal(breach: Breach) -> str:
    return "put to a person" if breach.decision.verdict is Verdict.APPROVAL else "denied"


def shown(breach: Breach) -> str:
    """The call with what the engine says of it."""
    what = "allowed" if breach.decision.verdict is Verdict.ALLOW else _refusal(breach)
    approved = " with an approval on record" if breach.is_approved else ""
    smallest = "" if breach.is_smallest else " (not the smallest: that took too long)"
    call = f"{what}{approved}: {breach.tool} {arguments(breach.call.args)}"
    return f"{call}{_FITS.get(breach.schema, '')}{smallest}"


def sequence(overrun: Overrun) -> str:
    """The calls with their times."""
    counts: dict[str, int] = {}
    for burst in overrun.bursts:
        call = f"{burst.call.tool} {arguments(burst.call.args, longest=80)}"
        counts[call] = counts.get(call, 0) + burst.count
    calls = [f"{count:,} × {call}" for call, count in counts.items()]
    shown_calls = ", ".join(calls[:3]) + (f" and {len(calls) - 3:,} more kinds" if len(calls) > 3 else "")
    first, last = overrun.bursts[0].call.ts, overrun.bursts[-1].call.ts
    times = f"at {first}" if first == last else f"from {first} to {last}"
    approved = ", each with an approval on record" if overrun.is_approved else ""
    return f"all allowed to one grant {times}: {shown_calls}{approved}"


def names(tools: Sequence[str]) -> str:
    """`a`, `b` and 3 more."""
    listed = ", ".join(map(quote, tools[:MOST_NAMES]))
    return listed if len(tools) <= MOST_NAMES else f"{listed} and {len(tools) - MOST_NAMES:,} more"
