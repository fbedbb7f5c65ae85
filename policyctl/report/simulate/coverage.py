"""How much of the record could be judged: what a reader has to know before any count."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.model.time import format_instant
from policyctl.report.diagnostics.place import place
from policyctl.report.number import several
from policyctl.report.page.parts import Block, Cell, Code, Column, Row, Section, Sentence, Table, counted, listed, say
from policyctl.report.simulate.words import CAUSES, share
from policyctl.simulate.result import Coverage, Simulation, TraceInput

#: So many bad lines, servers and causes are shown.
_BAD_LINES, _NAMES, _CAUSES = 5, 5, 12


def coverage_section(simulation: Simulation) -> Section:
    """Always there, even if there is nothing else to say."""
    coverage = simulation.coverage
    blocks = (
        *_whose(coverage),
        *_decided(coverage),
        *_doubts(coverage),
        *_governed(simulation),
        *_renamed(simulation),
        *_records(coverage),
        *_unreadable(simulation),
    )
    return Section("coverage", "how much of the record could be judged", blocks)


def _whose(coverage: Coverage) -> Iterator[Sentence]:
    """What was assumed, or would have to be, stands before every count that hangs on it."""
    if coverage.declared is not None:
        yield say(f"declared: {coverage.declared}")
    if coverage.grant_needed:
        records = several(coverage.without_grant, "record names none", "records name none")
        yield say(
            f"limits count by grant, and {records}: say whose calls they are with ",
            Code("--grant NAME"),
            " or ",
            Code("--grant-from session|file|meta.KEY"),
            role="warning",
        )


def _decided(coverage: Coverage) -> Iterator[Sentence]:
    counts = coverage.counts
    if not coverage.calls:
        yield say("no call was found, so nothing was checked", role="warning")
        return
    sessions = f" in {several(coverage.sessions, 'session')}" if coverage.sessions else ""
    yield say(f"{several(coverage.calls, 'call')}{sessions}{_span(coverage)}")
    if not counts.undetermined:
        yield say("all of them decided", role="good")
        return
    yield say(
        f"{counts.decided:,} decided ({share(counts.decided, counts.calls)}), {counts.undetermined:,} undetermined ({share(counts.undetermined, counts.calls)}): "
        "the record does not say enough of them, and a verdict is never guessed"
    )


def _span(coverage: Coverage) -> str:
    if coverage.first is None or coverage.last is None:
        return ""
    if coverage.first == coverage.last:
        return f", at {format_instant(coverage.first)}"
    return f", from {format_instant(coverage.first)} to {format_instant(coverage.last)}"


def _doubts(coverage: Coverage) -> Iterator[Block]:
    if not coverage.causes:
        return
    columns = (Column("undetermined because of", code=True), Column("calls", number=True), Column("which means"))
    rows = tuple(
        Row((Cell(cause, "warning"), Cell(f"{calls:,}"), Cell(CAUSES.get(cause.partition(":")[0], ""))))
        for cause, calls in coverage.causes.items()
    )
    yield Table(columns, rows[:_CAUSES], more=max(0, len(rows) - _CAUSES))
    if coverage.facts:
        yield say("to decide them all, record ", *listed(coverage.facts, most=len(coverage.facts)))


def _governed(simulation: Simulation) -> Iterator[Sentence]:
    coverage = simulation.coverage
    if len(coverage.servers) > 1 and len(simulation.policies) == 1 and simulation.policies[0].server is None:
        yield say(
            f"one policy judged the calls of {several(len(coverage.servers), 'server')}: ",
            *listed(coverage.servers, most=_NAMES),
        )
    if coverage.not_governed:
        calls = sum(coverage.not_governed.values())
        yield say(
            f"{several(calls, 'call is', 'calls are')} not governed, since no policy is for the server: ",
            *counted(tuple(coverage.not_governed.items()), most=_NAMES),
        )


def _renamed(simulation: Simulation) -> Iterator[Sentence]:
    example = next((row for row in simulation.tools if row.recorded), None)
    if example is not None:
        calls = several(simulation.coverage.renamed, "call names its tool", "calls name their tool")
        yield say(
            f"{calls} with a client's prefix: ", Code(example.recorded[0]), " is ", Code(example.tool), " in the policy"
        )


def _records(coverage: Coverage) -> Iterator[Sentence]:
    """What was done to records, or is odd about them; nothing is said of what did not come up."""
    if coverage.duplicates:
        yield say(f"{several(coverage.duplicates, 'repeated record was', 'repeated records were')} dropped")
    if coverage.bad_times:
        yield say(
            f"{several(coverage.bad_times, 'time is', 'times are')} no RFC 3339 time with a zone, such as `2026-03-02T08:00:20Z`, and taken as missing",
            role="warning",
        )
    if coverage.late:
        late = several(coverage.late, "record is", "records are")
        yield say(
            f"{late} too far behind in time for the counts of its limits; ", Code("--lateness"), " keeps them longer"
        )
    missing = [
        f"{several(count, 'record')} without {what}"
        for count, what in (
            (coverage.untimed, "a time"),
            (coverage.without_session, "a session"),
            (0 if coverage.grant_needed else coverage.without_grant, "a grant"),
        )
        if count
    ]
    if missing:
        yield say(", ".join(missing))
    if coverage.approvals_on_record:
        yield say(f"{several(coverage.approvals_on_record, 'approval')} on record")


def _unreadable(simulation: Simulation) -> Iterator[Sentence]:
    bad = sum(trace.bad_lines for trace in simulation.traces)
    if bad:
        lines = sum(trace.lines for trace in simulation.traces)
        yield say(f"{bad:,} of {several(lines, 'line')} could not be read", role="error")
    shown = simulation.diagnostics[:_BAD_LINES]
    said: set[str | None] = {None}
    for diagnostic in shown:
        help_ = "" if diagnostic.help in said else f": {diagnostic.help}"
        said.add(diagnostic.help)
        yield say(Code(place(diagnostic)), f" {diagnostic.message}{help_}")
    if shown and bad > len(shown):
        yield say(f"and {several(bad - len(shown), 'more bad line')}")
    yield from map(_truncated, (trace for trace in simulation.traces if trace.truncated))


def _truncated(trace: TraceInput) -> Sentence:
    return say("the archive ", Code(trace.name), " breaks off; what came before that was kept", role="error")
