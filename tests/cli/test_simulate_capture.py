"""A capture of MCP under a policy with limits: what failed in the protocol uses up nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Replay

LIMIT = {"counter": "c", "max": 2, "window": "minute"}
POLICY = {"version": "1", "default": "deny", "tools": {"pay": {"limits": [LIMIT]}}}


def sent(second: int, message: Any) -> dict[str, Any]:
    return {"ts": f"2026-01-01T00:00:{second:02}Z", "grant": "g", "direction": "in", "message": message}


def call(identity: Any, **params: Any) -> dict[str, Any]:
    parameters = {"name": "pay", "arguments": {"n": str(identity)}, **params}
    return {"jsonrpc": "2.0", "id": identity, "method": "tools/call", "params": parameters}


def answer(identity: Any, **fields: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": identity, **(fields or {"result": {"content": []}})}


def test_what_failed_in_the_protocol_uses_up_nothing(replay: Replay) -> None:
    lines = [
        sent(0, {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {}}),
        sent(0, answer(0)),
        sent(1, call(1)),
        sent(2, answer(1, error={"code": -32602, "message": "unknown tool"})),
        sent(3, call(2)),
        sent(4, answer(2, result={"isError": True, "content": []})),
        sent(5, call("2")),
        sent(6, answer("2")),
        sent(7, call(3)),
    ]
    replayed = replay(lines, policy=POLICY)
    assert (replayed.code, replayed.verdicts) == (0, ["allow", "allow", "allow", "deny"])
    assert replayed.lines == [3, 5, 7, 9]


def test_a_call_that_goes_on_is_counted_once(replay: Replay) -> None:
    lines = [
        sent(0, call(1, arguments={})),
        sent(1, answer(1, result={"resultType": "input_required", "requestState": "x"})),
        sent(2, call(2, arguments={}, requestState="x", inputResponses={})),
        sent(3, answer(2)),
        sent(4, call(3)),
        sent(5, call(4)),
    ]
    assert replay(lines, policy=POLICY).verdicts == ["allow", "allow", "deny"]


def test_each_call_of_a_batch_is_decided(replay: Replay) -> None:
    replayed = replay([sent(0, [call(1), call(2), call(3)]), sent(1, [answer(3), answer(2)])], policy=POLICY)
    assert (replayed.code, replayed.verdicts, replayed.lines) == (0, ["allow", "allow", "deny"], [1, 1, 1])
    assert replayed.report["traces"][0]["lines"] == 2


def test_bare_messages_have_no_time_and_no_grant(replay: Replay) -> None:
    replayed = replay([call(1), answer(1), call(2), call(3)], policy=POLICY)
    assert replayed.verdicts == ["allow", "allow", "undetermined"]
    assert replayed.decisions[2]["causes"][:2] == ["no-time", "no-subject"]


@pytest.mark.parametrize("ts", [1_767_225_600, 1_767_225_600.5, True])
def test_a_time_that_is_no_text_is_reported(replay: Replay, ts: Any) -> None:
    replayed = replay([sent(0, call(1)) | {"ts": ts}], policy=POLICY)
    assert replayed.report["coverage"]["bad_times"] == 1


def test_normal_lines_and_messages_may_be_mixed(replay: Replay) -> None:
    replayed = replay([{"tool": "rm", "args": {}}, call(1), answer(1), {"tool": "rm", "args": {}}])
    assert (replayed.code, replayed.lines) == (0, [1, 2, 4])
    replayed = replay([call(1), {"tool": "rm", "args": {}}, answer(1)])
    assert (replayed.code, replayed.lines) == (0, [1, 2])
