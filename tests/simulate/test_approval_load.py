"""How often people would be asked, counted by what the record says."""

from __future__ import annotations

import pytest

from policyctl.model.call import Call
from policyctl.model.decision import Decision, Verdict
from policyctl.replay.routing import Route
from policyctl.simulate.approval_load import Approvals
from policyctl.simulate.result import ApprovalLoad
from policyctl.traces.read import TraceFile

ASKED = Decision(Verdict.APPROVAL, "/tools/ask/action", "ask first", "/tools/ask/action")
ASK, PAY = Route(None, None, "ask", "ask"), Route(None, None, "pay", "pay")


def load(file: TraceFile, *calls: tuple[str | None, Route, str | None]) -> ApprovalLoad | None:
    approvals = Approvals()
    for session, route, ts in calls:
        approvals.see(Call(tool=route.tool, session=session, ts=ts), route, ASKED, file, 1)
    approvals.see(Call(tool="ask", session="z"), ASK, Decision(Verdict.ALLOW), file, 1)
    return approvals.load()


@pytest.fixture
def file(tmp_path_factory: pytest.TempPathFactory) -> TraceFile:
    path = tmp_path_factory.mktemp("traces") / "calls.jsonl"
    path.touch()
    trace = TraceFile(str(path))
    trace.stream.close()
    return trace


def test_nobody_is_asked(file: TraceFile) -> None:
    assert load(file) is None


def test_repeats_are_of_one_tool_in_one_session(file: TraceFile) -> None:
    found = load(file, ("a", ASK, None), ("a", ASK, None), ("a", PAY, None), ("b", ASK, None))
    assert found == ApprovalLoad(calls=4, sessions=2, most_in_a_session=3, most_in_an_hour=None, repeats=1)


def test_a_call_without_a_session_is_in_none_and_repeats_nothing(file: TraceFile) -> None:
    found = load(file, (None, ASK, None), (None, ASK, None))
    assert found == ApprovalLoad(calls=2, sessions=0, most_in_a_session=0, most_in_an_hour=None, repeats=0)


def test_hours_are_those_of_utc(file: TraceFile) -> None:
    times = ("2026-01-01T00:59:59Z", "2026-01-01T02:59:00+02:00", "2026-01-01T01:00:00Z", "yesterday")
    found = load(file, *(("a", ASK, ts) for ts in times))
    assert found is not None
    assert found.most_in_an_hour == 2
