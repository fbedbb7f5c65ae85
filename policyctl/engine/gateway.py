"""A policy in force: decides recorded calls in their order and keeps count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Any

from policyctl.engine import sentences
from policyctl.engine.amount import Amount, Unaccountable, exact_amount, plus
from policyctl.engine.book import Book, Subject
from policyctl.engine.compile import compile_policy
from policyctl.engine.decide import decide
from policyctl.engine.ledger import LATENESS, Ledger, Windows
from policyctl.model.call import Approval, Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Limit, Policy, Scope
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
        branch = self._branches.get(tool or call.tool, self._other)
        judged = branch.constant
        if branch.judge is not None and is_complete(call):
            judged = branch.judge(call.args)
        if judged is None or (judged.verdict is Verdict.APPROVAL and self.ledger.approvals):
            return self._reason(call, tool)
        if not judged.limits:
            return judged
        meter, shadow = self._meters.get(judged) or self._new_meters(judged)
        at = None if call.ts is None else instant(call.ts)
        if shadow is not None:
            self._follow(shadow, call, at)
        return meter.admit(call, at) or self._reason(call, tool, follow=False)

    def _new_meters(self, judged: Decision) -> tuple[Meter, Meter | None]:
        shadow = None if self._shadow is None else Meter(judged, self._shadow)
        meters = self._meters[judged] = (Meter(judged, self.ledger), shadow)
        return meters

    def _reason(self, call: Call, tool: str | None, *, follow: bool = True) -> Decision:
        """The reference evaluator's answer, for whatever is not plain."""
        decision = decide(self.policy, call, self.ledger, tool=tool)
        self.ledger.settle(decision, call, tool=tool)
        if follow and self._shadow is not None and decision.limits and decision.verdict is not Verdict.UNDETERMINED:
            self._follow(Meter(decision, self._shadow), call, None if call.ts is None else instant(call.ts))
        # One object for equal answers: whoever counts by identity keeps as many as there are answers, not calls.
        return self._answers.setdefault((*decision.content, decision.doubts), decision)

    def _follow(self, meter: Meter, call: Call, at: int | None) -> None:
        """Counts what sliding windows would have denied of the calls that reach a limit."""
        followed = meter.admit(call, at)
        if followed is not None and followed.verdict is Verdict.DENY and followed.pointer is not None:
            self.sliding_denials[followed.pointer] += 1


def is_complete(call: Call) -> bool:
    """Every argument is on record, and none is redacted."""
    return call.args.__class__ is dict and (call.args_state is None or call.args_state == "full") and not call.redacted


class _Line:
    """One limit of a meter: whose count it is, and the answers when there is no room."""

    __slots__ = ("book", "by_session", "exhausted", "is_count", "limit", "maximum", "unaccountable")

    def __init__(self, book: Book, reached: tuple[Limit, ...]) -> None:
        limit = self.limit = book.limit
        self.book = book
        self.maximum = book.maximum
        self.is_count = limit.amount_from is None
        self.by_session = limit.scope is Scope.SESSION
        messages = (sentences.exhausted(limit), sentences.unaccountable(limit))
        self.exhausted, self.unaccountable = (
            Decision(Verdict.DENY, limit.rule, limit.on_deny or message, limit.pointer, reached) for message in messages
        )


class Meter:
    """The limits behind one answer, for calls whose record says whose they are and when they were made.

    Written for speed: this is what a replay spends its time on where a policy has limits.
    """

    def __init__(self, judged: Decision, ledger: Ledger) -> None:
        self._allowed = Decision(Verdict.ALLOW, limits=judged.limits) if judged.rule else judged
        self._ledger = ledger
        self._lines = tuple(_Line(ledger.books[limit.pointer], judged.limits) for limit in judged.limits)

    def admit(self, call: Call, at: int | None) -> Decision | None:
        """Allowed and counted, or denied by the first limit without room; None if something is not certain."""
        if at is None:
            return None
        latest, reach = self._ledger.latest, self._ledger.reach
        taken: list[tuple[Book, Subject, Amount | None]] = []
        denial: Decision | None = None
        for line in self._lines:
            book = line.book
            subject: Subject = call.session
            if not line.by_session:
                subject = None if call.grant is None else (call.server, call.grant)
            if subject is None or book.maybe or book.anybody is not None or at < latest.get(subject, at) - reach:
                return None
            wanted = 1 if line.is_count else _amount(line.limit, call)
            if wanted is None:
                return None
            if isinstance(wanted, Unaccountable):
                denial = denial or line.unaccountable
                taken.append((book, subject, None))
                continue
            if denial is None:
                tally = book.certain.get(subject)
                if plus(0 if tally is None else tally.within(at), wanted) > line.maximum:
                    denial = line.exhausted
            taken.append((book, subject, wanted))
        for book, subject, amount in taken:
            if amount is not None and call.consumes:
                enter = book.spend if denial is None else book.refuse
                enter(subject, at, amount, horizon=latest.get(subject, 0) - reach)
            elif amount is not None:
                book.ask(subject, at, amount)
            self._ledger.advance(subject, at)
        return denial or self._allowed


def _amount(limit: Limit, call: Call) -> Amount | Unaccountable | None:
    """The amount that a complete record gives; None for one that is not."""
    if not is_complete(call):
        return None
    value: Any = call.args
    for key in limit.amount_from or ():
        value = value.get(key) if value.__class__ is dict else None
    return exact_amount(value)
