"""One line of a trace to a call: fast where it is in the normal form, with care where it is not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NoReturn

import msgspec

from policyctl.model.call import Approval, Call
from policyctl.traces.deep import integer, load_deep
from policyctl.traces.items import BadLine, Item
from policyctl.traces.jsonrpc import NO_TIME, read_message
from policyctl.traces.shapes import ELEMENTS, ONE_A_LINE, likely_shape

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<constant>NaN|-?Infinity)', re.DOTALL)
_UTF16 = BadLine("the line is no UTF-8; it looks like UTF-16", help="write the trace as UTF-8")
_TEXT_FIELDS = ("ts", "session", "grant", "server", "id", "outcome", "args_state")
_LIST_FIELDS = ("keys", "redacted")
_encode = msgspec.json.Encoder().encode

#: What a decoder raises on a line that is not in its form, or no JSON.
MISSHAPEN = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)
#: The normal form without a second look; raises what msgspec raises.
decode_call: Callable[[bytes], Call] = msgspec.json.Decoder(Call).decode


def call_on(line: bytes) -> Call:
    """The call on a line of which it is known that it is one in the normal form."""
    try:
        return decode_call(line)
    except MISSHAPEN:
        # Numbers out of range, or a field of another type that nobody has read so far.
        call = decode_carefully(line)
        assert isinstance(call, Call)
        return call


def decode_carefully(line: bytes) -> Item:
    """Any line: a call in the normal form or as JSON-RPC, an approval, or what is wrong with it."""
    value = load(line)
    if isinstance(value, BadLine):
        return value
    item = interpret(value)
    return replace(item, help=ELEMENTS) if isinstance(item, BadLine) and isinstance(value, list) else item


def load(line: bytes) -> Any:
    """The JSON value of a line, exact and of any depth; a BadLine if it is none."""
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        return _not_text(line, error)
    lone = _lone_surrogate(text)
    if lone is not None:
        return BadLine("the line is no JSON text: half a surrogate pair", lone)
    try:
        return _load(text)
    except json.JSONDecodeError as error:
        return _not_json(text, error)
    except _ConstantError:
        return BadLine("the line is no JSON: NaN and Infinity are no numbers of JSON", _constant_place(text))


def interpret(value: Any) -> Item:
    """What a JSON value records."""
    if isinstance(value, dict) and isinstance(value.get("tool"), str):
        return _call(value)
    if isinstance(value, dict) and isinstance(value.get("approval"), dict):
        return _approval(value["approval"])
    message = read_message(value)
    if message is not None:
        return message
    if not isinstance(value, dict):
        return BadLine("the line is no JSON object")
    found = "`tool` is no text" if value.get("tool") is not None else "the line has no `tool`"
    return BadLine(found, help=likely_shape(value))


def _load(text: str) -> Any:
    try:
        return json.loads(text, parse_int=integer, parse_constant=_refuse)
    except RecursionError:
        return load_deep(text)


class _ConstantError(Exception):
    """NaN, Infinity or -Infinity: what Python reads and JSON does not have."""


def _refuse(_: str) -> NoReturn:
    raise _ConstantError


def _constant_place(text: str) -> int:
    """Where the first of them stands outside the texts."""
    return next((found.start("constant") for found in _CONSTANT.finditer(text) if found["constant"]), 0)


def _not_text(line: bytes, error: UnicodeDecodeError) -> BadLine:
    if line[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in line[:2]:
        return _UTF16
    before = line[: error.start].decode(errors="replace")
    return BadLine("the line is no UTF-8", len(before))


def _not_json(text: str, error: json.JSONDecodeError) -> BadLine:
    # UTF-16 of ASCII is UTF-8 too, with a NUL beside each character.
    if "\0" in text[:2]:
        return _UTF16
    help = ONE_A_LINE if text.strip(" \t\r") in ("[", "{", "[{") else None
    return BadLine("the line is no JSON: " + _reason(error), error.pos, help)


def _lone_surrogate(text: str) -> int | None:
    """Where an escape stands that is half a surrogate pair."""
    if "\\u" not in text:
        return None
    high: re.Match[str] | None = None
    for escape in _ESCAPE.finditer(text):
        code = int(escape[1], 16) if escape[1] else 0
        if high is not None:
            if not 0xDC00 <= code <= 0xDFFF or escape.start() != high.end():
                return high.start()
            high = None
        elif 0xDC00 <= code <= 0xDFFF:
            return escape.start()
        elif 0xD800 <= code <= 0xDBFF:
            high = escape
    return None if high is None else high.start()


def _reason(error: json.JSONDecodeError) -> str:
    """What the parser found, in our words: its own may change from one Python to the next."""
    if not error.doc.strip(" \t\r\n"):
        return "there is nothing on it"
    if error.pos >= len(error.doc.rstrip(" \t\r\n")):
        return "it breaks off"
    known = {
        "Extra data": "more text after the value",
        "Invalid control character at": "a control character inside a text",
        "Unterminated string starting at": "a text that does not end",
    }
    return known.get(error.msg, "unexpected text")


def _call(value: dict[str, Any]) -> Call | BadLine:
    fields: dict[str, Any] = {field: _text(value.get(field)) for field in _TEXT_FIELDS}
    fields |= {field: _texts(value.get(field)) for field in _LIST_FIELDS}
    if not isinstance(value.get("ts"), str) and value.get("ts") is not None:
        fields["ts"] = NO_TIME
    fields |= {field: _raw(value.get(field)) for field in ("decision", "meta")}
    return Call(tool=value["tool"], args=value.get("args"), **fields)


def _text(value: Any) -> str | None:
    """Texts as they are; whole numbers too, since many recorders number their sessions and calls."""
    if isinstance(value, int) and not isinstance(value, bool):
        return _digits(value)
    return value if isinstance(value, str) else None


def _digits(value: int) -> str | None:
    try:
        return str(value)
    except ValueError:
        return None


def _texts(value: Any) -> list[str] | None:
    if not isinstance(value, list) or not all(isinstance(element, str) for element in value):
        return None
    return value


def _raw(value: Any) -> msgspec.Raw:
    """Back to text for the few who ask; what is too deep or too large for that is as good as not recorded."""
    if value is None:
        return msgspec.Raw(b"")
    try:
        return msgspec.Raw(_encode(value))
    except (RecursionError, OverflowError, ValueError):
        return msgspec.Raw(b"")


def _approval(value: dict[str, Any]) -> Approval | BadLine:
    try:
        return msgspec.convert(value, Approval)
    except msgspec.ValidationError:
        names = ", ".join(f"`{name}`" for name in Approval.__struct_fields__ if not isinstance(value.get(name), str))
        return BadLine(f"the approval needs {names} as text")
