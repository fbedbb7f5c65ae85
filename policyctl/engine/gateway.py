"""A policy in force: decides recorded calls in their order and keeps count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from policyctl.engine import sentences
from policyctl.engine.amount import Amount, Unaccountable, amount, plus
from policyctl.engine.book import Book, Subject
from policyctl.engine.compile import compile_policy
from policyctl.engine.decide import decide
from policyctl.engine.ledger import LATENESS, Ledger, Windows, subject_of
from policyctl.model.call import Approval, Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Limit, Policy
from policyctl.model.time import instant


class Gateway:
    """The compiled engine.

    What a complete record says is decided by generated functions and plain counts; whatever is missing, hidden, late or
    up for approval goes to the reference evaluator, and both write to the same ledger.
    """

    def __init__(self, policy: Policy, *, windows: Windows = Windows.FIXED, lateness: int = LATENESS) -> None:
        self.policy = policy
        self.ledger = Ledger(policy, windows=windows, lateness=lateness)
        self._branches, self._other = compile_policy(policy)
        self._meters: dict[Decision, tuple[Meter, Meter | None]] = {}
        self._answers: dict[Hashable, Decision] = {}
        #: The other way to lay windows, with consumption of its own, over the calls that reach a limit.
        self._shadow = Ledger(policy, windows=Windows.SLIDING, lateness=lateness) if windows is Windows.FIXED else None
        self.sliding_denials: Counter[str] = Counter()

    @property
    def follows_sliding(self) -> bool:
        """Whether sliding windows are replayed beside the fixed ones."""
        return self._shadow is not None

    def approve(self, approval: Approval, tool: str | None = None) -> None:
        """Puts an approval on record."""
        self.ledger.approve(approval, tool or approval.tool)

    def admit(self, call: Call, tool: str | None = None) -> Decision:
        """Decides the next call and writes down what it uses up; `tool` is the policy's name for it."""
        judged = self._judge(call, tool or call.tool)
        if judged is None or (judged.verdict is Verdict.APPROVAL and self.ledger.approvals):
            return self._reason(call, tool)
        if not judged.limits:
            return judged
        meter, shadow = self._meters.get(judged) or self._new_meters(judged)
        if shadow is not None:
            self._follow(shadow, call)
        return meter.admit(call) or self._reason(call, tool, follow=False)

    def _new_meters(self, judged: Decision) -> tuple[Meter, Meter | None]:
        shadow = None if self._shadow is None else Meter(judged, self._shadow)
        meters = self._meters[judged] = (Meter(judged, self.ledger), shadow)
        return meters

    def _reason(self, call: Call, tool: str | None, *, follow: bool = True) -> Decision:
        """The reference evaluator's answer, for whatever is not plain."""
        decision = decide(self.policy, call, self.ledger, tool=tool)
        self.ledger.settle(decision, call, tool=tool)
        if follow and self._shadow is not None and decision.limits and decision.verdict is not Verdict.UNDETERMINED:
            self._follow(Meter(decision, self._shadow), call)
        # One object for equal answers: whoever counts by identity keeps as many as there are answers, not calls.
        return self._answers.setdefault((*decision.content, decision.doubts), decision)

    def _follow(self, meter: Meter, call: Call) -> None:
        """Counts what sliding windows would have denied of the calls that reach a limit."""
        followed = meter.admit(call)
        if followed is not None and followed.verdict is Verdict.DENY and followed.pointer is not None:
            self.sliding_denials[followed.pointer] += 1

    def _judge(self, call: Call, tool: str) -> Decision | None:
        """The answer before approvals and limits; None where it hangs on arguments that are not all known."""
        branch = self._branches.get(tool, self._other)
        if branch.judge is None:
            return branch.constant
        if is_complete(call):
            return branch.judge(call.args)
        return None


def is_complete(call: Call) -> bool:
    """Every argument is on record, and none is redacted."""
    return call.args.__class__ is dict and (call.args_state is None or call.args_state == "full") and not call.redacted


@dataclass(frozen=True, slots=True)
class _Line:
    """One limit of a meter: whose count it is, and the answers when there is no room."""

    book: Book
    limit: Limit
    maximum: Amount
    exhausted: Decision
    unaccountable: Decision


class Meter:
    """The limits behind one answer, for calls whose record says whose they are and when they were made."""

    def __init__(self, allowed: Decision, ledger: Ledger) -> None:
        self._allowed = Decision(Verdict.ALLOW, limits=allowed.limits) if allowed.rule else allowed
        self._ledger = ledger
        self._lines = tuple(_line(ledger.books[limit.pointer], limit, allowed.limits) for limit in allowed.limits)

    def admit(self, call: Call) -> Decision | None:
        """Allowed and counted, or denied by the first limit without room; None if something is not certain."""
        at = None if call.ts is None else instant(call.ts)
        if at is None:
            return None
        taken: list[tuple[_Line, Subject, Amount]] = []
        subjects: list[Subject] = []
        denial: Decision | None = None
        for line in self._lines:
            subject = subject_of(line.limit, call)
            if subject is None or not line.book.is_certain or self._ledger.is_late(subject, at):
                return None
            wanted = 1 if line.limit.amount_from is None else _amount(line.limit, call)
            if wanted is None:
                return None
            subjects.append(subject)
            if isinstance(wanted, Unaccountable):
                denial = denial or line.unaccountable
                continue
            tally = line.book.certain.get(subject)
            if plus(0 if tally is None else tally.within(at), wanted) > line.maximum:
                denial = denial or line.exhausted
            taken.append((line, subject, wanted))
        if call.consumes:
            self._write_down(taken, at, allowed=denial is None)
        for subject in subjects:
            self._ledger.advance(subject, at)
        return denial or self._allowed

    def _write_down(self, taken: list[tuple[_Line, Subject, Amount]], at: int, *, allowed: bool) -> None:
        for line, subject, wanted in taken:
            enter = line.book.spend if allowed else line.book.refuse
            enter(subject, at, wanted, horizon=self._ledger.horizon(subject))


def _line(book: Book, limit: Limit, limits: tuple[Limit, ...]) -> _Line:
    def denial(message: str) -> Decision:
        return Decision(Verdict.DENY, limit.rule, limit.on_deny or message, limit.pointer, limits)

    exhausted = denial(sentences.exhausted(limit))
    return _Line(book, limit, book.maximum, exhausted, denial(sentences.unaccountable(limit)))


def _amount(limit: Limit, call: Call) -> Amount | Unaccountable | None:
    """The amount that a complete record gives; None for one that is not."""
    if not is_complete(call):
        return None
    value: Any = call.args
    for key in limit.amount_from or ():
        value = value.get(key) if value.__class__ is dict else None
    return amount(value)
