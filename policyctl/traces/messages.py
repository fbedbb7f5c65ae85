"""MCP messages (JSON-RPC 2.0), bare or in the envelope of a capture."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from policyctl.model.call import Call, Outcome
from policyctl.traces.items import ASIDE, Aside, BadLine, Item, Request, Response

Origin = TypeVar("Origin")
Text = TypeVar("Text")

_ENVELOPE = ("message", "msg", "payload", "raw")
_TIMES = ("ts", "timestamp", "time")
#: A response that is this many lines behind its request is not waited for.
_PATIENCE = 1_024


def read_message(value: dict[str, Any]) -> Request | Response | Aside | BadLine | None:
    """What a line is as a message; None if it is none."""
    message = _opened(value)
    if message is None:
        return None
    if isinstance(message.get("method"), str):
        return _request(message, value) if message["method"] == "tools/call" else ASIDE
    if "result" not in message and "error" not in message:
        return ASIDE
    identity = _identity(message)
    return ASIDE if identity is None else Response(identity, _outcome(message))


def _opened(value: dict[str, Any]) -> dict[str, Any] | None:
    if value.get("jsonrpc") == "2.0":
        return value
    for key in _ENVELOPE:
        inner = value.get(key)
        if isinstance(inner, dict) and inner.get("jsonrpc") == "2.0":
            return inner
    return None


def _request(message: dict[str, Any], line: dict[str, Any]) -> Request | Aside | BadLine:
    params = message.get("params")
    if not isinstance(params, dict) or not isinstance(params.get("name"), str):
        return BadLine("the `tools/call` message names no tool", help="`params.name` has to be a text")
    if "requestState" in params:
        # The client answers a question of the server: the same call goes on.
        return ASIDE
    return Request(
        Call(
            tool=params["name"],
            args={} if params.get("arguments") is None else params["arguments"],
            ts=_text(line, *_TIMES),
            session=_text(line, "session", "sessionId", "session_id"),
            grant=_text(line, "grant"),
            server=_text(line, "server"),
            id=_identity(message),
        )
    )


def _text(line: dict[str, Any], *keys: str) -> str | None:
    return next((line[key] for key in keys if isinstance(line.get(key), str)), None)


def _identity(message: dict[str, Any]) -> str | None:
    """Ids are texts or integers, and `1` is not `"1"`."""
    identity = message.get("id")
    if isinstance(identity, str):
        return f'"{identity}"'
    return str(identity) if isinstance(identity, int) and not isinstance(identity, bool) else None


def _outcome(message: dict[str, Any]) -> Outcome:
    if "error" in message:
        return Outcome.PROTOCOL_ERROR
    result = message["result"]
    is_error = isinstance(result, dict) and result.get("isError") is True
    return Outcome.TOOL_ERROR if is_error else Outcome.OK


def pair_outcomes(items: Iterable[tuple[Origin, int, Item, Text]]) -> Iterator[tuple[Origin, int, Item, Text]]:
    """The same items with each request as a call that knows its outcome, if its response is not too far behind.

    A call that failed in the protocol uses up nothing, so it has to be known before the next call is decided.
    """
    queue: deque[tuple[Origin, int, Item, Text]] = deque()
    outcomes: dict[int, Outcome] = {}
    open_requests: dict[str, int] = {}
    for entry in items:
        _, number, item, _ = entry
        if isinstance(item, Response):
            if item.id in open_requests:
                outcomes[open_requests.pop(item.id)] = item.outcome
        else:
            if isinstance(item, Request) and item.call.id is not None:
                open_requests[item.call.id] = number
            queue.append(entry)
        while queue and (len(queue) > _PATIENCE or not _waits(*queue[0][1:3], open_requests)):
            yield _released(queue.popleft(), open_requests, outcomes)
    for entry in queue:
        yield _released(entry, open_requests, outcomes)


def _waits(number: int, item: Item, open_requests: dict[str, int]) -> bool:
    return isinstance(item, Request) and item.call.id is not None and open_requests.get(item.call.id) == number


def _released(
    entry: tuple[Origin, int, Item, Text], open_requests: dict[str, int], outcomes: dict[int, Outcome]
) -> tuple[Origin, int, Item, Text]:
    origin, number, item, text = entry
    if not isinstance(item, Request):
        return entry
    if item.call.id is not None and _waits(number, item, open_requests):
        del open_requests[item.call.id]
    outcome = outcomes.pop(number, None)
    call = item.call if outcome is None else msgspec.structs.replace(item.call, outcome=outcome.value)
    return origin, number, call, text
