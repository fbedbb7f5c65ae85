"""Pairs of answers as tables: by verdict, by tool, by class and by rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from operator import attrgetter

from policyctl.model.catalog import Category, Risk
from policyctl.model.decision import Decision, Verdict
from policyctl.replay.routing import Assignment, Route
from policyctl.simulate.compare.change import Change, Standing
from policyctl.simulate.compare.pairs import SAMPLES, Pair
from policyctl.simulate.compare.result import ChangeRow, Changes, LimitPair, RulePair, RuleSide, ToolChanges
from policyctl.simulate.result import Counts, LimitRow, ToolRow
from policyctl.simulate.summary import own_message

_ORDER = {change: rank for rank, change in enumerate(Change)}


def matrix_of(pairs: Iterable[Pair]) -> dict[tuple[Verdict, Verdict], int]:
    """Calls from verdict to verdict; every combination is there."""
    matrix = dict.fromkeys(product(Verdict, Verdict), 0)
    for pair in pairs:
        matrix[pair.old.verdict, pair.new.verdict] += pair.calls
    return matrix


def change_rows(pairs: Sequence[Pair]) -> tuple[ChangeRow, ...]:
    """A row for each way to change, of those that did not come up too."""
    return tuple(_change_row(change, [pair for pair in pairs if pair.change is change]) for change in Change)


def _change_row(change: Change, pairs: list[Pair]) -> ChangeRow:
    return ChangeRow(change, sum(pair.calls for pair in pairs), _by_standing(pairs))


def _by_standing(pairs: Iterable[Pair]) -> dict[Standing, int]:
    return {standing: sum(pair.by_standing[standing] for pair in pairs) for standing in Standing}


def tool_changes(pairs: Iterable[Pair], tools: Iterable[ToolRow]) -> tuple[ToolChanges, ...]:
    """A row for each tool that was called, most changes first; `tools` are those of the new side."""
    known = {(row.server, row.tool): row for row in tools}
    grouped: defaultdict[tuple[str | None, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        grouped[pair.new_route.server, pair.new_route.tool].append(pair)
    rows = (_tool_changes(known[key], found) for key, found in grouped.items())
    return tuple(sorted(rows, key=lambda row: (*_most_changes(row.changes), row.tool, row.server or "")))


def _tool_changes(row: ToolRow, pairs: list[Pair]) -> ToolChanges:
    changes = Counter[Change]()
    base = Counts()
    for pair in pairs:
        changes[pair.change] += pair.calls
        base += Counts.of(pair.old.verdict, pair.calls)
    return ToolChanges(row.server, row.tool, row.category, row.risk, base, row.counts, _complete(changes))


def _most_changes(changes: Changes) -> tuple[int, int]:
    of_verdict = sum(calls for change, calls in changes.items() if change.is_of_verdict)
    return -of_verdict, -sum(calls for change, calls in changes.items() if change is not Change.UNCHANGED)


def _complete(changes: Changes) -> Changes:
    return {change: changes.get(change, 0) for change in Change}


def by_class(rows: Sequence[ToolChanges]) -> tuple[tuple[str, Changes], ...]:
    """Changes by what tools do to the world, mildest first; empty without a catalog that says."""
    return tuple(_grouped(rows, Category, attrgetter("category")))


def by_risk(rows: Sequence[ToolChanges]) -> tuple[tuple[str, Changes], ...]:
    """Changes by the risk of tools, least first; empty without a catalog that says."""
    return tuple(_grouped(rows, Risk, attrgetter("risk")))


def _grouped(
    rows: Sequence[ToolChanges], groups: Iterable[Category] | Iterable[Risk], of: Callable[[ToolChanges], object]
) -> Iterator[tuple[str, Changes]]:
    for group in sorted(groups, key=attrgetter("rank")):
        changes = Counter[Change]()
        members = [row for row in rows if of(row) is group]
        for row in members:
            changes.update(row.changes)
        if members:
            yield group.value, _complete(changes)


def rule_pairs(pairs: Iterable[Pair]) -> tuple[RulePair, ...]:
    """Which rule decided and which does now, for all that is not as it was; what lets more through comes first.

    What neither side could decide is no matter of rules.
    """
    grouped: defaultdict[tuple[object, ...], list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.change is not Change.UNCHANGED and not _is_open(pair):
            grouped[pair.change, *_rule_key(pair.old_route, pair.old), *_rule_key(pair.new_route, pair.new)].append(
                pair
            )
    rows = map(_rule_pair, grouped.values())
    return tuple(
        sorted(rows, key=lambda row: (_ORDER[row.change], -row.calls, row.samples[0].number if row.samples else 0))
    )


def _is_open(pair: Pair) -> bool:
    return pair.old.verdict is pair.new.verdict is Verdict.UNDETERMINED


def _rule_key(route: Route, decision: Decision) -> tuple[object, ...]:
    return route.lane, decision.verdict, decision.pointer, decision.causes[:1]


def _rule_pair(pairs: list[Pair]) -> RulePair:
    first = pairs[0]
    assert first.new_route.lane is not None
    samples = sorted((sample for pair in pairs for sample in pair.samples), key=attrgetter("number"))
    return RulePair(
        change=first.change,
        server=first.new_route.lane.assignment.server,
        base=_rule_side(first.old_route, first.old),
        new=_rule_side(first.new_route, first.new),
        calls=sum(pair.calls for pair in pairs),
        by_standing=_by_standing(pairs),
        tools=tuple(sorted({pair.new_route.tool for pair in pairs})),
        samples=tuple(samples[:SAMPLES]),
    )


def _rule_side(route: Route, decision: Decision) -> RuleSide:
    assert route.lane is not None
    policy = route.lane.assignment.policy
    return RuleSide(
        policy=policy.name,
        verdict=decision.verdict,
        rule=decision.rule,
        pointer=decision.pointer,
        message=own_message(policy, decision, route.tool),
        cause=decision.causes[0] if decision.causes else None,
    )


def limit_pairs(old: Iterable[tuple[LimitRow, ...]], new: Iterable[tuple[LimitRow, ...]]) -> Iterator[LimitPair]:
    """The limits that are not the same on both sides, or were not asked for the same; policy by policy."""
    for before, after in zip(old, new, strict=True):
        # By the name that a gateway logs: a place in a list moves.
        base, now = ({row.limit.rule: row for row in rows} for rows in (before, after))
        for rule in dict.fromkeys((*now, *base)):
            pair = LimitPair(base.get(rule), now.get(rule))
            if pair.base is None or pair.new is None or _facts(pair.base) != _facts(pair.new):
                yield pair


def _facts(row: LimitRow) -> tuple[object, ...]:
    limit = row.limit
    bound = (limit.maximum, limit.window, limit.scope, limit.amount_from)
    return (*bound, row.denied, row.peak, row.demand, row.uncertain)


def strangers(old: Sequence[Assignment], new: Sequence[Assignment]) -> Iterator[tuple[str, str]]:
    """Policies that both name tools, and none in common: they are hardly for the same server."""
    for base, now in zip(old, new, strict=True):
        names, others = ({*side.policy.tools, *side.policy.hide} - {"*"} for side in (base, now))
        if names and others and names.isdisjoint(others):
            yield base.policy.name, now.policy.name
