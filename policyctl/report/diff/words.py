"""Differences in words."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.cells.valid import SchemaFit
from policyctl.diff.result import CallWitness, Direction, Relation, SequenceWitness, Witness
from policyctl.engine.canonical import canonical
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Scope
from policyctl.report.page.parts import Code, Part
from policyctl.report.style import Role

#: A longer call goes on in the JSON report.
LONGEST = 200

RELATION_ROLES: dict[Relation, Role] = {
    Relation.EQUAL: "good",
    Relation.NARROWER: "info",
    Relation.WIDER: "error",
    Relation.INCOMPARABLE: "error",
    Relation.UNDETERMINED: "warning",
}
DIRECTION_ROLES: dict[Direction, Role] = {Direction.WIDER: "error", Direction.NARROWER: "info"}


_FITS: dict[SchemaFit | None, str] = {
    SchemaFit.INVALID: " (no call that is valid under the input schema shows it)",
    SchemaFit.UNCHECKED: " (perhaps not valid under the input schema)",
}


def arguments(args: object, *, longest: int = LONGEST) -> str:
    """The arguments of a call as JSON, cut where they would drown the line."""
    text = canonical(args)  # type: ignore[arg-type]
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def told(witness: Witness) -> Iterator[Part]:
    """The call or the sequence that shows a difference, and by which rule."""
    yield from shown(witness)
    joint = "; the last is" if isinstance(witness, SequenceWitness) else ","
    for which, decision in (("old", witness.old), ("new", witness.new)):
        if decision.rule:
            yield f"{joint} {_refusal(decision)} by "
            yield Code(decision.rule)
            yield f" of the {which} policy"
            joint = ","


def shown(witness: Witness) -> Iterator[Part]:
    """The call or the sequence alone."""
    yield from _sequence(witness) if isinstance(witness, SequenceWitness) else _call(witness)


def _refusal(decision: Decision) -> str:
    return "put to a person" if decision.verdict is Verdict.APPROVAL else "denied"


def _call(witness: CallWitness) -> Iterator[Part]:
    yield Code(arguments(witness.call.args))
    if witness.is_approved:
        yield " with an approval on record"
    yield _FITS.get(witness.schema, "")
    if not witness.is_smallest:
        yield " (not the smallest: that took too long)"


def _sequence(witness: SequenceWitness) -> Iterator[Part]:
    count = witness.count
    yield f"{count:,} calls " if count > 1 else "a call "
    kinds = list(dict.fromkeys(_shown(burst.call.tool, burst.call.args, witness) for burst in witness.bursts))
    for number, kind in enumerate(kinds[:3]):
        yield ", " if number else ""
        yield Code(kind)
    if len(kinds) > 3:
        yield f" and {len(kinds) - 3:,} more"
    yield " of one grant" if witness.subject is Scope.GRANT else " of one session"
    if witness.is_approved:
        yield ", each with an approval on record"
    first, last = witness.bursts[0].call.ts, witness.bursts[-1].call.ts
    yield f", all at {first}" if first == last else f", from {first} to {last}"
    yield _FITS.get(witness.schema, "")


def _shown(tool: str, args: object, witness: SequenceWitness) -> str:
    several = len({burst.call.tool for burst in witness.bursts}) > 1
    return f"{tool} {arguments(args)}" if several else arguments(args)
