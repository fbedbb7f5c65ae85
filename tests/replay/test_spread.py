"""A file that is read in ranges comes to what it comes to as a whole, however it is cut."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.engine.ledger import Windows
from policyctl.errors import PolicyctlError
from policyctl.model.call import Call
from policyctl.model.decision import Decision
from policyctl.model.policy import Policy
from policyctl.replay.crews import processes
from policyctl.replay.fast import READ, FastReplay
from policyctl.replay.map_range import Job, start
from policyctl.replay.plain import Replay
from policyctl.replay.routing import Assignment, Route
from policyctl.replay.spread import Crew, spread
from policyctl.traces.read import TraceFile
from policyctl.workspace.ranges import Source
from tests.recordings import REAL, ROOT
from tests.replay.both import policy_of
from tests.replay.test_fast import OTHER, PIECE, POLICY, TRACE, warm
from tests.replay.test_hostile import CASES, _usual
from tests.replay.test_sides import THIRD, _facts, _Pairs, _Seen


class Here(Executor):
    """Does each task when it is submitted, in this process; `before` is told its number first."""

    def __init__(self, before: Callable[[int], None] = lambda _: None) -> None:
        self._before = before
        self.tasks = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.tasks += 1
        self._before(self.tasks)
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except PolicyctlError as error:
            future.set_exception(error)
        return future


def _told(replay: Replay, file: TraceFile) -> dict[str, Any]:
    stream = file.stream
    about = (file.lines, file.bad_lines, file.asides, file.diagnostics, stream.digest, stream.truncated)
    return {**_facts(replay), "about": about}


def _opened(
    path: Path, policies: dict[str | None, Policy], windows: Windows = Windows.FIXED
) -> tuple[Replay, TraceFile, tuple[Assignment, ...]]:
    assignments = tuple(Assignment(policy, server=server) for server, policy in policies.items())
    return Replay(assignments, windows=windows), TraceFile(str(path), chunk=PIECE), assignments


def check(
    path: Path, policies: dict[str | None, Policy], *, length: int, windows: Windows = Windows.FIXED
) -> tuple[dict[str, Any], int]:
    """Asserts that both ways say the same; what they say, and how many tasks it took."""
    replay, file, assignments = _opened(path, policies, windows)
    FastReplay(replay).run(file)
    whole = _told(replay, file)
    replay, file, assignments = _opened(path, policies, windows)
    source = Source.of(file.stream)
    assert source is not None
    start(Job(source, (assignments,)))
    here = Here()
    spread(FastReplay(replay), file, source, lambda: Crew(here, 2), length=length)
    assert _told(replay, file) == whole
    return whole, here.tasks


@given(TRACE, st.sampled_from([300, 1_000, 5_000]), st.sampled_from(list(Windows)))
def test_any_trace_in_ranges(lines: list[bytes], length: int, windows: Windows) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        path.write_bytes(warm(lines))
        check(path, {None: POLICY}, length=length, windows=windows)


@given(TRACE)
def test_any_trace_of_several_servers_in_ranges(lines: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        path.write_bytes(b"\xef\xbb\xbf" + warm([*lines, *lines]))
        check(path, {"bank": THIRD, "shop": OTHER}, length=700)


@pytest.mark.parametrize("policy", [POLICY, OTHER, THIRD], ids=["all", "open", "limited"])
@pytest.mark.parametrize("length", [2_000, 10_000, 60_000])
def test_usual_lines_with_all_that_is_unusual_between(tmp_path: Path, policy: Policy, length: int) -> None:
    path = tmp_path / "trace.jsonl"
    usual = _usual(900)
    lines = [
        *usual[:400],
        *(line for case in CASES.values() for line in (case, usual[0])),
        *usual[400:],
        *usual[300:310],
    ]
    path.write_bytes(warm(lines))
    whole, tasks = check(path, {None: policy}, length=length)
    assert whole["duplicates"] > 10
    assert tasks > 3


@pytest.mark.parametrize("times", ["ties", "no ids", "no times", "back and forth"])
def test_records_that_say_less_or_come_in_no_order(tmp_path: Path, times: str) -> None:
    calls = [json.loads(line) for line in _usual(600)]
    for number, call in enumerate(calls):
        match times:
            case "ties":
                call["ts"] = call["ts"][:17] + "00.000Z"
            case "no ids":
                del call["id"]
            case "no times":
                del call["ts"]
            case _:
                call["ts"] = calls[number ^ 1]["ts"] if number % 2 else call["ts"]
    path = tmp_path / "trace.jsonl"
    lines = [json.dumps(call).encode() for call in calls]
    path.write_bytes(warm([*lines, *lines[-50:]]))
    for length in (1_500, 20_000):
        for policy in (POLICY, THIRD):
            check(path, {None: policy}, length=length)


@pytest.mark.parametrize("name", REAL)
def test_a_real_trace_in_ranges(shared_data: Path, name: str) -> None:
    policy = policy_of((ROOT / "tests/real/policies" / f"{name}.json").read_bytes())
    check(shared_data / "traces" / f"{name}.jsonl", {None: policy}, length=20_000)


def test_a_capture_takes_one_process(tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    request = '{{"jsonrpc":"2.0","id":{0},"method":"tools/call","params":{{"name":"open"}}}}\n'
    path.write_text("".join(request.format(number) for number in range(200)))
    whole, tasks = check(path, {None: POLICY}, length=500)
    assert tasks == 0
    assert whole["records"] == 200


@pytest.mark.parametrize("change", ["grows", "shrinks", "is replaced"])
def test_a_file_that_changes_between_two_ranges_is_no_evidence(tmp_path: Path, change: str) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_bytes(warm(_usual(500)) + b"\n")
    replay, file, assignments = _opened(path, {None: OTHER})
    source = Source.of(file.stream)
    assert source is not None
    start(Job(source, (assignments,)))

    def meddle(task: int) -> None:
        if task != 4:
            return
        if change == "grows":
            with open(path, "ab") as more:
                more.write(_usual(1)[0])
        elif change == "shrinks":
            os.truncate(path, path.stat().st_size // 2)
        else:
            (tmp_path / "other").write_bytes(path.read_bytes())
            (tmp_path / "other").replace(path)

    with pytest.raises(PolicyctlError, match="changed while it was read"):
        spread(FastReplay(replay), file, source, lambda: Crew(Here(meddle), 2), length=5_000)
    file.stream.close()


def test_processes_come_to_the_same(tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_bytes(warm(_usual(3_000)))
    replay, file, assignments = _opened(path, {None: POLICY})
    FastReplay(replay).run(file)
    whole = _told(replay, file)
    for count in (1, 3):
        replay, file, assignments = _opened(path, {None: POLICY})
        source = Source.of(file.stream)
        assert source is not None
        with processes(Job(source, (assignments,)), count) as crew:
            spread(FastReplay(replay), file, source, lambda: crew, length=40_000)
        assert _told(replay, file) == whole


class _Deadly(Executor):
    """Hands tasks on, and has one of those who do them die in between."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._tasks = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self._tasks += 1
        if self._tasks == 4:
            self._executor.submit(os._exit, 9)
        return self._executor.submit(fn, *args, **kwargs)


def test_a_process_that_is_killed_ends_the_replay(tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_bytes(warm(_usual(3_000)))
    replay, file, assignments = _opened(path, {None: POLICY})
    source = Source.of(file.stream)
    assert source is not None
    with (
        pytest.raises(PolicyctlError, match="was killed"),
        processes(Job(source, (assignments,)), 2) as crew,
    ):
        spread(FastReplay(replay), file, source, lambda: Crew(_Deadly(crew.executor), 2), length=40_000)
    file.stream.close()


class _Everything:
    """Keeps all that a watcher may see."""

    reads = READ

    def __init__(self) -> None:
        self.seen: list[Any] = []

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        del file
        fields = (call.ts, call.session, call.grant, call.server, call.id, call.outcome, bytes(call.meta))
        self.seen.append((fields, route.recorded, decision.content, line))


@given(TRACE, st.sampled_from([400, 3_000]))
def test_watchers_see_the_same_in_ranges(lines: list[bytes], length: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        path.write_bytes(warm(lines))
        seen = []
        for is_cut in (False, True):
            watcher, waiting = _Everything(), _Everything()
            replay = Replay((Assignment(POLICY),), watchers=(watcher,), waiting=waiting)
            _take(FastReplay(replay), TraceFile(str(path), chunk=PIECE), length if is_cut else None)
            seen.append((watcher.seen, waiting.seen))
    assert seen[1] == seen[0]


@given(TRACE)
def test_who_waits_for_approval_is_seen_in_ranges(lines: list[bytes]) -> None:
    asks = [
        b'{"ts":"2026-03-02T09:00:%02dZ","session":"s%d","tool":"ask","args":{}}' % (at, at % 3) for at in range(30)
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        path.write_bytes(warm([*asks[:20], *lines, *asks[20:]]))
        seen = []
        for length in (None, 700):
            waiting = _Everything()
            _take(FastReplay(Replay((Assignment(POLICY),), waiting=waiting)), TraceFile(str(path), chunk=PIECE), length)
            seen.append(waiting.seen)
    assert seen[1] == seen[0]
    assert len(seen[0]) >= 20


@given(TRACE)
def test_several_sides_are_shown_side_by_side_in_ranges(lines: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        path.write_bytes(warm(lines))
        told = []
        for length in (None, 900):
            watched = [_Seen() for _ in range(3)]
            replays = [
                Replay((Assignment(policy),), watchers=(seen,))
                for policy, seen in zip((POLICY, OTHER, THIRD), watched, strict=True)
            ]
            pairs = _Pairs(watched)
            fast = pairs.fast = FastReplay(*replays, onlooker=pairs)
            _take(fast, TraceFile(str(path), chunk=PIECE), length)
            told.append(([_facts(replay) for replay in replays], [side.seen for side in watched], pairs.pairs))
    assert told[1] == told[0]


def _take(fast: FastReplay, file: TraceFile, length: int | None) -> None:
    """Through a replay as a whole, or in ranges of so many bytes."""
    if length is None:
        fast.run(file)
        return
    source = Source.of(file.stream)
    assert source is not None
    sides = tuple(tuple(lane.assignment for lane in side.replay.lanes) for side in fast.sides)
    start(Job(source, sides, every_call=fast.sees_every_call, reads=fast.reads))
    spread(fast, file, source, lambda: Crew(Here(), 2), length=length)
