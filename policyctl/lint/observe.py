"""What a replay shows beside its counts: credentials in arguments, ways around a denial, calls that slip through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from policyctl.lint.secret import secrets_in
from policyctl.lint.slip import Slip
from policyctl.model.call import Call
from policyctl.model.catalog import Catalog, Category
from policyctl.model.decision import Decision, Verdict
from policyctl.model.trace_facts import BypassFacts, Place, SecretFacts
from policyctl.replay.routing import Route
from policyctl.source.pointer import join
from policyctl.traces.read import TraceFile

#: A shorter text says too little to be an object that two calls are about.
_TELLING = 8
#: So many denied objects of a session are remembered.
_REMEMBERED = 64
#: Memory does not grow with the trace: after so many sessions with denials no more are followed.
_SESSIONS = 10_000


class Observer:
    """A watcher of a replay under one policy."""

    #: It looks at whole calls.
    reads = frozenset({"args", "session"})

    def __init__(self, slips: Sequence[Slip] = (), catalog: Catalog | None = None) -> None:
        self._slips: dict[str, list[tuple[int, Slip]]] = {}
        for number, slip in enumerate(slips):
            self._slips.setdefault(slip.tool, []).append((number, slip))
        #: How many calls slipped through, in the order of the slips.
        self.slipped: Counter[int] = Counter()
        self._harmless = frozenset(
            tool.name for tool in (catalog.tools.values() if catalog else ()) if tool.category is Category.READ
        )
        #: Where each tool was called first.
        self.first: dict[str, Place] = {}
        self._secrets: dict[tuple[str, str, str], tuple[int, Place]] = {}
        self._denied: dict[str, dict[str, tuple[str, str]]] = {}
        self._bypasses: dict[tuple[str, str, str], tuple[int, Place]] = {}

    @property
    def secrets(self) -> tuple[SecretFacts, ...]:
        """The credentials that were seen, in the order of the first of each."""
        return tuple(SecretFacts(*key, *seen) for key, seen in self._secrets.items())

    @property
    def bypasses(self) -> tuple[BypassFacts, ...]:
        """The ways around a denial that were taken."""
        return tuple(BypassFacts(*key, *seen) for key, seen in self._bypasses.items())

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        """One decided call, in replay order."""
        place = (file.name, line)
        if route.tool not in self.first:
            self.first[route.tool] = place
        if not isinstance(call.args, dict):
            return
        if decision.verdict is Verdict.ALLOW:
            for number, slip in self._slips.get(route.tool, ()):
                self.slipped[number] += slip.test(call.args)
        texts = tuple(_texts(call.args))
        for path, text in texts:
            for secret in secrets_in(text):
                _count(self._secrets, (route.tool, path, secret.kind), place)
        if call.session is not None and route.tool not in self._harmless:
            self._follow(call.session, route.tool, decision, [text for _, text in texts], place)

    def _follow(self, session: str, tool: str, decision: Decision, texts: Sequence[str], place: Place) -> None:
        """Remember what was denied, and see whether another tool gets it."""
        denied = self._denied.get(session)
        if denied is None and decision.verdict is Verdict.DENY and len(self._denied) < _SESSIONS:
            denied = self._denied[session] = {}
        if denied is None:
            return
        objects = [text for text in texts if len(text) >= _TELLING and not text.isspace()]
        if decision.verdict is Verdict.DENY:
            for text in objects:
                if len(denied) < _REMEMBERED:
                    denied.setdefault(text, (tool, decision.pointer or ""))
        elif decision.verdict is Verdict.ALLOW:
            for words, (other, pointer) in denied.items():
                if other != tool and any(words in text for text in objects):
                    _count(self._bypasses, (other, pointer, tool), place)
                    return


def _count(seen: dict[tuple[str, str, str], tuple[int, Place]], key: tuple[str, str, str], place: Place) -> None:
    calls, first = seen.get(key, (0, place))
    seen[key] = (calls + 1, first)


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    """Every text below a value with its pointer, however deep; names of keys are not looked at."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), value)]
    while waiting:
        path, item = waiting.pop()
        if isinstance(item, str):
            yield join(*path), item
        elif isinstance(item, dict):
            waiting.extend(((*path, key), each) for key, each in reversed(item.items()))
        elif isinstance(item, list):
            # All elements of a list count as one place, or a report would grow with the trace.
            waiting.extend(((*path, "*"), each) for each in reversed(item))
