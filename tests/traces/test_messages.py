"""Captures of MCP: which messages are calls, and what came of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from policyctl.model.call import Call
from policyctl.traces.decode import decode_carefully
from policyctl.traces.items import ASIDE, BadLine, Batch
from policyctl.traces.messages import pair_outcomes


def call(identity: Any, tool: str = "pay", args: Any = None, **params: Any) -> dict[str, Any]:
    arguments = {"n": 1} if args is None else args
    request = {"jsonrpc": "2.0", "id": identity, "method": "tools/call"}
    return request | {"params": {"name": tool, "arguments": arguments, **params}}


def ask(identity: Any, method: str = "sampling/createMessage") -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": identity, "method": method, "params": {}}


def result(identity: Any, **fields: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": identity, "result": {"content": [], **fields}}


def error(identity: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": identity, "error": {"code": -32602, "message": "unknown tool"}}


def paired(*messages: Any) -> Iterator[tuple[int, str | None, str | None]]:
    """Line, id and outcome of each call."""
    items = (
        (None, number, decode_carefully(json.dumps(message).encode()), None) for number, message in enumerate(messages)
    )
    for _, number, item, _ in pair_outcomes(items):
        if isinstance(item, Call):
            yield number, item.id, item.outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (result(1), "ok"),
        (result(1, isError=False), "ok"),
        (result(1, isError=True), "tool_error"),
        (result(1, resultType="input_required"), "ok"),
        ({"jsonrpc": "2.0", "id": 1, "result": None}, "ok"),
        (error(1), "protocol_error"),
        (result("1"), None),
        (error(2), None),
        ({"jsonrpc": "2.0", "id": None, "error": {}}, None),
        ({"jsonrpc": "2.0", "id": 1}, None),
        ({"jsonrpc": "2.0", "method": "notifications/progress"}, None),
    ],
)
def test_the_outcome_is_in_the_response_of_the_same_id(answer: Any, outcome: str | None) -> None:
    assert list(paired(call(1), answer)) == [(0, "1", outcome)]


def test_a_number_and_a_text_are_two_ids() -> None:
    messages = (call(1), call("1"), error("1"), result(1))
    assert list(paired(*messages)) == [(0, "1", "ok"), (1, '"1"', "protocol_error")]


def test_responses_may_come_in_any_order() -> None:
    messages = (call(1), call(2), call(3), result(3), error(1), result(2, isError=True))
    assert list(paired(*messages)) == [(0, "1", "protocol_error"), (1, "2", "tool_error"), (2, "3", "ok")]


def test_a_request_without_a_response_does_not_hold_up_the_end() -> None:
    assert list(paired(call(1), call(2), result(2))) == [(0, "1", None), (1, "2", "ok")]


def test_a_response_far_behind_is_not_waited_for() -> None:
    others = [message for identity in range(2, 1_100) for message in (call(identity), result(identity))]
    found = list(paired(call(1), *others, error(1)))
    assert found[0] == (0, "1", None)
    assert {outcome for _, _, outcome in found[1:]} == {"ok"}
    assert [number for number, _, _ in found] == sorted(number for number, _, _ in found)


def test_a_number_that_is_used_again_belongs_to_the_later_call() -> None:
    assert list(paired(call(1), call(1), error(1), result(1))) == [(0, "1", None), (1, "1", "protocol_error")]
    assert list(paired(call(1), result(1), call(1), error(1))) == [(0, "1", "ok"), (2, "1", "protocol_error")]


def test_a_question_of_the_server_with_the_number_of_the_call_is_answered_first() -> None:
    assert list(paired(call(1), ask(1), error(1), result(1))) == [(0, "1", "ok")]
    assert list(paired(call(1), ask(1), result(1), error(1))) == [(0, "1", "protocol_error")]
    assert list(paired(ask(1, "initialize"), result(1), call(1), error(1))) == [(2, "1", "protocol_error")]


def test_ids_are_counted_by_session_and_server() -> None:
    lines = [
        {"session": "a", "message": call(1)},
        {"session": "b", "message": call(1)},
        {"session": "b", "server": "s", "message": call(1)},
        {"session": "a", "message": error(1)},
        {"session": "b", "server": "s", "message": result(1, isError=True)},
        {"session": "b", "message": result(1)},
    ]
    outcomes = [outcome for _, _, outcome in paired(*lines)]
    assert outcomes == ["protocol_error", "ok", "tool_error"]


@pytest.mark.parametrize("field", ["requestState", "inputResponses"])
def test_a_call_that_goes_on_after_a_question_is_counted_once(field: str) -> None:
    messages = (call(1), result(1, resultType="input_required"), call(2, **{field: "x"}), result(2))
    assert list(paired(*messages)) == [(0, "1", "ok")]


@pytest.mark.parametrize("again", [{"args": {"n": 2}}, {"tool": "rm"}])
def test_what_was_not_asked_for_before_is_a_call_of_its_own_whatever_it_carries(again: Any) -> None:
    assert [identity for _, identity, _ in paired(call(1), result(1), call(2, **again, requestState="x"))] == ["1", "2"]


def test_a_call_that_goes_on_is_looked_for_among_the_last_1024() -> None:
    def between(count: int) -> list[Any]:
        return [message for n in range(count) for message in (call(n + 5, args={"n": -n - 1}), result(n + 5))]

    again = [call(1), result(1), call(2, requestState="x"), result(2)]
    near = list(paired(*again, *between(1_023), call(3, requestState="x")))
    far = list(paired(*again, *between(1_024), call(3, requestState="x")))
    assert (len(near), len(far)) == (1 + 1_023, 1 + 1_024 + 1)


@pytest.mark.parametrize("key", ["message", "msg", "payload", "raw"])
@pytest.mark.parametrize("quote", [False, True])
@pytest.mark.parametrize("time", ["ts", "time", "timestamp"])
@pytest.mark.parametrize("session", ["session", "sessionId", "session_id"])
def test_an_envelope_says_when_and_for_whom(key: str, quote: bool, time: str, session: str) -> None:
    content = json.dumps(call(7)) if quote else call(7)
    line = {time: "2026-01-01T00:00:00Z", "direction": "out", session: "s", "grant": "g", "server": "x", key: content}
    items = [(None, 1, decode_carefully(json.dumps(line).encode()), None)]
    ((_, _, item, _),) = pair_outcomes(items)
    assert item == Call(
        tool="pay", args={"n": 1}, ts="2026-01-01T00:00:00Z", session="s", grant="g", server="x", id="7"
    )


def test_a_call_without_arguments_has_none() -> None:
    ((_, _, item, _),) = pair_outcomes([(None, 1, decode_carefully(json.dumps(call(1, args={})).encode()), None)])
    bare = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "pay"}}
    ((_, _, other, _),) = pair_outcomes([(None, 1, decode_carefully(json.dumps(bare).encode()), None)])
    assert item == other == Call(tool="pay", args={}, id="1")


def test_a_batch_is_each_of_its_messages() -> None:
    batch = [call(1), call(2, tool="rm"), {"jsonrpc": "2.0", "method": "notifications/x"}]
    assert list(paired(batch, [result(2), error(1)])) == [(0, "1", "protocol_error"), (0, "2", "ok")]
    assert list(paired({"ts": "2026-01-01T00:00:00Z", "message": [call(1)]}, [])) == [(0, "1", None)]


def test_a_batch_that_hides_a_broken_call_is_a_broken_line() -> None:
    broken = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {}}
    found = decode_carefully(json.dumps([call(1), broken]).encode())
    assert isinstance(found, BadLine)
    assert found.message == "the `tools/call` message names no tool"


@pytest.mark.parametrize("line", [[], [1], [{"tool": "pay"}], [call(1), 1]])
def test_a_list_of_anything_else_is_no_batch(line: Any) -> None:
    assert isinstance(decode_carefully(json.dumps(line).encode()), BadLine)


def test_other_messages_are_asides() -> None:
    assert decode_carefully(b'{"jsonrpc":"2.0","method":"notifications/initialized"}') is ASIDE
    assert decode_carefully(b'{"jsonrpc":"2.0","id":null,"result":{}}') is ASIDE
    assert isinstance(decode_carefully(b'[{"jsonrpc":"2.0","method":"x"}]'), Batch)


@pytest.mark.parametrize("identity", ["1.5", "true", "null", "[]", "{}", pytest.param("9" * 5_000, id="too long")])
def test_an_id_that_is_none_pairs_with_nothing(identity: str) -> None:
    text = f'{{"jsonrpc":"2.0","id":{identity},"method":"tools/call","params":{{"name":"pay"}}}}'
    ((_, _, item, _),) = pair_outcomes([(None, 1, decode_carefully(text.encode()), None)])
    assert item == Call(tool="pay", args={})
