"""A finished replay as a result: who called what, which rule decided, and what the record left open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from policyctl.engine import sentences
from policyctl.engine.decide import rules_of
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Policy, Scope
from policyctl.replay.plain import Replay
from policyctl.replay.routing import Cell, Lane, Route
from policyctl.simulate.facts import facts_to_record
from policyctl.simulate.result import Counts, Coverage, IdleRule, LimitRow, RuleRow, ToolRow

Cells = Mapping[tuple[Route, Decision], Cell]

#: How a report calls the server of records that name none.
NO_SERVER = "(no server)"


def coverage_of(replay: Replay, declared: str | None) -> Coverage:
    """How much of the trace could be judged."""
    cells = replay.cells
    counts = total(cells)
    span = replay.span
    causes: Counter[str] = Counter()
    for (_, decision), cell in cells.items():
        if decision.verdict is Verdict.UNDETERMINED:
            causes[decision.causes[0]] += cell.calls
    servers = {route.server for route, _ in cells} | replay.not_governed.keys()
    return Coverage(
        calls=counts.calls,
        sessions=len(replay.sessions),
        counts=counts,
        causes=dict(sorted(causes.items(), key=lambda cause: (-cause[1], cause[0]))),
        facts=facts_to_record(decision for _, decision in cells),
        duplicates=replay.duplicates,
        renamed=sum(cell.calls for (route, _), cell in cells.items() if route.tool != route.recorded),
        not_governed={
            server or NO_SERVER: calls
            for server, calls in sorted(replay.not_governed.items(), key=lambda entry: entry[0] or "")
        },
        servers=tuple(sorted(server for server in servers if server is not None)),
        without_session=replay.without_session,
        without_grant=replay.without_grant,
        untimed=replay.untimed,
        bad_times=replay.bad_times,
        late=sum(lane.gateway.ledger.late_calls for lane in replay.lanes),
        approvals_on_record=replay.approvals,
        first=span[0] if span else None,
        last=span[1] if span else None,
        declared=declared,
        grant_needed=replay.without_grant > 0
        and any(_counts_by_grant(lane.assignment.policy) for lane in replay.lanes),
    )


def _counts_by_grant(policy: Policy) -> bool:
    limits = [*policy.all_tools_limits, *(limit for tool in policy.tools for limit in policy.limits_of(tool))]
    return any(limit.scope is Scope.GRANT for limit in limits)


def total(cells: Cells) -> Counts:
    """All calls by verdict."""
    return sum((Counts.of(decision.verdict, cell.calls) for (_, decision), cell in cells.items()), Counts())


def tool_rows(cells: Cells) -> tuple[ToolRow, ...]:
    """A row for each tool of each server, most calls first."""
    grouped: defaultdict[tuple[str | None, str, Lane | None], Counts] = defaultdict(Counts)
    recorded: defaultdict[tuple[str | None, str, Lane | None], set[str]] = defaultdict(set)
    for (route, decision), cell in cells.items():
        key = (route.server, route.tool, route.lane)
        grouped[key] += Counts.of(decision.verdict, cell.calls)
        recorded[key].add(route.recorded)
    rows = (_tool_row(*key, counts, recorded[key] - {key[1]}) for key, counts in grouped.items())
    return tuple(sorted(rows, key=lambda row: (-row.counts.calls, row.tool, row.server or "")))


def _tool_row(server: str | None, tool: str, lane: Lane | None, counts: Counts, recorded: set[str]) -> ToolRow:
    assert lane is not None
    catalog = lane.assignment.catalog
    known = catalog.tools.get(tool) if catalog is not None else None
    return ToolRow(
        server=server,
        tool=tool,
        recorded=tuple(sorted(recorded)),
        counts=counts,
        in_policy=tool in lane.assignment.policy.tools,
        in_catalog=None if catalog is None else known is not None,
        category=known.category if known is not None else None,
        risk=known.risk if known is not None else None,
    )


def by_server(rows: Iterable[ToolRow]) -> tuple[tuple[str, Counts], ...]:
    """Calls of each server that the trace names."""
    return _grouped((row.server or NO_SERVER, row.counts) for row in rows)


def by_class(rows: Iterable[ToolRow]) -> tuple[tuple[str, Counts], ...]:
    """Calls by what their tools do to the world, mildest first; empty without a catalog that says."""
    classed = sorted(
        (row for row in rows if row.category is not None), key=lambda row: row.category.rank if row.category else 0
    )
    return _in_order((row.category.value, row.counts) for row in classed if row.category)


def by_risk(rows: Iterable[ToolRow]) -> tuple[tuple[str, Counts], ...]:
    """Calls by the risk of their tools, least first; empty without a catalog that says."""
    rated = sorted((row for row in rows if row.risk is not None), key=lambda row: row.risk.rank if row.risk else 0)
    return _in_order((row.risk.value, row.counts) for row in rated if row.risk)


def _grouped(counts: Iterable[tuple[str, Counts]]) -> tuple[tuple[str, Counts], ...]:
    return tuple(sorted(_in_order(counts), key=lambda group: (-group[1].calls, group[0])))


def _in_order(counts: Iterable[tuple[str, Counts]]) -> tuple[tuple[str, Counts], ...]:
    groups: defaultdict[str, Counts] = defaultdict(Counts)
    for name, count in counts:
        groups[name] += count
    return tuple(groups.items())


def rule_rows(cells: Cells) -> tuple[RuleRow, ...]:
    """Each rule that decided a call, most calls first."""
    grouped: defaultdict[tuple[Lane | None, str], list[tuple[Route, Decision, Cell]]] = defaultdict(list)
    for (route, decision), cell in cells.items():
        if decision.pointer is not None:
            grouped[route.lane, decision.pointer].append((route, decision, cell))
    rows = (_rule_row(lane, entries) for (lane, _), entries in grouped.items())
    return tuple(sorted(rows, key=lambda row: (-row.calls, row.rule, row.policy)))


def _rule_row(lane: Lane | None, entries: list[tuple[Route, Decision, Cell]]) -> RuleRow:
    assert lane is not None
    # Cells come in the order in which they were first met.
    _, decision, first = entries[0]
    assert decision.pointer is not None
    return RuleRow(
        policy=lane.assignment.policy.name,
        rule=decision.rule,
        pointer=decision.pointer,
        verdict=decision.verdict,
        message=own_message(lane.assignment.policy, decision, entries[0][0].tool),
        calls=sum(cell.calls for _, _, cell in entries),
        tools=tuple(sorted({route.tool for route, _, _ in entries})),
        file=first.file.name,
        line=first.line,
    )


def own_message(policy: Policy, decision: Decision, tool: str) -> str:
    """What the rule says, without the remark that a call gets whose approval on record does not count."""
    rules = policy.tools.get(tool)
    if decision.verdict is not Verdict.APPROVAL or rules is None:
        return decision.message
    return rules.reason or sentences.APPROVAL


def idle_rules(replay: Replay) -> tuple[IdleRule, ...]:
    """Every rule that decided nothing, in the order of the policy."""
    active = {(route.lane, decision.pointer) for route, decision in replay.cells}
    called = {(route.lane, route.tool) for route, _ in replay.cells}
    return tuple(
        IdleRule(lane.assignment.policy.name, rule, pointer, tool is None or (lane, tool) in called)
        for lane in replay.lanes
        for tool, rule, pointer in rules_of(lane.assignment.policy)
        if (lane, pointer) not in active
    )


def limit_rows(replay: Replay) -> Iterator[tuple[LimitRow, ...]]:
    """The limits of each policy, in its order, with what was asked of them."""
    denials = Counter[tuple[Lane | None, str]]()
    for (route, decision), cell in replay.cells.items():
        if decision.pointer is not None:
            denials[route.lane, decision.pointer] += cell.calls
    for lane in replay.lanes:
        yield tuple(_limit_rows(lane, denials))


def _limit_rows(lane: Lane, denials: Mapping[tuple[Lane | None, str], int]) -> Iterator[LimitRow]:
    gateway = lane.gateway
    touches = gateway.ledger.accounts.touches()
    for pointer, book in gateway.ledger.books.items():
        yield LimitRow(
            policy=lane.assignment.policy.name,
            limit=book.limit,
            denied=denials[lane, pointer],
            sliding_denied=gateway.sliding_denials[pointer] if gateway.follows_sliding else None,
            peak=book.peak.used,
            peak_subject=_subject_name(book.peak.subject),
            peak_at=book.peak.at,
            demand=book.demand,
            subjects=book.subjects_beside(touches[book.number]),
            uncertain=not book.is_certain,
        )


def _subject_name(subject: object) -> str | None:
    match subject:
        case (str() as server, str() as grant):
            return f"{grant} on {server}"
        case (None, str() as grant):
            return grant
        case str():
            return subject
        case _:
            return None
