"""How often people are asked, whether the replay is true to the record, and whether the bounds hold."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.report.number import several
from policyctl.report.page.parts import Block, Cell, Column, Row, Section, Table, say
from policyctl.report.simulate.labels import labels_section
from policyctl.report.simulate.words import share
from policyctl.simulate.result import ApprovalLoad, Fidelity, GateResult, Simulation


def outcome_sections(simulation: Simulation) -> Iterator[Section]:
    """Approvals, labels, fidelity, gates: each only if there is any."""
    if simulation.approvals is not None:
        yield _approvals(simulation.approvals)
    if simulation.labels is not None:
        yield labels_section(simulation.labels, by_file=len(simulation.traces) > 1)
    if simulation.fidelity is not None:
        yield _fidelity(simulation.fidelity)
    if simulation.gates:
        yield _gates(simulation.gates)


def _approvals(load: ApprovalLoad) -> Section:
    sessions = several(load.sessions, "session")
    calls = several(load.calls, "call waits", "calls wait")
    hour = "" if load.most_in_an_hour is None else f", at most {load.most_in_an_hour:,} in an hour"
    if load.sessions:
        calls += f" in {sessions}; at most {load.most_in_a_session:,} in one session"
    blocks = [say(f"{calls}{hour}")]
    if load.repeats:
        repeats = several(load.repeats, "of them repeats", "of them repeat")
        blocks.append(say(f"{repeats} a tool of the same session: one approval for tool and session would cover it"))
    return Section("approvals", "how often a person would be asked", tuple(blocks))


def _fidelity(fidelity: Fidelity) -> Section:
    same = f"{fidelity.same:,} of {several(fidelity.recorded, 'recorded decision comes', 'recorded decisions come')} out the same"
    left = f", {fidelity.undetermined:,} cannot be told" if fidelity.undetermined else ""
    blocks: list[Block] = [say(f"{same} ({share(fidelity.same, fidelity.recorded)}){left}")]
    if fidelity.misses:
        columns = (Column("recorded"), Column("replayed"), Column("calls", number=True))
        rows = tuple(Row((Cell(then), Cell(now), Cell(f"{calls:,}"))) for then, now, calls in fidelity.misses)
        blocks.append(Table(columns, rows))
    return Section("fidelity", "whether this policy decides as the trace says it was decided", tuple(blocks))


def _gates(gates: tuple[GateResult, ...]) -> Section:
    columns = (
        Column("gate", code=True),
        Column("allowed", number=True),
        Column("found", number=True),
        Column("result"),
    )
    rows = tuple(_gate(gate) for gate in gates)
    return Section("gates", "bounds that this run has to keep", (Table(columns, rows),))


def _gate(gate: GateResult) -> Row:
    result = Cell("pass", "good") if gate.passed else Cell(f"FAIL, exit {gate.code}", "error")
    return Row((Cell(gate.name), Cell(gate.bound), Cell(gate.found), result))
