"""The usual limits in few steps: so many calls in a fixed window, by session or by grant.

`careful` does what `Meter` does, on the bare entries of the windows; `calm` does the same in fewer steps for calls that
come in order and say whose they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from policyctl.engine import sentences
from policyctl.engine.aligned import AlignedAccounts
from policyctl.engine.book import Book
from policyctl.engine.calm import Calm, calm_count
from policyctl.engine.ledger import Ledger
from policyctl.engine.windows import (
    TIMES,
    Key,
    Windows,
    last_in,
    later_than,
    opened,
    subject_in,
    times_in,
    used_in,
)
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Limit, Scope
from policyctl.model.time import SECOND

#: The session, server, grant and instant of a call, and whether it uses anything up, to the answer; None if this is no
#: plain case after all, and then nothing was written down.
Careful: TypeAlias = Callable[[str | None, str | None, str | None, int | None, bool], Decision | None]

#: With more limits on one call nobody gains anything here.
_MOST = 16


class Line:
    """One limit behind an answer: whose count it is, and the answers when there is no room."""

    def __init__(self, book: Book, reached: tuple[Limit, ...]) -> None:
        limit = self.limit = book.limit
        self.book = book
        self.number = book.number
        self.length = limit.window * SECOND
        self.maximum = book.maximum
        #: The same of a limit that counts calls.
        self.most = int(book.maximum)
        self.is_count = limit.amount_from is None
        self.by_session = limit.scope is Scope.SESSION
        messages = (sentences.exhausted(limit), sentences.unaccountable(limit))
        self.exhausted, self.unaccountable = (
            Decision(Verdict.DENY, limit.rule, limit.on_deny or message, limit.pointer, reached) for message in messages
        )


@dataclass(frozen=True, slots=True)
class Count:
    """Both ways to count behind one answer; `calm` is None where there is only the other.

    `denials` are those of the limits, in their order.
    """

    careful: Careful
    calm: Calm | None = None
    denials: tuple[Decision, ...] = ()


def plain_count(
    lines: Sequence[Line], ledger: Ledger, sliding_denials: Counter[str] | None, allowed: Decision
) -> Count | None:
    """How to count for these limits; None if one of them counts amounts, windows are sliding, or there are too many."""
    accounts = ledger.aligned
    if accounts is None or sliding_denials is None or len(lines) > _MOST or not all(line.is_count for line in lines):
        return None
    calm = calm_count(lines, accounts, sliding_denials)
    careful = _Careful(accounts, lines, sliding_denials, allowed)
    return Count(careful, calm, tuple(line.exhausted for line in lines))


class _Careful:
    """One call after the other, with everything that there is to note."""

    def __init__(
        self, accounts: AlignedAccounts, lines: Sequence[Line], sliding_denials: Counter[str], allowed: Decision
    ) -> None:
        self._accounts = accounts
        self._lines = tuple((line, accounts.windows[line.number]) for line in lines)
        self._sliding_denials = sliding_denials
        self._allowed = allowed

    def __call__(
        self, session: str | None, server: str | None, grant: str | None, at: int | None, consumes: bool
    ) -> Decision | None:
        accounts = self._accounts
        if at is None or accounts.is_clouded or at < accounts.newest - accounts.reach:
            return None
        uses: list[tuple[Line, Windows, Key, int]] = []
        full = denial = None
        for line, windows in self._lines:
            if (session if line.by_session else grant) is None:
                return None
            key: Key = (line.number, session) if line.by_session else (line.number, server, grant)
            number = at // windows.length
            if number != windows.number:
                windows.turn(number)
            entry = windows.now.get(key)
            # Sliding windows are asked for the present only.
            if windows.after or last_in(entry) > at:
                return None
            room = line.most - later_than(windows.before.get(key), at - windows.length)
            if full is None and times_in(entry) >= room:
                full = line
            if denial is None and used_in(entry) >= line.most:
                denial = line
            uses.append((line, windows, key, room))
        if full is not None:
            self._sliding_denials[full.limit.pointer] += 1
        # The next call may be one that sees more of the window before.
        known = at >= accounts.newest
        for line, windows, key, room in uses:
            _note(
                line.book,
                windows,
                key,
                at,
                room if known else 0,
                consumes=consumes,
                allowed=denial is None,
                follows=full is None,
            )
        self._advance(session, server, grant, at)
        return self._allowed if denial is None else denial.exhausted

    def _advance(self, session: str | None, server: str | None, grant: str | None, at: int) -> None:
        latest = self._accounts.latest
        for subject in {session if line.by_session else (server, grant) for line, _ in self._lines}:
            latest[subject] = max(latest.get(subject, at), at)
        if at > self._accounts.newest:
            self._accounts.move_on(at)


def _note(
    book: Book, windows: Windows, key: Key, at: int, room: int, *, consumes: bool, allowed: bool, follows: bool
) -> None:
    """Writes down one use of a limit that counts; `room` is what the sliding window has for instants from now on."""
    entry = windows.now.get(key)
    if entry is None and consumes and allowed and follows:
        windows.now[key] = at
        book.fill(subject_in(key), at, 1, 0)
        return
    entry = opened(windows.now, key)
    if consumes:
        if follows:
            entry.append(at)
            entry[0] -= 1
        entry[0 if allowed else 1] += 1
    beside, refused = entry[0], entry[1]
    used = beside + len(entry) - TIMES
    if not consumes:
        book.want(used + 1, refused)
    elif allowed:
        book.fill(subject_in(key), at, used, refused)
    else:
        book.want(used, refused)
    # The fullest window is no fuller than the maximum, and no demand is less.
    entry[2] = TIMES + min(room, book.fullest - beside, book.demand - refused - beside)
