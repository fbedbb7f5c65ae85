"""The usual limits in few steps: so many calls in a fixed window, by session or by grant.

A replay with limits spends most of its time here. `careful` does what `Meter` does, on the bare entries of the windows.
`calm` is for calls that come in order and say whose they are: a function is generated for each shape of the limits (which
of them count sessions, which grants, which share a length) that lets a call pass where an entry says that there is room
in the windows of either kind and that nothing else is to be noted. All else it leaves to `careful`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from policyctl.engine import sentences
from policyctl.engine.aligned import AlignedAccounts
from policyctl.engine.book import Book
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
#: The same for a call that leaves none of these open; True if it is allowed.
Calm: TypeAlias = Callable[[str, str | None, str, int, bool], bool]

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
    """Both ways to count behind one answer; `calm` is None where there is only the other."""

    careful: Careful
    calm: Calm | None = None


def plain_count(
    lines: Sequence[Line], ledger: Ledger, sliding_denials: Counter[str] | None, allowed: Decision
) -> Count | None:
    """How to count for these limits; None if one of them counts amounts, windows are sliding, or there are too many."""
    accounts = ledger.aligned
    if accounts is None or sliding_denials is None or len(lines) > _MOST or not all(line.is_count for line in lines):
        return None
    lengths = sorted({line.length for line in lines})
    windows = {line.length: accounts.windows[line.number] for line in lines}
    make = _maker(tuple((line.by_session, lengths.index(line.length)) for line in lines))
    calm = make(accounts, [windows[length] for length in lengths], lines)
    return Count(_Careful(accounts, lines, sliding_denials, allowed), calm)


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


@cache
def _maker(shape: tuple[tuple[bool, int], ...]) -> Callable[..., Calm]:
    """For limits of which each counts sessions, or not, in windows of one of several lengths."""
    source = "\n".join(_source(shape))
    namespace: dict[str, Any] = {}
    exec(compile(source, "<limits>", "exec"), namespace)  # noqa: S102 - written below, from nothing but the shape
    make: Callable[..., Calm] = namespace["make"]
    return make


def _source(shape: tuple[tuple[bool, int], ...]) -> Iterator[str]:
    yield "def make(accounts, windows, lines):"
    yield "    latest = accounts.latest"
    for length in sorted({length for _, length in shape}):
        yield f"    h{length} = windows[{length}]"
        yield f"    l{length} = h{length}.length"
    for n in range(len(shape)):
        yield f"    n{n}, m{n}, b{n} = lines[{n}].number, lines[{n}].most, lines[{n}].book"
    yield "    def calm(session, server, grant, at, consumes):"
    for line in (*_look(shape), *_let_pass(shape)):
        yield f"        {line}"
    yield "    return calm"


def _look(shape: tuple[tuple[bool, int], ...]) -> Iterator[str]:
    for length in sorted({length for _, length in shape}):
        yield f"if at >= h{length}.end: h{length}.turn(at // l{length})"
    for n, (by_session, length) in enumerate(shape):
        yield f"k{n} = (n{n}, session)" if by_session else f"k{n} = (n{n}, server, grant)"
        yield f"e{n} = h{length}.now.get(k{n})"
        yield f"if e{n} is None or e{n}.__class__ is int:"
        yield f"    u = 0 if e{n} is None else 1"
        yield f"    r{n} = b{n}.fullest"
        yield f"    p = h{length}.before.get(k{n})"
        yield "    if p is not None:"
        yield f"        p = m{n} - (1 if p.__class__ is int else len(p) - {TIMES})"
        yield f"        if p < r{n}: r{n} = p"
        yield f"    if u >= r{n}: return False"
        yield f"elif len(e{n}) >= e{n}[2]: return False"


def _let_pass(shape: tuple[tuple[bool, int], ...]) -> Iterator[str]:
    yield "if consumes:"
    for n, (_, length) in enumerate(shape):
        yield f"    if e{n} is None: h{length}.now[k{n}] = at"
        yield f"    elif e{n}.__class__ is int: h{length}.now[k{n}] = [0, 0, {TIMES} + r{n}, e{n}, at]"
        yield f"    else: e{n}.append(at)"
    yield "else:"
    for n, (_, length) in enumerate(shape):
        yield f"    if e{n} is None: h{length}.now[k{n}] = [0, 0, {TIMES} + r{n}]"
    if any(by_session for by_session, _ in shape):
        yield "latest[session] = at"
    if not all(by_session for by_session, _ in shape):
        yield "latest[server, grant] = at"
    yield "accounts.newest = at"
    yield "return True"
