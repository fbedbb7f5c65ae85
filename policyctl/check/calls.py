"""A single call that shows that an assertion does not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policyctl.cells.atoms import Clause, Literal
from policyctl.cells.find import Answer, Example, Undetermined, find
from policyctl.cells.schema import Schema
from policyctl.cells.stand import HEIGHT, Stand
from policyctl.cells.trial import call_of, decide_first
from policyctl.cells.valid import SchemaFit, Validity, prefer_valid
from policyctl.check.result import Breach, Unproven
from policyctl.model.assertion import Kind
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Condition, Policy
from policyctl.source.pointer import child

_ALLOW, _APPROVAL = HEIGHT[Verdict.ALLOW], HEIGHT[Verdict.APPROVAL]


@dataclass(frozen=True, slots=True)
class Asked:
    """One tool that an assertion is about, and what the policy says of it."""

    policy: Policy
    tool: str
    stand: Stand
    when: tuple[Clause, ...] = ()
    schema: Schema | None = None
    is_other: bool = False


def met(when: Iterable[Condition]) -> tuple[Clause, ...]:
    """All these conditions hold."""
    return tuple(((Literal(condition, True),),) for condition in when)


def find_breach(asked: Asked, kind: Kind) -> Breach | Unproven | None:
    """The smallest call of the tool that shows that it does not hold; None is a proof that there is none."""
    if kind is Kind.CAN_ALLOW:
        return _find_barred(asked)
    clauses = _question(asked.stand, kind)
    if clauses is None:
        return None
    clauses = (*clauses, *asked.when)
    match find(clauses):
        case Example() as example:
            is_approved = kind is Kind.NEVER_ALLOW and asked.stand.height == _APPROVAL
            breach = _breach(asked, _validity(asked, example, clauses), is_approved=is_approved)
            if not _shows(breach.decision, kind):
                raise AssertionError(f"the engine does not confirm that `{asked.tool}` breaks `{kind}`")
            return breach
        case Undetermined(reasons):
            return Unproven(reasons)
        case _:
            return None


def _question(stand: Stand, kind: Kind) -> tuple[Clause, ...] | None:
    """What a call has to meet to show that it does not hold; None if there is no such call."""
    match kind:
        case Kind.NEVER_ALLOW:
            return stand.passes(approved=True) if stand.height else None
        case Kind.ALWAYS_DENY:
            return stand.passes(approved=False) if stand.height else None
        case Kind.NEEDS_APPROVAL:
            return stand.passes(approved=False) if stand.height == _ALLOW else None
        case Kind.ALWAYS_ALLOW:
            return (stand.refuses(approved=False),) if stand.height == _ALLOW else ()
        case Kind.AT_MOST | Kind.CAN_ALLOW:
            raise ValueError(kind)


def _shows(decision: Decision, kind: Kind) -> bool:
    match kind:
        case Kind.NEVER_ALLOW | Kind.NEEDS_APPROVAL:
            return decision.verdict is Verdict.ALLOW
        case Kind.ALWAYS_DENY:
            return decision.verdict is not Verdict.DENY
        case _:
            return decision.verdict is not Verdict.ALLOW


def _find_barred(asked: Asked) -> Breach | Unproven | None:
    """What becomes of a call that should be allowed, if no such call is; only valid ones are of use to anybody."""
    if asked.stand.height:
        clauses = (*asked.stand.passes(approved=True), *asked.when)
        match find(clauses):
            case Undetermined(reasons):
                return Unproven(reasons)
            case Example() as example:
                if _validity(asked, example, clauses).fit is not SchemaFit.INVALID:
                    return None
            case _:
                pass
    return _refused(asked, find(asked.when))


def _refused(asked: Asked, answer: Answer) -> Breach | Unproven | None:
    """What becomes of the smallest call that should be allowed."""
    if not isinstance(answer, Example):
        return Unproven(answer.reasons) if isinstance(answer, Undetermined) else None
    is_approved = asked.stand.height == _APPROVAL
    breach = _breach(asked, _validity(asked, answer, asked.when), is_approved=is_approved)
    # An input schema that no call meets at all is no fault of the policy.
    return breach if _shows(breach.decision, Kind.CAN_ALLOW) else None


@dataclass(frozen=True, slots=True)
class _Shown:
    """An example, and what the input schema says of it."""

    example: Example
    fit: SchemaFit | None


def _validity(asked: Asked, example: Example, clauses: tuple[Clause, ...]) -> _Shown:
    if asked.schema is None:
        return _Shown(example, None)
    found: Validity = prefer_valid(example, clauses, asked.schema)
    return _Shown(found.example, found.fit)


def _breach(asked: Asked, shown: _Shown, *, is_approved: bool) -> Breach:
    call = call_of(asked.tool, shown.example.args)
    decision = decide_first(asked.policy, call, is_approved=is_approved)
    pointer = decision.pointer or place_of(asked.policy, asked.tool)
    return Breach(
        asked.tool, call, decision, pointer, is_approved, shown.example.is_smallest, asked.is_other, shown.fit
    )


def place_of(policy: Policy, tool: str) -> str:
    """The place of the policy that lets calls of a tool through."""
    return child("/tools", tool) if tool in policy.tools else "/default"
