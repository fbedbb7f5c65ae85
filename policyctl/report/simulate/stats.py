"""The counts of a simulation alone: `name value` lines for `grep`, `awk` and `diff`.

A name is a path whose segments are escaped like those of a JSON Pointer; it holds no blank, so the value is the second
word of its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policyctl.model.decision import Verdict
from policyctl.report.escape import disarm_commands, escape_terminal
from policyctl.report.number import number_field
from policyctl.report.simulate import tally
from policyctl.simulate.result import Counts, Coverage, LimitRow, Simulation
from policyctl.source.pointer import join

Stat = tuple[str, object]


def render(simulation: Simulation) -> str:
    """Coverage, verdicts, tools, rules and limits: the same numbers as in every other format."""
    return written(_stats(simulation))


def written(stats: Iterable[Stat]) -> str:
    """A line for each count."""
    return disarm_commands("".join(f"{_word(name)} {value}\n" for name, value in stats))


def _word(name: str) -> str:
    """Backslashes are doubled first, so that two names never look the same."""
    return escape_terminal(name.replace("\\", "\\\\")).replace(" ", r"\u0020")[1:]


def _stats(simulation: Simulation) -> Iterator[Stat]:
    yield from line_stats(simulation)
    yield from coverage_stats(simulation.coverage)
    yield from _verdicts(join("verdicts"), simulation.coverage.counts)
    for tool in simulation.tools:
        yield from _verdicts(join("tools", *(() if tool.server is None else (tool.server,)), tool.tool), tool.counts)
    for rule in simulation.rules:
        yield join("rules", rule.policy) + rule.pointer, rule.calls
    for limit in simulation.limits:
        yield from _limit(join("limits", limit.policy) + limit.limit.pointer, limit)


def line_stats(simulation: Simulation) -> Iterator[Stat]:
    """Lines of each trace."""
    for trace in simulation.traces:
        yield join("traces", trace.name, "lines"), trace.lines
        yield join("traces", trace.name, "bad_lines"), trace.bad_lines


def coverage_stats(coverage: Coverage) -> Iterator[Stat]:
    """How much of the record could be judged."""
    yield "/coverage/calls", coverage.calls
    yield "/coverage/sessions", coverage.sessions
    yield "/coverage/decided", coverage.counts.decided
    yield "/coverage/undetermined", coverage.counts.undetermined
    for cause, calls in coverage.causes.items():
        yield join("coverage", "causes", cause), calls
    for server, calls in coverage.not_governed.items():
        yield join("coverage", "not_governed", server), calls
    yield "/coverage/duplicates", coverage.duplicates
    yield "/coverage/renamed", coverage.renamed
    yield "/coverage/late", coverage.late
    yield "/coverage/without_session", coverage.without_session
    yield "/coverage/without_grant", coverage.without_grant
    yield "/coverage/without_time", coverage.untimed
    yield "/coverage/bad_times", coverage.bad_times


def _verdicts(name: str, counts: Counts) -> Iterator[Stat]:
    for verdict in Verdict:
        yield f"{name}/{verdict.value}", tally.count_of(counts, verdict)


def _limit(name: str, row: LimitRow) -> Iterator[Stat]:
    yield f"{name}/denied", row.denied
    if row.sliding_denied is not None:
        yield f"{name}/sliding_denied", row.sliding_denied
    yield f"{name}/peak", number_field(row.peak)
    yield f"{name}/enough", number_field(row.demand)
    yield f"{name}/subjects", row.subjects
