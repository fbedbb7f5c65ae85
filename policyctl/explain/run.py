"""Asks the stages of the engine one by one and keeps what they saw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policyctl.diagnostic import Position
from policyctl.engine.amount import amount_of
from policyctl.engine.book import Interval
from policyctl.engine.decide import STAGES, Ends, MayAsk, Question, Stage, Step, decide, truth_of
from policyctl.engine.ledger import Ledger, subject_of
from policyctl.engine.operators import holds
from policyctl.engine.record import Record
from policyctl.engine.truth import Truth
from policyctl.explain.result import (
    ConditionView,
    Explanation,
    LimitView,
    PredicateView,
    StageView,
    State,
)
from policyctl.explain.says import says
from policyctl.explain.why import is_missing_or_mistyped, reason
from policyctl.model.call import Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Condition, Limit, Policy, Predicate, Scope
from policyctl.reading.suggest import closest

#: The place of a pointer in the policy's file; None where there is no file at hand.
Locate = Callable[[str], Position | None]


def explain(policy: Policy, call: Call, ledger: Ledger, *, tool: str, locate: Locate) -> Explanation:
    """How `policy` decides `call` after what `ledger` holds; nothing is written down."""
    question = Question(policy, tool, Record.of(call), ledger)
    decision = decide(policy, call, ledger, tool=tool)
    views = _Views(question, ledger, locate)
    return Explanation(
        policy=policy,
        call=call,
        tool=tool,
        stages=tuple(_stages(views, decision)),
        decision=decision,
        position=None if decision.pointer is None else locate(decision.pointer),
        near=_near(policy, tool),
    )


def _near(policy: Policy, tool: str) -> str | None:
    """The name that was probably meant, if the policy does not know this one."""
    known = (*policy.tools, *policy.hide)
    return None if tool in known or "*" in policy.hide else closest(tool, known)


def _stages(views: _Views, decision: Decision) -> Iterator[StageView]:
    is_over = False
    for stage in STAGES:
        if is_over:
            yield StageView(stage.name, State.NOT_REACHED, "an earlier stage has decided")
            continue
        steps = tuple(stage.steps(views.question))
        ends = next((step for step in steps if isinstance(step, Ends)), None)
        is_over = any(isinstance(step, Ends | MayAsk) for step in steps)
        state = _state(steps, ends, decision)
        predicates, limits = views.of(stage, ends)
        yield StageView(stage.name, state, says(stage.name, views.question, state), predicates, limits)


def _state(steps: tuple[Step, ...], ends: Ends | None, decision: Decision) -> State:
    if ends is not None and decision.verdict is not Verdict.UNDETERMINED:
        return State.ASKS if ends.verdict is Verdict.APPROVAL else State.DENIES
    return State.OPEN if steps else State.PASSED


@dataclass(frozen=True, slots=True)
class _Views:
    question: Question
    ledger: Ledger
    locate: Locate

    def of(self, stage: Stage, ends: Ends | None) -> tuple[tuple[PredicateView, ...], tuple[LimitView, ...]]:
        """What a stage looked at, up to what ended it."""
        rules, last = self.question.rules, None if ends is None else ends.pointer
        match stage.name:
            case "unmet":
                return tuple(self._predicates(rules.require, last, is_require=True)), ()
            case "forbidden":
                return tuple(self._predicates(rules.deny_if, last, is_require=False)), ()
            case "exhausted":
                return (), tuple(self._limits(last))
            case _:
                return (), ()

    def _predicates(
        self, predicates: tuple[Predicate, ...], last: str | None, *, is_require: bool
    ) -> Iterator[PredicateView]:
        is_reached = True
        for predicate in predicates:
            conditions = tuple(map(self._condition, predicate.conditions)) if is_reached else ()
            truth = truth_of(predicate, self.question.record) if is_reached else None
            gaps = any(
                view.truth is Truth.FALSE and is_missing_or_mistyped(view.condition, view.found) for view in conditions
            )
            remark = (_DENIES if is_require else _PASSES) if gaps and truth is Truth.FALSE else None
            yield PredicateView(predicate, self.locate(predicate.pointer), truth, conditions, remark)
            is_reached = is_reached and predicate.pointer != last

    def _condition(self, condition: Condition) -> ConditionView:
        record = self.question.record
        found = record.find(condition.path)
        truth = holds(condition, found)
        return ConditionView(condition, found, truth, reason(condition, record, found, truth))

    def _limits(self, last: str | None) -> Iterator[LimitView]:
        is_reached = True
        for limit in self.question.policy.limits_of(self.question.tool):
            yield self._limit(limit, is_reached=is_reached)
            is_reached = is_reached and limit.pointer != last

    def _limit(self, limit: Limit, *, is_reached: bool) -> LimitView:
        record = self.question.record
        book, subject = self.ledger.books[limit.pointer], subject_of(limit, record.call)
        late = self.ledger.is_late(subject, record.at)
        return LimitView(
            limit=limit,
            position=self.locate(limit.pointer),
            used=Interval(0, book.maximum) if late else book.use(subject, record.at),
            taken=amount_of(limit, record),
            subject=_subject(limit, record.call),
            room=self.ledger.room(limit, record) if is_reached else None,
        )


def _subject(limit: Limit, call: Call) -> tuple[str | None, ...] | None:
    """Whose count it is: the session, or server and grant; None where the record does not say."""
    if limit.scope is Scope.SESSION:
        return None if call.session is None else (call.session,)
    return None if call.grant is None else (call.server, call.grant)


_DENIES = "in `require`, an argument that is missing or of another type denies"
_PASSES = "in `deny_if`, an argument that is missing or of another type passes: only a `require` would deny"
