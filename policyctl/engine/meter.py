"""The limits of a policy for calls of which everything is known.

Whatever is not (no time, no subject, an unknown amount, a late call, use that may be anybody's) is left to the reference evaluator.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from policyctl.engine.accounts import Account
from policyctl.engine.amount import Amount, Unaccountable, exact_amount, plus
from policyctl.engine.counter import Line, plain_count
from policyctl.engine.ledger import Ledger
from policyctl.model.call import Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Limit
from policyctl.model.time import instant


def is_complete(call: Call) -> bool:
    """Every argument is on record, and none is redacted."""
    return call.args.__class__ is dict and (call.args_state is None or call.args_state == "full") and not call.redacted


#: A limit, the account it counts on, and how much a call takes.
_Use = tuple[Line, Account, Amount]


class Meter:
    """The limits behind one answer of a policy.

    `sliding_denials` counts, by the limit, the calls that sliding windows would have denied, with a consumption of their
    own; None where nobody asks.
    """

    def __init__(self, judged: Decision, ledger: Ledger, sliding_denials: Counter[str] | None) -> None:
        self._allowed = Decision(Verdict.ALLOW, limits=judged.limits) if judged.rule else judged
        self._accounts = ledger.accounts
        self._sliding_denials = sliding_denials
        self._lines = tuple(Line(ledger.books[limit.pointer], judged.limits) for limit in judged.limits)
        self._counts_sessions = any(line.by_session for line in self._lines)
        self._counts_grants = not all(line.by_session for line in self._lines)
        #: The quick way to `admit`, where these limits have one.
        self.count = plain_count(self._lines, ledger, sliding_denials, self._allowed)

    def admit(self, call: Call, at: int | None) -> Decision | None:
        """Allowed and counted, or denied by the first limit without room; None if something is not certain."""
        if at is None:
            return None
        of_session, of_grant = self._open(call, at)
        if self._sliding_denials is not None:
            self._follow(call, at, of_session, of_grant)
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
            of_session = accounts.open(call.session, at)
            if at < of_session.latest - accounts.reach:
                of_session = None
        if self._counts_grants and call.grant is not None:
            of_grant = accounts.open((call.server, call.grant), at)
            if at < of_grant.latest - accounts.reach:
                of_grant = None
        return of_session, of_grant

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
