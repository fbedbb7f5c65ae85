"""Requests and their responses: what came of each recorded call of a capture."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar

import msgspec

from policyctl.engine.canonical import digest
from policyctl.model.call import Call, Outcome
from policyctl.traces.items import ASIDE, Batch, Exchange, Item, Question, Request, Response

Origin = TypeVar("Origin")
Text = TypeVar("Text")

#: A response that is this many messages behind its request is not waited for.
_PATIENCE = 1_024


def pair_outcomes(items: Iterable[tuple[Origin, int, Item, Text]]) -> Iterator[tuple[Origin, int, Item, Text]]:
    """The same items, batches taken apart, each request as a call that knows its outcome if that is not too far behind.

    A call that failed in the protocol uses up nothing, so it has to be known before the next call is decided.
    """
    exchanges = _Exchanges[tuple[Origin, int, Text]]()
    for origin, number, item, text in items:
        for part in item.messages if isinstance(item, Batch) else (item,):
            exchanges.see(part, (origin, number, text))
        for finished, (source, line, raw) in exchanges.finished():
            yield source, line, finished, raw
    for finished, (source, line, raw) in exchanges.rest():
        yield source, line, finished, raw


Place = TypeVar("Place")


class _Pending(Generic[Place]):
    """An item in the queue; one that waits for a response holds up those behind it."""

    __slots__ = ("exchange", "item", "outcome", "place", "waits")

    def __init__(self, item: Item, place: Place, exchange: Exchange | None) -> None:
        self.item = item
        self.place = place
        self.exchange = exchange
        self.waits = exchange is not None
        self.outcome: Outcome | None = None


class _Exchanges(Generic[Place]):
    def __init__(self) -> None:
        self._queue: deque[_Pending[Place]] = deque()
        #: Who numbers a request is not recorded. A server that asks something in the middle of a call is answered
        #: before the call is, so that of two open requests of one number the later one is answered first.
        self._open: defaultdict[Exchange, list[_Pending[Place]]] = defaultdict(list)
        self._recent = _Recent()

    def see(self, item: Item, place: Place) -> None:
        """The next message."""
        match item:
            case Response():
                self._answer(item)
            case Request() if item.goes_on and item.call in self._recent:
                self._ask(ASIDE, place, item.exchange)
            case Request():
                self._recent.add(item.call)
                self._forget_calls(item.exchange)
                self._ask(item, place, item.exchange)
            case Question():
                self._ask(ASIDE, place, item.exchange)
            case _:
                self._ask(item, place, None)

    def finished(self) -> Iterator[tuple[Item, Place]]:
        """What nobody has to wait for any more, in order."""
        while self._queue and (len(self._queue) > _PATIENCE or not self._queue[0].waits):
            yield self._released()

    def rest(self) -> Iterator[tuple[Item, Place]]:
        """Everything that is left when no more messages come."""
        while self._queue:
            yield self._released()

    def _ask(self, item: Item, place: Place, exchange: Exchange | None) -> None:
        pending = _Pending(item, place, exchange)
        self._queue.append(pending)
        if exchange is not None:
            self._open[exchange].append(pending)

    def _answer(self, response: Response) -> None:
        asked = self._open.get(response.exchange)
        if not asked:
            return
        pending = asked.pop()
        pending.outcome, pending.waits = response.outcome, False
        if not asked:
            del self._open[response.exchange]

    def _forget_calls(self, exchange: Exchange | None) -> None:
        """A client that uses a number again has given up on the call that had it."""
        if exchange is None or exchange not in self._open:
            return
        for pending in self._open[exchange]:
            pending.waits = not isinstance(pending.item, Request)
        self._open[exchange] = [pending for pending in self._open[exchange] if pending.waits]

    def _released(self) -> tuple[Item, Place]:
        pending = self._queue.popleft()
        if pending.waits and pending.exchange is not None:
            self._open[pending.exchange].remove(pending)
            if not self._open[pending.exchange]:
                del self._open[pending.exchange]
        if not isinstance(pending.item, Request):
            return pending.item, pending.place
        call = pending.item.call
        if pending.outcome is not None:
            call = msgspec.structs.replace(call, outcome=pending.outcome.value)
        return call, pending.place


class _Recent:
    """The last calls, by everything that stays the same when one is sent again under a new number."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque()
        #: Filled when somebody asks for the first time: most captures hold no call that is sent again.
        self._known: Counter[Hashable] | None = None

    def __contains__(self, call: Call) -> bool:
        if self._known is None:
            self._known = Counter(map(_lasting, self._calls))
        return self._known[_lasting(call)] > 0

    def add(self, call: Call) -> None:
        """The newest one; the oldest is forgotten."""
        self._calls.append(call)
        if self._known is not None:
            self._known[_lasting(call)] += 1
        if len(self._calls) > _PATIENCE:
            self._forget(self._calls.popleft())

    def _forget(self, call: Call) -> None:
        if self._known is not None:
            key = _lasting(call)
            self._known[key] -= 1
            if not self._known[key]:
                del self._known[key]


def _lasting(call: Call) -> Hashable:
    return call.tool, call.session, call.server, digest(call.args)
