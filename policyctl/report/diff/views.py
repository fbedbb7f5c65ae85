"""What the HTML report shows of each change; texts are escaped for readers, and the template escapes them for HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from policyctl.cells.trial import Burst
from policyctl.cells.valid import SchemaFit
from policyctl.diff.compare import ALL_TOOLS, ANY_OTHER
from policyctl.diff.result import Change, Direction, Relation, SequenceWitness, Side, Unproven, Witness
from policyctl.model.catalog import Risk
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Scope
from policyctl.report.diff.page import recorded_count
from policyctl.report.diff.result import DiffReport
from policyctl.report.diff.words import arguments, gaps_of
from policyctl.report.escape import escape_terminal
from policyctl.report.number import several
from policyctl.report.page.parts import Part, backticked
from policyctl.report.web.words import breakable, coloured

#: A longer call, or sequence of bursts, goes on in the JSON report.
_LONGEST_CALL, _MOST_BURSTS = 4_000, 12


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What one policy says of the call; `rule` is empty where it lets the call through."""

    verdict: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class BurstView:
    """So many equal calls at one time; `code` is the call as pairs of what a word is and the word."""

    ts: str
    calls: str
    tool: str
    code: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """One direction of a change: what shows it, or the reasons why it is not known."""

    direction: str
    title: str
    bursts: tuple[BurstView, ...]
    about: tuple[str, ...]
    old: DecisionView | None
    new: DecisionView | None
    recorded: str
    reasons: tuple[tuple[Part, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One entry, with the anchor that leads to it."""

    link: str
    name: tuple[str, ...]
    relation: str
    category: str
    risk: str
    is_tool: bool
    sides: tuple[SideView, ...]


_WEIGHT = {Relation.INCOMPARABLE: 0, Relation.WIDER: 0, Relation.UNDETERMINED: 1, Relation.NARROWER: 2}


def changes(report: DiffReport) -> tuple[ChangeView, ...]:
    """Every entry that is not equal: what lets more through first, of that the riskiest."""
    risks = list(Risk)

    def weight(change: Change) -> tuple[int, int, int]:
        risk = -1 if change.risk is None else risks.index(change.risk)
        return (_WEIGHT[change.relation], -risk, change.name in {ANY_OTHER, ALL_TOOLS})

    ordered = sorted(report.diff.entries, key=weight)
    return tuple(_change(report, change, number) for number, change in enumerate(ordered, 1))


def _change(report: DiffReport, change: Change, number: int) -> ChangeView:
    sides = ((Direction.WIDER, change.wider), (Direction.NARROWER, change.narrower))
    return ChangeView(
        link=f"change-{number}",
        name=breakable(escape_terminal(change.name)),
        relation=change.relation.value,
        category=change.category or "",
        risk=change.risk or "",
        is_tool=change.name not in {ANY_OTHER, ALL_TOOLS},
        sides=tuple(_side(report, change, direction, side) for direction, side in sides if side is not None),
    )


def _side(report: DiffReport, change: Change, direction: Direction, side: Side) -> SideView:
    assert side is not None
    recorded = recorded_count(report, change, direction)
    if isinstance(side, Unproven):
        reasons = tuple(_shown(backticked(reason)) for reason in side.reasons)
        return SideView(direction, f"{direction}?", (), (), None, None, recorded, reasons)
    return SideView(
        direction,
        _title(side),
        tuple(_bursts(side, change.name)),
        (*_about(side), *_on_record(recorded)),
        _decision(side.old),
        _decision(side.new),
        recorded,
    )


def _shown(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(escape_terminal(part) if isinstance(part, str) else part for part in parts)


def _title(witness: Witness) -> str:
    """What happens to the call in question, in a few words."""
    before, after = (decision.verdict for decision in (witness.old, witness.new))
    last = "the last call" if isinstance(witness, SequenceWitness) else "a call"
    match before, after:
        case _, Verdict.APPROVAL:
            return f"{last} now waits for a person" + (", and was denied" if before is Verdict.DENY else "")
        case _, Verdict.DENY:
            return f"{last} is now denied"
        case Verdict.APPROVAL, _:
            return f"{last} no longer waits for a person"
        case _:
            return f"{last} is now let through"


def _bursts(witness: Witness, entry: str) -> Iterator[BurstView]:
    if not isinstance(witness, SequenceWitness):
        yield BurstView(
            "", "", "", tuple(coloured(escape_terminal(arguments(witness.call.args, longest=_LONGEST_CALL))))
        )
        return
    yield from (_burst(burst, entry) for burst in islice(witness.bursts, _MOST_BURSTS))


def _burst(burst: Burst, entry: str) -> BurstView:
    tool = "" if burst.call.tool == entry else escape_terminal(burst.call.tool)
    code = tuple(coloured(escape_terminal(arguments(burst.call.args, longest=_LONGEST_CALL))))
    return BurstView(burst.call.ts or "", several(burst.count, "call"), tool, code)


def _about(witness: Witness) -> Iterator[str]:
    """What else there is to know about the call or the sequence."""
    if isinstance(witness, SequenceWitness):
        subject = "under one grant" if witness.subject is Scope.GRANT else "in one session"
        more = len(witness.bursts) - _MOST_BURSTS
        yield f"{several(witness.count, 'call')} {subject}" + (f", {more:,} bursts more than shown" if more > 0 else "")
    elif not witness.is_smallest:
        yield "not the smallest call: that took too long"
    if witness.is_approved:
        yield "with an approval on record"
    match witness.schema:
        case SchemaFit.INVALID:
            yield "no call that is valid under the input schema shows it"
        case SchemaFit.UNCHECKED:
            gaps = gaps_of(witness)
            yield "perhaps not valid under the input schema" + (f", which uses {', '.join(gaps)}" if gaps else "")
        case SchemaFit.VALID:
            yield "valid under the input schema"
        case None:
            pass


def _on_record(count: str) -> Iterator[str]:
    if count:
        yield "no recorded call" if count == "0" else "1 recorded call" if count == "1" else f"{count} recorded calls"


def _decision(decision: Decision) -> DecisionView:
    return DecisionView(decision.verdict, escape_terminal(decision.rule), escape_terminal(decision.message))
