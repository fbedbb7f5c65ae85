"""The limits of a policy for calls of which everything is known: what a replay spends its time on.

Written for speed, so it reaches into the accounts' dictionaries where windows are fixed and amounts whole. Whatever is not
plain (no time, no subject, an unknown amount, a late call, use that may be anybody's) is left to the reference evaluator.
"""

from __future__ import annotations

from typing import Any

from policyctl.engine import sentences
from policyctl.engine.accounts import Account, Subject
from policyctl.engine.amount import Amount, Unaccountable, exact_amount, plus
from policyctl.engine.book import Book
from policyctl.engine.ledger import Ledger
from policyctl.model.call import Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Limit, Scope


def is_complete(call: Call) -> bool:
    """Every argument is on record, and none is redacted."""
    return call.args.__class__ is dict and (call.args_state is None or call.args_state == "full") and not call.redacted


class _Line:
    """One limit of a meter: whose count it is, and the answers when there is no room."""

    __slots__ = ("book", "by_session", "exhausted", "is_count", "limit", "maximum", "number", "unaccountable")

    def __init__(self, book: Book, reached: tuple[Limit, ...]) -> None:
        limit = self.limit = book.limit
        self.book = book
        self.number = book.number
        self.maximum = book.maximum
        self.is_count = limit.amount_from is None
        self.by_session = limit.scope is Scope.SESSION
        messages = (sentences.exhausted(limit), sentences.unaccountable(limit))
        self.exhausted, self.unaccountable = (
            Decision(Verdict.DENY, limit.rule, limit.on_deny or message, limit.pointer, reached) for message in messages
        )


#: A limit, the account it counts on, and how much a call takes.
_Use = tuple[_Line, Account, Amount]


class Meter:
    """The limits behind one answer of a policy."""

    def __init__(self, judged: Decision, ledger: Ledger) -> None:
        self._allowed = Decision(Verdict.ALLOW, limits=judged.limits) if judged.rule else judged
        self._accounts = ledger.accounts
        self._lines = tuple(_Line(ledger.books[limit.pointer], judged.limits) for limit in judged.limits)
        self._counts_sessions = any(line.by_session for line in self._lines)
        self._counts_grants = not all(line.by_session for line in self._lines)

    def admit(self, call: Call, at: int | None) -> Decision | None:
        """Allowed and counted, or denied by the first limit without room; None if something is not certain."""
        if at is None:
            return None
        of_session, of_grant = self._open(call, at)
        uses: list[_Use] = []
        denial: Decision | None = None
        for line in self._lines:
            account = of_session if line.by_session else of_grant
            book = line.book
            if account is None or book.maybe or book.anybody is not None:
                return None
            wanted = 1 if line.is_count else _amount(line.limit, call)
            if wanted is None:
                return None
            if isinstance(wanted, Unaccountable):
                denial = denial or line.unaccountable
                continue
            if denial is None and plus(account.used.within(line.number, at), wanted) > line.maximum:
                denial = line.exhausted
            uses.append((line, account, wanted))
        self._write_down(call, at, uses, allowed=denial is None)
        self._accounts.advance((of_session, of_grant), at)
        return denial or self._allowed

    def follow(self, call: Call, at: int) -> str | None:
        """Counts the call if its windows were sliding; the pointer of the first limit that would deny it."""
        of_session, of_grant = self._open(call, at)
        full: str | None = None
        uses: list[_Use] = []
        for line in self._lines:
            account = of_session if line.by_session else of_grant
            wanted = 1 if line.is_count else _amount(line.limit, call)
            if account is None or wanted is None:
                return None
            if isinstance(wanted, Unaccountable) or not account.shadow.has_room(line.number, at, wanted, line.maximum):
                full = full or line.limit.pointer
            else:
                uses.append((line, account, wanted))
        if full is None and call.consumes:
            for line, account, wanted in uses:
                account.shadow.note(line.number, at, wanted, account.latest - self._accounts.reach)
        return full

    def _open(self, call: Call, at: int) -> tuple[Account | None, Account | None]:
        """The accounts of the session and of the grant; None for one that is not needed, not named, or too late."""
        of_session = of_grant = None
        if self._counts_sessions and call.session is not None:
            of_session = self._account(call.session, at)
        if self._counts_grants and call.grant is not None:
            of_grant = self._account((call.server, call.grant), at)
        return of_session, of_grant

    def _account(self, subject: Subject, at: int) -> Account | None:
        account = self._accounts.live.get(subject) or self._accounts.open(subject, at)
        return None if at < account.latest - self._accounts.reach else account

    def _write_down(self, call: Call, at: int, uses: list[_Use], *, allowed: bool) -> None:
        for line, account, wanted in uses:
            if not call.consumes:
                line.book.ask(account, at, wanted)
            elif not allowed:
                line.book.refuse(account, at, wanted)
            else:
                subject = call.session if line.by_session else (call.server, call.grant)
                line.book.spend(account, subject, at, wanted)


def _amount(limit: Limit, call: Call) -> Amount | Unaccountable | None:
    """The amount that a complete record gives; None for one that is not."""
    if not is_complete(call):
        return None
    value: Any = call.args
    for key in limit.amount_from or ():
        value = value.get(key) if value.__class__ is dict else None
    return exact_amount(value)
