"""An explanation as an outline: lines at depths, the same for the terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policyctl.engine.amount import Unaccountable, UnknownAmount
from policyctl.engine.ledger import Windows
from policyctl.engine.record import Seen
from policyctl.engine.truth import Truth
from policyctl.explain.result import ConditionView, Explanation, LimitView, PredicateView, StageView, State
from policyctl.model.args_state import ArgsState
from policyctl.model.decision import Verdict
from policyctl.model.time import instant
from policyctl.report.explain.words import amount, limit_name, quota, seen, subject, used, written
from policyctl.report.page.parts import Code, Part
from policyctl.report.style import Role
from policyctl.source.pointer import format_path

#: What stages are called in the policy.
STAGE_NAMES = {"unmet": "require", "forbidden": "deny_if", "exhausted": "limits"}

STATE_ROLES: dict[State, Role] = {
    State.PASSED: "good",
    State.DENIES: "error",
    State.ASKS: "info",
    State.OPEN: "warning",
    State.NOT_REACHED: "quiet",
}
VERDICT_ROLES: dict[Verdict, Role] = {
    Verdict.ALLOW: "good",
    Verdict.DENY: "error",
    Verdict.APPROVAL: "info",
    Verdict.UNDETERMINED: "warning",
}


_RECORDED = {
    ArgsState.ABSENT: "without arguments",
    ArgsState.HASHED: "with nothing but a hash of its arguments",
    ArgsState.KEYS_ONLY: "with nothing but the names of its arguments",
    ArgsState.UNPARSEABLE: "with arguments that are no object",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign at the start of a line, and its colour."""

    sign: str
    role: Role


HOLDS, FAILS, UNKNOWN, UNREACHED = Mark("✓", "good"), Mark("✗", "error"), Mark("?", "warning"), Mark("·", "quiet")
_MARKS = {Truth.TRUE: HOLDS, Truth.FALSE: FAILS, Truth.UNKNOWN: UNKNOWN, None: UNREACHED}


@dataclass(frozen=True, slots=True)
class Line:
    """One line below a stage; `aside` stands in a column of its own."""

    depth: int
    mark: Mark | None
    parts: tuple[Part, ...]
    aside: tuple[Part, ...] = ()


def sentence(words: str) -> tuple[Part, ...]:
    """A sentence of ours, in which every second backtick ends a word of the policy."""
    return tuple(Code(part) if number % 2 else part for number, part in enumerate(words.split("`")))


def stage_name(stage: StageView) -> str:
    """The key of the policy that a stage reads, or the stage's own name."""
    return STAGE_NAMES.get(stage.name, stage.name)


def call_lines(explanation: Explanation, *, show_args: bool) -> Iterator[tuple[Part, ...]]:
    """Which call it is, and under which policy."""
    call, policy = explanation.call, explanation.policy
    origin = explanation.origin
    where = () if origin is None else (" on line ", f"{origin.line:,} of ", Code(origin.file))
    yield ("the tool ", Code(explanation.tool), *where, " under ", Code(policy.name))
    if origin is not None and origin.repeats:
        yield ("it repeats a record before it, so a replay drops it: what follows is what it would get",)
    if call.tool != explanation.tool:
        yield ("recorded as ", Code(call.tool))
    if call.state is not ArgsState.FULL:
        yield (_RECORDED[call.state],)
    elif show_args:
        yield ("with ", Code(written(call.args, longest=200)))
    facts = (("session", call.session), ("grant", call.grant), ("server", call.server), ("time", call.ts))
    known: list[Part] = []
    for name, value in facts:
        if value is not None:
            known += [f", {name} " if known else f"{name} ", Code(value)]
    if known:
        yield tuple(known)
    if call.ts is not None and instant(call.ts) is None:
        yield ("its time is no RFC 3339 time with a zone, such as `2026-03-02T08:00:20Z`, so it counts as missing",)
    if explanation.preset:
        yield ("usage as given: ", ", ".join(explanation.preset))
    if explanation.windows is Windows.SLIDING and explanation.decision.limits:
        yield ("limits are counted in sliding windows",)
    if explanation.near is not None:
        yield ("the policy does not know this tool; did you mean ", Code(explanation.near), "?")


def stage_lines(explanation: Explanation, stage: StageView, *, show_args: bool) -> Iterator[Line]:
    """What a stage looked at."""
    for view in stage.predicates:
        yield from _predicate(explanation, stage, view, show_args=show_args)
    for limit in stage.limits:
        yield from _limit(explanation, limit)


def place(explanation: Explanation, view: PredicateView | LimitView) -> str:
    """Where a rule is written: file, line and column, or its pointer alone."""
    if view.position is None:
        return view.limit.pointer if isinstance(view, LimitView) else view.predicate.pointer
    return f"{explanation.policy.name}:{view.position.line}:{view.position.column}"


def _predicate(explanation: Explanation, stage: StageView, view: PredicateView, *, show_args: bool) -> Iterator[Line]:
    # As the pointer counts, from 0.
    index = view.predicate.pointer.rpartition("/")[2]
    title = f"{stage_name(stage)}/{index}: {_outcome(stage, view)}"
    yield Line(0, _mark(stage, view), (title,), (place(explanation, view),))
    if view.truth is not None and not view.conditions:
        yield Line(1, HOLDS, ("no conditions, which always holds",))
    for condition in view.conditions:
        yield _condition(condition, show_args=show_args)
    if view.remark is not None:
        yield Line(1, None, sentence(view.remark))


def _mark(stage: StageView, view: PredicateView) -> Mark:
    """Good is what does not deny: for a `deny_if`, that it does not hold."""
    if stage.name == "forbidden" and view.truth in (Truth.TRUE, Truth.FALSE):
        return FAILS if view.truth is Truth.TRUE else HOLDS
    return _MARKS[view.truth]


def _outcome(stage: StageView, view: PredicateView) -> str:
    match view.truth:
        case None:
            return "not reached"
        case Truth.UNKNOWN:
            return "not known"
        case Truth.TRUE:
            return "holds, so it denies" if stage.name == "forbidden" else "holds"
        case Truth.FALSE:
            return "does not hold" if stage.name == "forbidden" else "does not hold, so it denies"


def _condition(view: ConditionView, *, show_args: bool) -> Line:
    condition = view.condition
    asked = f"{format_path(condition.path)} {condition.op} {written(condition.value)}"
    reason = () if view.reason is None else sentence(f": {view.reason}")
    state = {Truth.TRUE: "holds", Truth.FALSE: "does not hold", Truth.UNKNOWN: "not known"}[view.truth]
    sign = {Truth.TRUE: "+", Truth.FALSE: "-", Truth.UNKNOWN: "?"}[view.truth]
    mark = Mark(sign, "quiet")
    # What is absent or unknown is said by the reason alone.
    sees = (", sees ", *seen(view.found, show_args=show_args)) if isinstance(view.found, Seen) else ()
    return Line(1, mark, (Code(asked),), (state, *sees, *reason))


def _limit(explanation: Explanation, view: LimitView) -> Iterator[Line]:
    limit = view.limit
    mark = UNREACHED if view.room is None else _MARKS[view.room.state]
    state = {HOLDS: "has room", FAILS: "has no room, so it denies", UNKNOWN: "not known"}.get(mark, "not reached")
    yield Line(0, mark, (Code(limit_name(limit)), f": {state}"), (place(explanation, view),))
    yield Line(1, None, (f"used {used(view)} of {quota(limit)}, ", *subject(view), f"; {_taken(view)}"))


def _taken(view: LimitView) -> str:
    match view.taken:
        case UnknownAmount():
            return "how much the call takes is not known"
        case Unaccountable():
            return "the call has no amount that could be counted"
        case taken:
            return f"the call takes {amount(taken)}"


def verdict_lines(explanation: Explanation) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """What there is to know about the decision: a word, and what it is."""
    decision = explanation.decision
    if told := told_agent(explanation):
        yield "agent reads", (told,)
    if decision.rule:
        yield "rule", (Code(decision.rule),)
    if decision.pointer is not None:
        where = explanation.position
        file = explanation.policy.name
        spot = () if where is None else (f"{file}:{where.line}:{where.column} at ",)
        yield "written", (*spot, Code(decision.pointer))
    if decision.limits and decision.verdict is Verdict.ALLOW:
        yield "counts in", _listed([Code(limit_name(limit)) for limit in decision.limits])
    if decision.causes:
        yield "causes", _listed([Code(cause) for cause in decision.causes])
    if explanation.facts:
        yield "record", (*_listed([Code(fact) for fact in explanation.facts]), " to have it decided")


def told_agent(explanation: Explanation) -> str | None:
    """What the agent gets to read instead of a result; None if the call goes through or nothing is decided."""
    decision = explanation.decision
    return f"[POLICY DENIED] {decision.message}" if decision.verdict in (Verdict.DENY, Verdict.APPROVAL) else None


def _listed(codes: list[Code]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for code in codes:
        parts += [", ", code] if parts else [code]
    return tuple(parts)
