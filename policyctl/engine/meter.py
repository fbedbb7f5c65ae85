"""The limits of a policy for calls of which everything is known: what a replay spends its time on.

Written for speed, so it reaches into the accounts' dictionaries where windows are fixed and amounts whole. Whatever is not
plain (no time, no subject, an unknown amount, a late call, use that may be anybody's) is left to the reference evaluator.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from policyctl.engine import sentences
from policyctl.engine.accounts import Account
from policyctl.engine.amount import Amount, Unaccountable, exact_amount, plus
from policyctl.engine.book import Book
from policyctl.engine.ledger import Ledger
from policyctl.model.call import Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Limit, Scope
from policyctl.model.time import SECOND, instant


def is_complete(call: Call) -> bool:
    """Every argument is on record, and none is redacted."""
    return call.args.__class__ is dict and (call.args_state is None or call.args_state == "full") and not call.redacted


class _Line:
    """One limit of a meter: whose count it is, and the answers when there is no room."""

    def __init__(self, book: Book, reached: tuple[Limit, ...]) -> None:
        limit = self.limit = book.limit
        self.book = book
        self.number = book.number
        self.bit = 1 << book.number
        self.window = limit.window * SECOND
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
    """The limits behind one answer of a policy.

    `sliding_denials` counts, by the limit, the calls that sliding windows would have denied, with a consumption of their
    own; None where nobody asks.
    """

    def __init__(self, judged: Decision, ledger: Ledger, sliding_denials: Counter[str] | None) -> None:
        self._allowed = Decision(Verdict.ALLOW, limits=judged.limits) if judged.rule else judged
        self._accounts = ledger.accounts
        self._span = len(ledger.books)
        self._sliding_denials = sliding_denials
        self._lines = tuple(_Line(ledger.books[limit.pointer], judged.limits) for limit in judged.limits)
        self._counts_sessions = any(line.by_session for line in self._lines)
        self._counts_grants = not all(line.by_session for line in self._lines)
        self._is_plain = ledger.accounts.are_fixed and all(line.is_count for line in self._lines)

    def admit(self, call: Call) -> Decision | None:
        """Allowed and counted, or denied by the first limit without room; None if something is not certain."""
        at = None if call.ts is None else instant(call.ts)
        if at is None:
            return None
        of_session, of_grant = self._open(call, at)
        if self._sliding_denials is not None:
            self._follow(call, at, of_session, of_grant)
        if self._is_plain and call.outcome != "protocol_error":
            decision = self._count(call, at, of_session, of_grant)
        else:
            decision = self._weigh(call, at, of_session, of_grant)
        if decision is not None:
            self._accounts.advance((of_session, of_grant), at)
        return decision

    def follow(self, call: Call) -> None:
        """Shows a call that reached these limits to the sliding windows only."""
        at = None if call.ts is None else instant(call.ts)
        if at is not None:
            self._follow(call, at, *self._open(call, at))

    def _open(self, call: Call, at: int) -> tuple[Account | None, Account | None]:
        """The accounts of the session and of the grant; None for one that is not needed, not named, or too late."""
        accounts = self._accounts
        of_session = of_grant = None
        if self._counts_sessions and call.session is not None:
            of_session = accounts.live.get(call.session) or accounts.open(call.session, at)
            if at < of_session.latest - accounts.reach:
                of_session = None
        if self._counts_grants and call.grant is not None:
            grant = (call.server, call.grant)
            of_grant = accounts.live.get(grant) or accounts.open(grant, at)
            if at < of_grant.latest - accounts.reach:
                of_grant = None
        return of_session, of_grant

    def _count(self, call: Call, at: int, of_session: Account | None, of_grant: Account | None) -> Decision | None:
        """For limits that count calls in fixed windows: what `_weigh` does, on the bare dictionaries."""
        span = self._span
        denial: Decision | None = None
        for line in self._lines:
            account = of_session if line.by_session else of_grant
            book = line.book
            if account is None or book.maybe or book.anybody is not None:
                return None
            if denial is None:
                used = account.used.counts.get(at // line.window * span + line.number, 0)  # type: ignore[attr-defined]
                if used >= line.maximum:
                    denial = line.exhausted
        for line in self._lines:
            account = of_session if line.by_session else of_grant
            assert account is not None
            if denial is not None:
                line.book.refuse(account, at, 1)
                continue
            counts = account.used.counts  # type: ignore[attr-defined]
            key = at // line.window * span + line.number
            used = counts[key] = counts.get(key, 0) + 1
            account.touched |= line.bit
            if used > line.book.peak.used or account.refused is not None:
                line.book.fill(account, call.session if line.by_session else (call.server, call.grant), at, used)
        for account in (of_session, of_grant):
            if account is not None:
                account.used.tidy(account.latest - self._accounts.reach)
        return denial or self._allowed

    def _weigh(self, call: Call, at: int, of_session: Account | None, of_grant: Account | None) -> Decision | None:
        """For limits of every kind."""
        uses: list[_Use] = []
        denial: Decision | None = None
        for line in self._lines:
            account = of_session if line.by_session else of_grant
            book = line.book
            wanted = 1 if line.is_count else _amount(line.limit, call)
            if account is None or wanted is None or book.maybe or book.anybody is not None:
                return None
            if isinstance(wanted, Unaccountable):
                denial = denial or line.unaccountable
                continue
            if denial is None and plus(account.used.within(line.number, at), wanted) > line.maximum:
                denial = line.exhausted
            uses.append((line, account, wanted))
        for line, account, wanted in uses:
            if not call.consumes:
                line.book.ask(account, at, wanted)
            elif denial is not None:
                line.book.refuse(account, at, wanted)
            else:
                subject = call.session if line.by_session else (call.server, call.grant)
                line.book.spend(account, subject, at, wanted)
        return denial or self._allowed

    def _follow(self, call: Call, at: int, of_session: Account | None, of_grant: Account | None) -> None:
        full: str | None = None
        uses: list[_Use] = []
        for line in self._lines:
            account = of_session if line.by_session else of_grant
            wanted = 1 if line.is_count else _amount(line.limit, call)
            if account is None or wanted is None:
                return
            if isinstance(wanted, Unaccountable) or not account.shadow.has_room(line.number, at, wanted, line.maximum):
                full = full or line.limit.pointer
            else:
                uses.append((line, account, wanted))
        if full is not None and self._sliding_denials is not None:
            self._sliding_denials[full] += 1
        elif call.outcome != "protocol_error":
            for line, account, wanted in uses:
                account.shadow.note(line.number, at, wanted, account.latest - self._accounts.reach)


def _amount(limit: Limit, call: Call) -> Amount | Unaccountable | None:
    """The amount that a complete record gives; None for one that is not."""
    if not is_complete(call):
        return None
    value: Any = call.args
    for key in limit.amount_from or ():
        value = value.get(key) if value.__class__ is dict else None
    return exact_amount(value)
