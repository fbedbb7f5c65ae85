"""Several replays that share the lines come to what each comes to by itself, and an onlooker sees them side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given

from policyctl.model.call import Call
from policyctl.model.decision import Decision
from policyctl.replay.fast import FastReplay
from policyctl.replay.plain import Replay
from policyctl.replay.routing import Assignment, Route
from policyctl.replay.stretch import Run
from policyctl.traces.read import TraceFile
from tests.replay.both import policy_of
from tests.replay.test_fast import OTHER, PIECE, POLICY, TRACE, warm

THIRD = policy_of(
    {
        "version": "1",
        "default": "allow",
        "all_tools": {"limits": [{"counter": "few", "max": 3, "window": "minute", "scope": "session"}]},
        "tools": {
            "pay": {"deny_if": [{"conditions": [{"path": "args.to", "op": "contains", "value": "iban"}]}]},
            "nested": {"deny_if": [{"conditions": [{"path": "args.a.b", "op": "eq", "value": {"c": 2}}]}]},
            "open": {"action": "deny"},
        },
    }
)


class _Seen:
    """Keeps what it sees of one side."""

    reads = frozenset({"session"})

    def __init__(self) -> None:
        self.seen: list[tuple[str | None, str, str, int]] = []

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        del file
        self.seen.append((call.session, route.recorded, decision.rule, line))


class _Pairs:
    """Keeps what each side says, in the order of the lines."""

    reads = frozenset[str]()

    def __init__(self, watched: Sequence[_Seen]) -> None:
        self.watched = watched
        self.pairs: list[tuple[tuple[str | None, str, str, int], ...]] = []
        self.fast: FastReplay

    def settle(self) -> None:
        done = len(self.pairs)
        self.pairs += zip(*(side.seen[done:] for side in self.watched), strict=True)

    def look(self, file: TraceFile, line: int, places: Sequence[int], run: Run, columns: Sequence[list[int]]) -> None:
        del file
        for index, place in enumerate(places):
            told = [answers.at(column[index]) for answers, column in zip(self.fast.answers, columns, strict=True)]
            session = run.sessions[index]
            self.pairs.append(tuple((session, route.recorded, said.rule, line + place) for route, said in told))


def _facts(replay: Replay) -> dict[str, Any]:
    """All that a report makes use of, but for whom and what only this replay knows."""
    names = (
        *("not_governed", "sessions", "records", "duplicates", "bad_times", "untimed", "without_session"),
        *("without_grant", "approvals", "first", "last"),
    )
    facts = {name: getattr(replay, name) for name in names}
    facts["cells"] = [
        (route.server, route.recorded, decision.content, cell.calls, cell.line, cell.count)
        for (route, decision), cell in replay.cells.items()
    ]
    facts["limits"] = [
        (pointer, book.peak, book.demand, book.subjects)
        for lane in replay.lanes
        for pointer, book in lane.gateway.ledger.books.items()
    ]
    facts["sliding"] = [Counter(lane.gateway.sliding_denials) for lane in replay.lanes]
    return facts


@given(TRACE)
def test_any_trace_on_three_sides(lines: list[bytes]) -> None:
    policies = (POLICY, OTHER, THIRD)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        path.write_bytes(warm(lines))
        alone, seen_alone = [], []
        for policy in policies:
            seen = _Seen()
            replay = Replay((Assignment(policy),), watchers=(seen,))
            FastReplay(replay).run(TraceFile(str(path), chunk=PIECE))
            alone.append(_facts(replay))
            seen_alone.append(seen.seen)
        watched = [_Seen() for _ in policies]
        together = [
            Replay((Assignment(policy),), watchers=(seen,)) for policy, seen in zip(policies, watched, strict=True)
        ]
        pairs = _Pairs(watched)
        fast = pairs.fast = FastReplay(*together, onlooker=pairs)
        fast.run(TraceFile(str(path), chunk=PIECE))
    assert [_facts(replay) for replay in together] == alone
    assert [side.seen for side in watched] == seen_alone
    assert pairs.pairs == list(zip(*seen_alone, strict=True))
