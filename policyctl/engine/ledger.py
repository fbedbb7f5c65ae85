"""What earlier calls used up: the only state of the engine."""

from __future__ import annotations

from enum import StrEnum

from policyctl.engine import sentences
from policyctl.engine.accounts import Accounts
from policyctl.engine.aligned import AlignedAccounts
from policyctl.engine.amount import Amount, Unaccountable, UnknownAmount, amount_of, plus
from policyctl.engine.approvals import Approvals, OnRecord
from policyctl.engine.book import Book, Interval
from policyctl.engine.decide import Consent, Room
from policyctl.engine.record import Record
from policyctl.engine.sliding import SlidingAccounts
from policyctl.engine.truth import Truth
from policyctl.engine.windows import Subject
from policyctl.model.call import Approval, Call
from policyctl.model.decision import Decision, Doubt, Verdict
from policyctl.model.policy import Limit, Policy, Scope
from policyctl.model.time import SECOND

#: Counts are kept this long behind the latest record of a subject, in seconds, or as long as the longest window.
LATENESS = 86_400


class Windows(StrEnum):
    """How a window lies in time."""

    FIXED = "fixed"
    SLIDING = "sliding"


class Ledger:
    """Use and approvals under one policy, call by call in trace order."""

    def __init__(self, policy: Policy, *, windows: Windows = Windows.FIXED, lateness: int = LATENESS) -> None:
        limits = {limit.pointer: limit for limit in policy.all_tools_limits}
        for tool in policy.tools:
            limits |= {limit.pointer: limit for limit in policy.limits_of(tool)}
        reach = max([lateness, *(limit.window for limit in limits.values())]) * SECOND
        lengths = tuple(limit.window * SECOND for limit in limits.values())
        counts = frozenset(number for number, limit in enumerate(limits.values()) if limit.amount_from is None)
        self.aligned = AlignedAccounts(lengths, reach, counts) if windows is Windows.FIXED else None
        self.accounts: Accounts = self.aligned or SlidingAccounts(lengths, reach)
        self.books = {
            pointer: Book(number, limit, self.accounts) for number, (pointer, limit) in enumerate(limits.items())
        }
        self.approvals = Approvals()
        self.late_calls = 0

    def approve(self, approval: Approval, tool: str, shared: OnRecord | None = None) -> OnRecord:
        """Puts an approval on record, `shared` with others if they have it already."""
        return self.approvals.add(approval, tool, shared)

    def consent(self, record: Record, tool: str) -> Consent:
        """Whether somebody approved this call."""
        return self.approvals.consent(record, tool)

    def room(self, limit: Limit, record: Record) -> Room:
        """Whether this limit has room for this call, as far as the records tell."""
        book = self.books[limit.pointer]
        taken = amount_of(limit, record)
        if isinstance(taken, Unaccountable):
            return Room(Truth.FALSE, sentences.unaccountable(limit))
        subject = subject_of(limit, record.call)
        is_late = self.is_late(subject, record.at)
        if (
            subject is None
            and not is_late
            and not isinstance(taken, UnknownAmount)
            and book.fits_anybody(record.at, taken)
        ):
            return Room(Truth.TRUE)
        use = book.anything() if is_late else book.use(subject, record.at)
        if isinstance(taken, UnknownAmount):
            return Room(Truth.UNKNOWN, doubts=(*taken.doubts, *self._doubts(book, record, use, subject)))
        if plus(use.least, taken) > book.maximum:
            return Room(Truth.FALSE, sentences.exhausted(limit))
        if plus(use.most, taken) <= book.maximum:
            return Room(Truth.TRUE)
        return Room(Truth.UNKNOWN, doubts=self._doubts(book, record, use, subject))

    def settle(self, decision: Decision, call: Call, *, tool: str | None = None) -> None:
        """Writes down what the call used up, if anything; to be called once for each decision, in trace order."""
        if not decision.limits and not self.approvals:
            return
        record = Record.of(call)
        self._settle_limits(decision, record)
        if decision.verdict in (Verdict.ALLOW, Verdict.UNDETERMINED):
            self.approvals.use(record, tool or call.tool, certain=decision.verdict is Verdict.ALLOW)

    def use_up(self, limit: Limit, call: Call, amount: Amount) -> None:
        """Takes some from a limit for whom and when a call is, without deciding anything; the call has to say both."""
        subject, at = subject_of(limit, call), Record.of(call).at
        if subject is not None and at is not None:
            self.books[limit.pointer].spend(self.accounts.open(subject, at), subject, at, amount)

    def _settle_limits(self, decision: Decision, record: Record) -> None:
        at = record.at
        subjects = [subject_of(limit, record.call) for limit in decision.limits]
        if any(self.is_late(subject, at) for subject in subjects):
            self.late_calls += 1
        for limit, subject in zip(decision.limits, subjects, strict=True):
            self._write_down(self.books[limit.pointer], decision, record, subject)
        if at is not None and any(who is not None for who in subjects):
            self.accounts.advance([self.accounts.open(who, at) for who in subjects if who is not None], at)

    def _write_down(self, book: Book, decision: Decision, record: Record, subject: Subject | None) -> None:
        taken = amount_of(book.limit, record)
        if isinstance(taken, Unaccountable):
            return
        amount: Amount | None = None if isinstance(taken, UnknownAmount) else taken
        if decision.verdict is Verdict.UNDETERMINED or subject is None or record.at is None or amount is None:
            if record.call.consumes and decision.verdict in (Verdict.UNDETERMINED, Verdict.ALLOW):
                self._note(book, decision, record, subject, amount)
            return
        account = self.accounts.open(subject, record.at)
        if decision.verdict is Verdict.ALLOW and record.call.consumes:
            book.spend(account, subject, record.at, amount)
        elif self.is_late(subject, record.at):
            pass
        elif record.call.consumes:
            book.refuse(account, record.at, amount)
        else:
            book.ask(account, record.at, amount)

    def _note(
        self, book: Book, decision: Decision, record: Record, subject: Subject | None, amount: Amount | None
    ) -> None:
        """A call that nobody can place: its verdict is open, or its time, or whose it is."""
        facts = {doubt.fact for doubt in decision.doubts}
        if decision.verdict is Verdict.ALLOW and record.at is None:
            facts.add("ts")
        book.suspect(subject, record.at, amount, facts, horizon=self._horizon(subject))

    def _horizon(self, subject: Subject | None) -> int:
        """The earliest instant of which counts of this subject are kept."""
        account = None if subject is None else self.accounts.find(subject)
        return (0 if account is None else account.latest) - self.accounts.reach

    def is_late(self, subject: Subject | None, at: int | None) -> bool:
        """Whether the counts that this call would need are no longer kept."""
        return at is not None and self.accounts.is_late(subject, at)

    def _doubts(self, book: Book, record: Record, use: Interval, subject: Subject | None) -> tuple[Doubt, ...]:
        """Why the use is no single number; nothing if it is one."""
        if use.least == use.most:
            return ()
        doubts = [Doubt("no-time", "ts")] if record.at is None else []
        if subject is None:
            doubts.append(Doubt("no-subject", book.limit.scope.value))
        facts = book.facts_about(subject)
        if facts or not doubts:
            doubts.extend(Doubt("usage-unknown", fact) for fact in sorted(facts, key=str) or [None])
        return tuple(doubts)


def subject_of(limit: Limit, call: Call) -> Subject | None:
    """Whose count a call falls under; None where the record does not say.

    A grant is one agent's credential on one server, so the server is part of it; a record without server belongs to the
    one server that has no name.
    """
    if limit.scope is Scope.SESSION:
        return call.session
    return None if call.grant is None else (call.server, call.grant)
