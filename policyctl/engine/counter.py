"""The usual limits as one generated function: so many calls in a fixed window, by session or by grant.

A replay spends most of its time here, so the steps of `Meter` are written out for each shape (which of the limits count
sessions, which grants) on the accounts' bare dictionaries. Numbers, windows and maxima are bound as constants.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from policyctl.engine import sentences
from policyctl.engine.book import Book
from policyctl.engine.column import CROWD
from policyctl.engine.ledger import Ledger
from policyctl.model.call import Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Limit, Scope
from policyctl.model.time import SECOND

#: A call and its instant to the answer; None if this is not a plain case after all, and then nothing was written down.
Count = Callable[[Call, int | None], Decision | None]

#: Each limit is a branch inside the one before it, and Python compiles only so many of them.
_MOST = 16


class Line:
    """One limit behind an answer: whose count it is, and the answers when there is no room."""

    def __init__(self, book: Book, reached: tuple[Limit, ...]) -> None:
        limit = self.limit = book.limit
        self.book = book
        self.number = book.number
        self.window = limit.window * SECOND
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
    if sliding_denials is None or len(lines) > _MOST or not all(line.is_count for line in lines):
        return None
    accounts = ledger.accounts
    make = _maker(tuple(line.by_session for line in lines))
    return make(accounts, accounts.live, accounts.reach, len(ledger.books), sliding_denials, allowed, lines)


@cache
def _maker(shape: tuple[bool, ...]) -> Callable[..., Count]:
    source = "\n".join(_source(shape))
    namespace: dict[str, Any] = {"CROWD": CROWD}
    exec(compile(source, "<limits>", "exec"), namespace)  # noqa: S102 - written below, from nothing but the shape
    make: Callable[..., Count] = namespace["make"]
    return make


def _source(shape: tuple[bool, ...]) -> Iterator[str]:
    numbers = range(len(shape))
    owners = ["s" if by_session else "g" for by_session in shape]
    yield "def make(accounts, live, reach, span, denials, allowed, lines):"
    yield "    open_account = accounts.open"
    for n in numbers:
        yield f"    line = lines[{n}]"
        yield f"    n{n}, w{n}, m{n}, b{n}, x{n} = line.number, line.window, line.maximum, line.book, line.exhausted"
        yield f"    p{n} = line.limit.pointer"
    yield "    def count(call, at):"
    yield "        if at is None or accounts.is_clouded or call.outcome == 'protocol_error': return None"
    for line in (*_open(owners), *_follow(owners), *_count(owners), *_advance(owners)):
        yield f"        {line}"
    yield "    return count"


def _open(owners: Sequence[str]) -> Iterator[str]:
    """The accounts; a call without one, or too late for it, is no plain case."""
    if "s" in owners:
        yield "session = call.session"
        yield "if session is None: return None"
        yield "s = live.get(session) or open_account(session, at)"
        yield "if at < s.latest - reach: return None"
    if "g" in owners:
        yield "if call.grant is None: return None"
        yield "grant = (call.server, call.grant)"
        yield "g = live.get(grant) or open_account(grant, at)"
        yield "if at < g.latest - reach: return None"


def _follow(owners: Sequence[str]) -> Iterator[str]:
    """The sliding windows, whose logs end at this call unless calls come out of order."""
    for n, owner in enumerate(owners):
        yield f"t{n} = {owner}.shadow.times.get(n{n})"
        yield f"if t{n} is not None and (t{n} if t{n}.__class__ is int else t{n}[-1]) > at: return None"
    for n in range(len(owners)):
        single = f"m{n} == 1 and t{n} > at - w{n}"
        several = f"len(t{n}) >= m{n} and t{n}[-m{n}] > at - w{n}"
        full = f"t{n} is not None and ({single} if t{n}.__class__ is int else {several})"
        yield f"{'if' if n == 0 else 'elif'} {full}: denials[p{n}] += 1"
    yield "else:"
    for n, owner in enumerate(owners):
        yield f"    if t{n} is None: {owner}.shadow.times[n{n}] = at"
        yield f"    elif t{n}.__class__ is int: {owner}.shadow.times[n{n}] = [t{n}, at]"
        yield "    else:"
        yield f"        t{n}.append(at)"
        yield f"        if not len(t{n}) % CROWD: {owner}.shadow.forget(n{n}, t{n}, {owner}.latest - reach)"


def _count(owners: Sequence[str]) -> Iterator[str]:
    """The fixed windows: all are taken from or none."""
    for n, owner in enumerate(owners):
        yield f"c{n} = {owner}.used.counts"
        yield f"k{n} = at // w{n} * span + n{n}"
        yield f"u{n} = c{n}.get(k{n}, 0)"
    for n in range(len(owners)):
        yield f"{'if' if n == 0 else 'elif'} u{n} >= m{n}: answer = x{n}"
    yield "else: answer = allowed"
    yield "if answer is allowed:"
    for n, owner in enumerate(owners):
        subject = "session" if owner == "s" else "grant"
        yield f"    if not u{n} and not {owner}.touched >> n{n} & 1: b{n}.touch({owner})"
        yield f"    c{n}[k{n}] = u{n} = u{n} + 1"
        refused = f"({owner}.refused is not None and k{n} in {owner}.refused.counts)"
        yield f"    if u{n} > b{n}.fullest or {refused}: b{n}.fill({owner}, {subject}, at, u{n})"
    for owner in sorted(set(owners)):
        yield f"    if not len({owner}.used.counts) % CROWD: {owner}.used.tidy({owner}.latest - reach)"
    yield "else:"
    for n, owner in enumerate(owners):
        yield f"    b{n}.refuse({owner}, at, 1)"


def _advance(owners: Sequence[str]) -> Iterator[str]:
    for owner in sorted(set(owners)):
        yield f"if at > {owner}.latest: {owner}.latest = at"
    yield "if at > accounts.newest:"
    yield "    accounts.newest = at"
    yield "    if at >= accounts.next_sweep: accounts.move_on(at)"
    yield "return answer"
