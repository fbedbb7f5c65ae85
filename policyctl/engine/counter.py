"""The usual limits as one generated function: so many calls in a fixed window, by session or by grant.

A replay with limits spends most of its time here, so the steps of `Meter` are written out for each shape (which of the
limits count sessions, which grants, which share a length) on the bare entries of the windows. Numbers and maxima are
bound as constants.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from policyctl.engine import sentences
from policyctl.engine.book import Book
from policyctl.engine.ledger import Ledger
from policyctl.engine.windows import TIMES, Entry, Key, Subject, later_than
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Limit, Scope
from policyctl.model.time import SECOND

#: The session, server, grant and instant of a call, and whether it uses anything up, to the answer; None if this is no
#: plain case after all, and then nothing was written down.
Count = Callable[[str | None, str | None, str | None, int | None, bool], Decision | None]

#: Each limit is a branch inside the one before it, and Python compiles only so many of them.
_MOST = 16


class Line:
    """One limit behind an answer: whose count it is, and the answers when there is no room."""

    def __init__(self, book: Book, reached: tuple[Limit, ...]) -> None:
        limit = self.limit = book.limit
        self.book = book
        self.number = book.number
        self.length = limit.window * SECOND
        self.maximum = book.maximum
        self.is_count = limit.amount_from is None
        self.by_session = limit.scope is Scope.SESSION
        messages = (sentences.exhausted(limit), sentences.unaccountable(limit))
        self.exhausted, self.unaccountable = (
            Decision(Verdict.DENY, limit.rule, limit.on_deny or message, limit.pointer, reached) for message in messages
        )


def plain_counter(
    lines: Sequence[Line], ledger: Ledger, sliding_denials: Counter[str] | None, allowed: Decision
) -> Count | None:
    """The function for these limits; None if one of them counts amounts, windows are sliding, or there are too many."""
    accounts = ledger.aligned
    if accounts is None or sliding_denials is None or len(lines) > _MOST or not all(line.is_count for line in lines):
        return None
    lengths = sorted({line.length for line in lines})
    make = _maker(tuple((line.by_session, lengths.index(line.length)) for line in lines))
    windows = [accounts.windows[next(line.number for line in lines if line.length == length)] for length in lengths]
    return make(accounts, windows, sliding_denials, allowed, lines)


#: Of each limit whether it counts sessions, and which of the lengths is its own.
_Shape = tuple[tuple[bool, int], ...]


@cache
def _maker(shape: _Shape) -> Callable[..., Count]:
    source = "\n".join(_source(shape))
    namespace: dict[str, Any] = {"later_than": later_than, "note": _note}
    exec(compile(source, "<limits>", "exec"), namespace)  # noqa: S102 - written below, from nothing but the shape
    make: Callable[..., Count] = namespace["make"]
    return make


def _source(shape: _Shape) -> Iterator[str]:
    numbers = range(len(shape))
    lengths = sorted({length for _, length in shape})
    yield "def make(accounts, windows, denials, allowed, lines):"
    yield "    latest, reach = accounts.latest, accounts.reach"
    for n in lengths:
        yield f"    h{n} = windows[{n}]"
        yield f"    l{n} = h{n}.length"
    for n in numbers:
        yield f"    line = lines[{n}]"
        yield f"    n{n}, m{n}, b{n}, x{n} = line.number, line.maximum, line.book, line.exhausted"
        yield f"    p{n} = line.limit.pointer"
    yield "    def count(session, server, grant, at, consumes):"
    yield "        if at is None or accounts.is_clouded or at < accounts.newest - reach: return None"
    for line in (*_find(shape), *_follow(shape), *_count(shape), *_advance(shape)):
        yield f"        {line}"
    yield "    return count"


def _find(shape: _Shape) -> Iterator[str]:
    """The entries of now, with their use in windows of either kind; calls must come in order for the sliding ones."""
    if any(by_session for by_session, _ in shape):
        yield "if session is None: return None"
    if not all(by_session for by_session, _ in shape):
        yield "if grant is None: return None"
    for n in sorted({length for _, length in shape}):
        yield f"w = at // l{n}"
        yield f"if w != h{n}.number: h{n}.turn(w)"
    for n, (by_session, length) in enumerate(shape):
        yield f"k{n} = (n{n}, session)" if by_session else f"k{n} = (n{n}, server, grant)"
        yield f"e{n} = h{length}.now.get(k{n})"
        yield f"if e{n} is None: u{n} = s{n} = 0"
        yield f"elif e{n}.__class__ is int:"
        yield f"    if e{n} > at: return None"
        yield f"    u{n} = s{n} = 1"
        yield "else:"
        yield f"    u{n} = e{n}[0]"
        yield f"    s{n} = len(e{n}) - {TIMES}"
        yield f"    if s{n} and e{n}[-1] > at: return None"


def _follow(shape: _Shape) -> Iterator[str]:
    """Which sliding window would be full, if any."""
    for n, (_, length) in enumerate(shape):
        yield f"e = h{length}.before.get(k{n})"
        # The exact number is needed only where it may be too much.
        yield f"if e is not None and s{n} + (1 if e.__class__ is int else len(e) - {TIMES}) >= m{n}:"
        yield f"    s{n} += later_than(e, at - l{length})"
    for n in range(len(shape)):
        yield f"{'if' if n == 0 else 'elif'} s{n} >= m{n}:"
        yield f"    denials[p{n}] += 1"
        yield "    follows = False"
    yield "else: follows = True"


def _count(shape: _Shape) -> Iterator[str]:
    """The fixed windows: all are taken from or none."""
    for n in range(len(shape)):
        yield f"{'if' if n == 0 else 'elif'} u{n} >= m{n}: answer = x{n}"
    yield "else: answer = allowed"
    yield "if follows and answer is allowed and consumes:"
    for n, (by_session, length) in enumerate(shape):
        subject = "session" if by_session else "(server, grant)"
        yield f"    if e{n} is None:"
        yield f"        h{length}.now[k{n}] = at"
        yield f"        if not b{n}.fullest: b{n}.fill({subject}, at, 1, 0)"
        yield f"    elif e{n}.__class__ is int:"
        yield f"        h{length}.now[k{n}] = [2, 0, e{n}, at]"
        yield f"        if b{n}.fullest < 2: b{n}.fill({subject}, at, 2, 0)"
        yield "    else:"
        yield f"        e{n}[0] = u{n} = u{n} + 1"
        yield f"        e{n}.append(at)"
        yield f"        if u{n} > b{n}.fullest or e{n}[1]: b{n}.fill({subject}, at, u{n}, e{n}[1])"
    yield "else:"
    for n, (by_session, length) in enumerate(shape):
        subject = "session" if by_session else "(server, grant)"
        yield f"    note(h{length}.now, k{n}, b{n}, {subject}, at, consumes, answer is allowed, follows)"


def _advance(shape: _Shape) -> Iterator[str]:
    subjects = ["session"] if any(by_session for by_session, _ in shape) else []
    subjects += ["(server, grant)"] if not all(by_session for by_session, _ in shape) else []
    yield "if at >= accounts.newest:"
    for subject in subjects:
        yield f"    latest[{subject}] = at"
    yield "    accounts.newest = at"
    yield "    if at >= accounts.next_sweep: accounts.move_on(at)"
    yield "else:"
    for subject in subjects:
        yield f"    if latest.get({subject}, at) <= at: latest[{subject}] = at"
    yield "return answer"


def _note(
    entries: dict[Key, Entry],
    key: Key,
    book: Book,
    subject: Subject,
    at: int,
    consumes: bool,
    is_allowed: bool,
    follows: bool,
) -> None:
    """A call that failed in the protocol, or that only one kind of windows allows, or none."""
    entry = entries.get(key)
    if not isinstance(entry, list):
        entry = entries[key] = [0, 0] if entry is None else [1, 0, entry]
    if not consumes:
        book.want(entry[0] + 1, entry[1])
        return
    if follows:
        entry.append(at)
    if is_allowed:
        entry[0] += 1
        book.fill(subject, at, entry[0], entry[1])
    else:
        entry[1] += 1
        book.want(entry[0], entry[1])
