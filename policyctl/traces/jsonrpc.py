"""MCP messages (JSON-RPC 2.0), bare or in the envelope of a capture."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Any, TypeGuard

from policyctl.model.call import Call, Outcome
from policyctl.traces.deep import load_deep
from policyctl.traces.items import ASIDE, Aside, BadLine, Batch, Exchange, Question, Request, Response

_ENVELOPE = ("message", "msg", "payload", "raw")
_TIMES = ("ts", "timestamp", "time")
_SESSIONS = ("session", "sessionId", "session_id")
#: What a client sends back to a server that asked it something in the middle of a call.
_ANSWERS = ("requestState", "inputResponses")
#: Stands for a time that is no text: no time, and reported as such.
NO_TIME = "?"

Message = Request | Response | Question | Aside | BadLine


def read_message(value: Any) -> Message | Batch | None:
    """What a line is as a message, or as a batch of them; None if it is none."""
    line = value if isinstance(value, dict) else {}
    content = _opened(value)
    if isinstance(content, dict):
        return _message(content, line)
    return None if content is None else _batch(content, line)


def _opened(value: Any) -> dict[str, Any] | list[Any] | None:
    """The message or messages in a line; the envelope may hold them as text."""
    if _is_message(value):
        return value
    if isinstance(value, dict):
        return next((inner for key in _ENVELOPE if _is_message(inner := _unquoted(value.get(key)))), None)
    return None


def _is_message(value: Any) -> TypeGuard[dict[str, Any] | list[Any]]:
    if isinstance(value, list):
        return bool(value) and all(isinstance(part, dict) and part.get("jsonrpc") == "2.0" for part in value)
    return isinstance(value, dict) and value.get("jsonrpc") == "2.0"


def _unquoted(value: Any) -> Any:
    if not isinstance(value, str) or '"jsonrpc"' not in value:
        return value
    try:
        return load_deep(value)
    except JSONDecodeError:
        return None


def _batch(content: list[Any], line: dict[str, Any]) -> Batch | BadLine:
    """A batch is read as a whole: what one of its messages hides is not lost among the others."""
    messages = []
    for part in content:
        message = _message(part, line)
        if isinstance(message, BadLine):
            return message
        messages.append(message)
    return Batch(tuple(messages))


def _message(message: dict[str, Any], line: dict[str, Any]) -> Message:
    exchange = _exchange(message, line)
    if isinstance(message.get("method"), str):
        if message["method"] == "tools/call":
            return _request(message, line, exchange)
        return ASIDE if exchange is None else Question(exchange)
    if exchange is None or ("result" not in message and "error" not in message):
        return ASIDE
    return Response(exchange, _outcome(message))


def _request(message: dict[str, Any], line: dict[str, Any], exchange: Exchange | None) -> Request | BadLine:
    params = message.get("params")
    if not isinstance(params, dict) or not isinstance(params.get("name"), str):
        return BadLine("the `tools/call` message names no tool", help="`params.name` has to be a text")
    call = Call(
        tool=params["name"],
        args={} if params.get("arguments") is None else params["arguments"],
        ts=_time(line),
        session=_text(line, *_SESSIONS),
        grant=_text(line, "grant"),
        server=_text(line, "server"),
        id=None if exchange is None else exchange[2],
    )
    return Request(call, exchange, goes_on=any(answer in params for answer in _ANSWERS))


def _exchange(message: dict[str, Any], line: dict[str, Any]) -> Exchange | None:
    identity = _identity(message)
    return None if identity is None else (_text(line, *_SESSIONS), _text(line, "server"), identity)


def _text(line: dict[str, Any], *keys: str) -> str | None:
    return next((line[key] for key in keys if isinstance(line.get(key), str)), None)


def _time(line: dict[str, Any]) -> str | None:
    found = next((line[key] for key in _TIMES if line.get(key) is not None), None)
    return found if isinstance(found, str | None) else NO_TIME


def _identity(message: dict[str, Any]) -> str | None:
    """Ids are texts or integers, and `1` is not `"1"`."""
    identity = message.get("id")
    if isinstance(identity, str):
        return f'"{identity}"'
    if not isinstance(identity, int) or isinstance(identity, bool):
        return None
    try:
        return str(identity)
    except ValueError:
        # Python declines to print thousands of digits; nobody numbers that far.
        return None


def _outcome(message: dict[str, Any]) -> Outcome:
    if "error" in message:
        return Outcome.PROTOCOL_ERROR
    result = message["result"]
    is_error = isinstance(result, dict) and result.get("isError") is True
    return Outcome.TOOL_ERROR if is_error else Outcome.OK
