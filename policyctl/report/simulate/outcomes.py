"""How often people are asked, whether the replay is true to the record, and whether the bounds hold."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.report.number import several
from policyctl.report.page.parts import Block, Cell, Column, Row, Section, Table, counted, say
from policyctl.report.simulate.labels import labels_section
from policyctl.report.simulate.words import share
from policyctl.simulate.result import ApprovalLoad, Fidelity, GateResult, MissCause, Simulation

_NAMES = 5
_CAUSES = {
    MissCause.POLICY: "another policy, which the record names",
    MissCause.LIMIT: "a limit, which counts calls that the record may lack",
    MissCause.APPROVAL: "an approval, which may be on record elsewhere",
    MissCause.RULE: "the rules, or arguments that are not as they were",
}


def outcome_sections(simulation: Simulation) -> Iterator[Section]:
    """Approvals, labels, fidelity, gates: each only if there is any."""
    if simulation.approvals is not None:
        yield _approvals(simulation.approvals)
    if simulation.labels is not None:
        yield labels_section(simulation.labels, by_file=len(simulation.traces) > 1)
    if simulation.fidelity is not None:
        yield fidelity_section(simulation.fidelity, "this policy")
    if simulation.gates:
        yield gates_section(simulation.gates)


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


def fidelity_section(fidelity: Fidelity, policy: str) -> Section:
    """How far a policy, which is named here in words, is what the trace was recorded under."""
    same = f"{fidelity.same:,} of {several(fidelity.recorded, 'recorded decision comes', 'recorded decisions come')} out the same"
    left = f", {fidelity.undetermined:,} cannot be told" if fidelity.undetermined else ""
    blocks: list[Block] = [say(f"{same} ({share(fidelity.same, fidelity.recorded)}){left}")]
    if fidelity.policies:
        calls = sum(number for _, number in fidelity.policies)
        names = counted(fidelity.policies, most=_NAMES)
        blocks.append(
            say(
                f"{several(calls, 'decision names another policy', 'decisions name another policy')}: ",
                *names,
                role="warning",
            )
        )
    if fidelity.misses:
        columns = (
            Column("recorded"),
            Column("replayed"),
            Column("calls", number=True),
            Column("which hangs on", prose=True),
        )
        rows = tuple(
            Row((Cell(miss.recorded), Cell(miss.replayed), Cell(f"{miss.calls:,}"), Cell(_CAUSES[miss.cause])))
            for miss in fidelity.misses
        )
        blocks.append(Table(columns, rows))
    return Section("fidelity", f"whether {policy} decides as the trace says it was decided", tuple(blocks))


def gates_section(gates: tuple[GateResult, ...]) -> Section:
    """Each bound with what was found."""
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
