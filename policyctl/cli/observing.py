"""Recorded calls under a policy as the facts that lint rules may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from policyctl.cli.linting import Recordings
from policyctl.cli.replaying import trace_files
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.engine.ledger import Windows
from policyctl.lint.listed import Check
from policyctl.lint.observe import Observer
from policyctl.lint.rule import Need
from policyctl.lint.run import Crash, lint
from policyctl.lint.slip import Slip
from policyctl.lint.subject import Subject
from policyctl.model.catalog import Catalog
from policyctl.model.policy import Policy
from policyctl.model.trace_facts import LimitFacts, Place, ToolFacts, TraceFacts
from policyctl.replay.routing import Assignment
from policyctl.replay.subjects import grant_declaration
from policyctl.simulate.result import RuleRow, Simulation
from policyctl.simulate.run import Setup, simulate
from policyctl.traces.read import TraceFile
from policyctl.workspace.configuration import Traces


def lint_with_traces(
    subject: Subject, rules: Sequence[Check], severities: Mapping[str, Severity], recordings: Recordings
) -> tuple[tuple[Diagnostic, ...], tuple[Crash, ...]]:
    """What the rules find, with the number of recorded calls that slipped through where a finding can tell them.

    One replay serves both: the rules that look at recordings come last.
    """
    last = tuple(rule for rule in rules if Need.TRACES in rule.needs)
    first = lint(subject, (rule for rule in rules if rule not in last), severities)
    slips = tuple(first.slips.items())
    configuration = recordings.configuration
    files = trace_files(recordings.names, None, configuration)
    facts, slipped, unread = observe(
        subject.policy, subject.catalog, files, configuration.traces, [slip for _, slip in slips]
    )
    counted = {each: slipped[number] for number, (each, _) in enumerate(slips)}
    second = lint(replace(subject, traces=facts), last, severities)
    found = (*(_with_count(each, counted.get(each, 0)) for each in first.diagnostics), *second.diagnostics, *unread)
    return tuple(sorted(found, key=lambda each: each.sort_key)), (*first.crashes, *second.crashes)


def _with_count(found: Diagnostic, calls: int) -> Diagnostic:
    if not calls:
        return found
    said = f"{calls:,} recorded {'call' if calls == 1 else 'calls'} slipped through"
    return replace(found, notes=(*found.notes, said))


def observe(
    policy: Policy,
    catalog: Catalog | None,
    files: Sequence[TraceFile],
    traces: Traces,
    slips: Sequence[Slip] = (),
) -> tuple[TraceFacts, Counter[int], tuple[Diagnostic, ...]]:
    """Replay the calls once: the facts, how often each slip was taken, and the lines that cannot be read."""
    observer = Observer(slips, catalog)
    declaration = grant_declaration(name=traces.grant, source=traces.grant_from)
    setup = Setup(
        (Assignment(policy, catalog),),
        tuple(files),
        windows=Windows(traces.window),
        grant_of=declaration[0] if declaration else None,
        declared=declaration[1] if declaration else None,
    )
    simulation = simulate(setup, watchers=(observer,))
    return _facts(simulation, observer), observer.slipped, simulation.diagnostics


def _facts(simulation: Simulation, observer: Observer) -> TraceFacts:
    coverage = simulation.coverage
    return TraceFacts(
        calls=coverage.calls,
        undetermined=coverage.counts.undetermined,
        sessions=coverage.sessions,
        without_session=coverage.without_session,
        causes=coverage.causes,
        tools=_tools(simulation, observer.first),
        idle={idle.pointer: idle.reached for idle in simulation.idle_rules},
        limits={
            row.limit.pointer: LimitFacts(
                row.limit.pointer, row.denied, row.peak, row.demand, row.subjects, not row.uncertain
            )
            for row in simulation.limits
        },
        secrets=observer.secrets,
        bypasses=observer.bypasses,
    )


def _tools(simulation: Simulation, first: Mapping[str, Place]) -> dict[str, ToolFacts]:
    decided: dict[str, dict[str, int]] = {}
    for row in simulation.rules:
        _add(decided, row)
    return {
        row.tool: ToolFacts(
            row.tool,
            row.counts.allow,
            row.counts.deny,
            row.counts.approval,
            row.counts.undetermined,
            row.in_catalog,
            decided.get(row.tool, {}),
            first.get(row.tool),
        )
        for row in simulation.tools
    }


def _add(decided: dict[str, dict[str, int]], row: RuleRow) -> None:
    """The calls of a rule belong to its one tool; of a rule for many tools nobody knows how they are shared."""
    if len(row.tools) == 1:
        decided.setdefault(row.tools[0], {})[row.pointer] = row.calls
