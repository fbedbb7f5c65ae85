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


#: So many words of a schema that were not understood are named.
_GAPS = 3


def arguments(args: object, *, longest: int = LONGEST) -> str:
    """The arguments of a call as JSON, cut where they would drown the line."""
    text = canonical(args)  # type: ignore[arg-type]
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def told(witness: Witness, entry: str) -> Iterator[Part]:
    """The call or the sequence that shows a difference of this entry, and by which rule."""
    yield from shown(witness, entry)
    joint = "; the last is" if isinstance(witness, SequenceWitness) else ","
    for which, decision in (("old", witness.old), ("new", witness.new)):
        if decision.rule:
            yield f"{joint} {_refusal(decision)} by "
            yield Code(decision.rule)
            yield f" of the {which} policy"
            joint = ","


def shown(witness: Witness, entry: str) -> Iterator[Part]:
    """The call or the sequence alone; a sequence names its tools unless the entry is its tool."""
    yield from _sequence(witness, entry) if isinstance(witness, SequenceWitness) else _call(witness)


def gaps_of(witness: Witness) -> tuple[str, ...]:
    """The words of the input schema that were not understood, the first ones."""
    gaps = witness.schema_gaps if isinstance(witness, CallWitness) else ()
    return (*gaps[:_GAPS], *((f"{len(gaps) - _GAPS:,} words more",) if len(gaps) > _GAPS else ()))


def _fit(witness: Witness) -> Iterator[Part]:
    match witness.schema:
        case SchemaFit.INVALID:
            yield " (no call that is valid under the input schema shows it)"
        case SchemaFit.UNCHECKED:
            yield " (perhaps not valid under the input schema"
            for number, gap in enumerate(gaps_of(witness)):
                yield ", " if number else ", which uses "
                yield Code(gap)
            yield ")"
        case SchemaFit.VALID | None:
            pass


def _refusal(decision: Decision) -> str:
    return "put to a person" if decision.verdict is Verdict.APPROVAL else "denied"


def _call(witness: CallWitness) -> Iterator[Part]:
    yield Code(arguments(witness.call.args))
    if witness.is_approved:
        yield " with an approval on record"
    yield from _fit(witness)
    if not witness.is_smallest:
        yield " (not the smallest: that took too long)"


def _sequence(witness: SequenceWitness, entry: str) -> Iterator[Part]:
    count = witness.count
    yield f"{count:,} calls " if count > 1 else "a call "
    kinds = list(dict.fromkeys(_shown(burst.call.tool, burst.call.args, entry) for burst in witness.bursts))
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
    yield from _fit(witness)


def _shown(tool: str, args: object, entry: str) -> str:
    return arguments(args) if tool == entry else f"{tool} {arguments(args)}"
