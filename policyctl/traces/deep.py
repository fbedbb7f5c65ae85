"""JSON of any depth: for the rare line that is nested deeper than Python's stack."""

from __future__ import annotations

import re
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

_SPACE = re.compile(r"[ \t\n\r]*")
_ATOM = re.compile(r"(?P<number>-?(?:0|[1-9]\d*)(?P<real>(?:\.\d+)?(?:[eE][-+]?\d+)?))|true|false|null", re.ASCII)
_CONSTANTS = {"true": True, "false": False, "null": None}


def integer(text: str) -> int | float:
    """An exact integer; one of more digits than the language knows is an infinity."""
    try:
        return int(text)
    except ValueError:
        return float(text)


def load_deep(text: str) -> Any:
    """What `json.loads` returns, without its limit on depth. JSONDecodeError if `text` is no JSON."""
    place = _skip(text, 0)
    holders: list[dict[str, Any] | list[Any]] = []
    keys: list[str] = []
    while True:
        value, place, opened = _value(text, place)
        if opened is not None:
            holders.append(opened)
            if isinstance(opened, dict):
                key, place = _key(text, place)
                keys.append(key)
            continue
        while holders:
            _store(holders[-1], keys, value)
            place = _skip(text, place)
            mark = text[place : place + 1]
            if mark == ",":
                place = _skip(text, place + 1)
                if isinstance(holders[-1], dict):
                    key, place = _key(text, place)
                    keys.append(key)
                break
            if mark != ("}" if isinstance(holders[-1], dict) else "]"):
                raise JSONDecodeError("expected a comma or a closing bracket", text, place)
            value, place = holders.pop(), place + 1
        else:
            place = _skip(text, place)
            if place != len(text):
                raise JSONDecodeError("more text after the value", text, place)
            return value


def _store(holder: dict[str, Any] | list[Any], keys: list[str], value: Any) -> None:
    if isinstance(holder, dict):
        holder[keys.pop()] = value
    else:
        holder.append(value)


def _value(text: str, place: int) -> tuple[Any, int, dict[str, Any] | list[Any] | None]:
    """A finished value, or the container that opens here and has something in it."""
    mark = text[place : place + 1]
    if mark == '"':
        string, end = scanstring(text, place + 1, True)
        return string, end, None
    if mark in ("{", "["):
        after = _skip(text, place + 1)
        container: dict[str, Any] | list[Any] = {} if mark == "{" else []
        if text[after : after + 1] == ("}" if mark == "{" else "]"):
            return container, after + 1, None
        return None, after, container
    match = _ATOM.match(text, place)
    if match is None:
        raise JSONDecodeError("expected a value", text, place)
    number = match["number"]
    if number is None:
        return _CONSTANTS[match[0]], match.end(), None
    return (float(number) if match["real"] else integer(number)), match.end(), None


def _key(text: str, place: int) -> tuple[str, int]:
    if text[place : place + 1] != '"':
        raise JSONDecodeError("expected a key in double quotes", text, place)
    key, end = scanstring(text, place + 1, True)
    end = _skip(text, end)
    if text[end : end + 1] != ":":
        raise JSONDecodeError("expected a colon", text, end)
    return key, _skip(text, end + 1)


def _skip(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return place if match is None else match.end()
