"""Whether the limits of a policy keep the calls of several tools together within a quota."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from policyctl.cells.atoms import Clause, Literal
from policyctl.cells.confirm import confirm
from policyctl.cells.find import NOTHING, Answer, Example, Nothing, Undetermined, find
from policyctl.cells.schedule import MOST_INSTANTS, Taker, instants, most_calls, schedule, windows_of
from policyctl.cells.trial import Burst, call_of
from policyctl.cells.valid import prefer_valid
from policyctl.cells.windows import most_windows
from policyctl.check.budget import most_by_amount
from policyctl.check.calls import Asked, place_of
from policyctl.check.result import Overrun, Unproven
from policyctl.engine.amount import Unaccountable, UnknownAmount, amount_of
from policyctl.engine.record import Record
from policyctl.model.assertion import Quota
from policyctl.model.call import Call
from policyctl.model.policy import Condition, Limit, Op, Policy, Scope
from policyctl.model.time import SECOND, format_instant

#: Bursts of calls that are made by the engine to confirm one sequence.
MOST_RUNS = 10_000


@dataclass(frozen=True, slots=True)
class _Source:
    """A tool of which some calls may pass; `most` bounds them in any window of the quota by the tool's own limits alone."""

    asked: Asked
    clauses: tuple[Clause, ...]
    held: tuple[Limit, ...]
    calls: tuple[Limit, ...]
    most: int | None

    @property
    def generosity(self) -> tuple[bool, int, str]:
        """Sorts the tools of which most calls pass first."""
        return (self.most is not None, -(self.most or 0), self.asked.tool)


def find_overrun(asked: Sequence[Asked], quota: Quota) -> Overrun | Unproven | None:
    """Calls of these tools by one grant that are all allowed and too many for one window; None proves that there are none."""
    if not asked:
        return None
    policy = asked[0].policy
    target = Limit("quota", quota.calls, quota.window, Scope.GRANT, None, None, quota.text, "")
    doubts: list[str] = []
    sources: list[_Source] = []
    for one in asked:
        found = _passing(one) if one.stand.height else NOTHING
        if isinstance(found, Undetermined):
            doubts.extend(f"of `{one.tool}`: {reason}" for reason in found.reasons)
        if not isinstance(found, Nothing):
            # What may pass counts, too: it is bounded by the same limits.
            sources.append(_source(one, target))
    overall = tuple(limit for limit in policy.all_tools_limits if _counts_calls(limit))
    if _are_bounded(overall, target) or _keep_within(sources, overall, target):
        return None
    overrun = _exceed(sorted(sources, key=lambda source: source.generosity), policy, target)
    if overrun is not None:
        return overrun
    reason = f"no sequence of calls was found that is more than `{quota.text}`, nor a proof that there is none"
    return Unproven((*dict.fromkeys(doubts), reason))


def _passing(asked: Asked) -> Answer:
    return find((*asked.stand.passes(approved=True), *asked.when))


def _source(asked: Asked, target: Limit) -> _Source:
    clauses = (*asked.stand.passes(approved=True), *asked.when)
    held = tuple(limit for limit in asked.stand.limits if limit.scope is Scope.GRANT)
    calls = tuple(limit for limit in held if _counts_calls(limit))
    bounds = [most_windows(limit.window, target.window) * int(limit.maximum) for limit in calls]
    for limit in held:
        if limit.amount_from is not None:
            windows = most_windows(limit.window, target.window)
            each = most_by_amount(clauses, limit, int(target.maximum) // windows)
            bounds.extend([] if each is None else [windows * each])
    return _Source(asked, clauses, held, calls, min(bounds, default=None))


def _counts_calls(limit: Limit) -> bool:
    return limit.amount_from is None and limit.scope is Scope.GRANT


def _are_bounded(limits: Sequence[Limit], target: Limit) -> bool:
    """Whether one of the limits is enough by itself."""
    return any(most_windows(limit.window, target.window) * limit.maximum <= target.maximum for limit in limits)


def _keep_within(sources: Sequence[_Source], overall: Sequence[Limit], target: Limit) -> bool:
    """Whether the tools together cannot make too many calls: by the sum of their bounds, else window by window."""
    bounds = [source.most for source in sources]
    if sum(bound for bound in bounds if bound is not None) <= target.maximum and None not in bounds:
        return True
    every = {limit.pointer: limit for source in sources for limit in source.calls}
    left = MOST_INSTANTS
    windows = list(islice(windows_of(every.values(), target), MOST_INSTANTS + 1))
    for start, end in windows:
        left -= sum(1 for _ in islice(instants(tuple(every.values()), start, end), left + 1)) * len(sources)
        if left < 0:
            return False
        if not _fit(sources, overall, target, start, end):
            return False
    return True


def _fit(sources: Sequence[_Source], overall: Sequence[Limit], target: Limit, start: int, end: int) -> bool:
    """Whether this window of the quota has room for all calls that the limits admit in it."""
    together = most_calls(overall, start, end)
    if together is not None and together <= target.maximum:
        return True
    total = 0
    for source in sources:
        own = most_calls(source.calls, start, end)
        bounds = [bound for bound in (own, source.most) if bound is not None]
        if not bounds:
            return False
        total += min(bounds)
    return total <= target.maximum


def _exceed(sources: Sequence[_Source], policy: Policy, target: Limit) -> Overrun | Unproven | None:
    """A sequence that the engine confirms: of as few tools as may be enough, else of all."""
    few = _enough(sources, target)
    for chosen in (few,) if len(few) == len(sources) else (few, tuple(sources)):
        held = {limit.pointer: limit for source in chosen for limit in source.held}
        called = [(source, call) for source in chosen for call in _calls(source)]
        calls = [call for _, call in called]
        nothing = dict.fromkeys(held, Fraction(0))
        takers = [Taker({**nothing, **_takes(source, call)}, Fraction(1)) for source, call in called]
        runs = schedule(takers, tuple(held.values()), target)
        if not runs:
            continue
        if len(runs) > MOST_RUNS:
            reason = (
                f"calls that are more than `{target.rule}` come in {len(runs):,} bursts, which are too many to make"
            )
            return Unproven((reason,))
        bursts = [Burst(_at(calls[run.taker], run.second), run.count) for run in runs]
        found = _confirmed(bursts, chosen, policy, target)
        if found is not None:
            return found
    return None


def _enough(sources: Sequence[_Source], target: Limit) -> tuple[_Source, ...]:
    total = 0
    for number, source in enumerate(sources, 1):
        if source.most is None:
            return tuple(sources[:number])
        total += source.most
        if total > target.maximum:
            return tuple(sources[:number])
    return tuple(sources)


def _confirmed(bursts: Sequence[Burst], chosen: Sequence[_Source], policy: Policy, target: Limit) -> Overrun | None:
    strict = replace(policy, all_tools_limits=(*policy.all_tools_limits, target))
    is_approved = any(source.asked.stand.height == 1 for source in chosen)
    found = confirm(bursts, policy, strict, scope=Scope.GRANT, is_approved=is_approved)
    if found is None:
        return None
    made, _, _ = found
    by_tool = {source.asked.tool: source for source in chosen}
    called = [by_tool[tool] for tool in dict.fromkeys(burst.call.tool for burst in made)]
    return Overrun(
        bursts=made,
        pointers=tuple(dict.fromkeys(_bounding(source, policy, target) for source in called)),
        is_approved=any(source.asked.stand.height == 1 for source in called),
        other=next((source.asked.tool for source in called if source.asked.is_other), None),
    )


def _bounding(source: _Source, policy: Policy, target: Limit) -> str:
    """The limit that bounds the calls of the tool most, else its rules."""
    if not source.calls:
        return place_of(policy, source.asked.tool)
    tightest = min(source.calls, key=lambda limit: most_windows(limit.window, target.window) * limit.maximum)
    return tightest.pointer


def _calls(source: _Source) -> Iterator[Call]:
    """Calls of the tool to make: such as take nothing of amounts, if there are any, else the smallest."""
    paths = dict.fromkeys(limit.amount_from for limit in source.held if limit.amount_from is not None)
    free = tuple(((Literal(Condition(path, Op.EQ, 0), True),),) for path in paths)
    for clauses in ((*source.clauses, *free), source.clauses) if free else (source.clauses,):
        found = find(clauses)
        if isinstance(found, Example):
            schema = source.asked.schema
            args = found.args if schema is None else prefer_valid(found, clauses, schema).example.args
            yield call_of(source.asked.tool, args)
            return


def _takes(source: _Source, call: Call) -> dict[str, Fraction]:
    """What a call takes of the limits that count it."""
    amounts = ((limit.pointer, amount_of(limit, Record.of(call))) for limit in source.held)
    return {
        pointer: Fraction(amount)
        for pointer, amount in amounts
        if not isinstance(amount, Unaccountable | UnknownAmount)
    }


def _at(call: Call, second: int) -> Call:
    return call_of(call.tool, call.args, format_instant(second * SECOND))
