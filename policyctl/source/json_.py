"""JSON text to plain data; a text without a mistake is read by the standard library alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from policyctl.source.document import Place
from policyctl.source.fault import MAX_DEPTH, Fault


class _RefusedError(ValueError):
    """Something that the standard library would let through; the scanner says where and what."""


def parse(text: str) -> tuple[Any, tuple[Fault, ...]]:
    """The data, or None and every mistake."""
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_float=_float, parse_constant=_constant)
    except (ValueError, RecursionError):
        return None, _faults(text)
    if _has_half_characters(text, data) or _too_deep(text, data):
        return None, _faults(text)
    return data, ()


def find_places(text: str) -> Mapping[str, Place]:
    """Where every value of a JSON text stands."""
    from policyctl.source.json_places import find

    return find(text)


def _faults(text: str) -> tuple[Fault, ...]:
    from policyctl.source.json_faults import scan

    return tuple(scan(text))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _RefusedError
    return members


def _float(words: str) -> float:
    number = float(words)
    if number in {float("inf"), float("-inf")}:
        raise _RefusedError
    return number


def _constant(_words: str) -> NoReturn:
    raise _RefusedError


def _has_half_characters(text: str, data: Any) -> bool:
    if "\\ud" not in text and "\\uD" not in text:
        return False
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return True
    return False


def _too_deep(text: str, data: Any) -> bool:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    level, depth = [data], 0
    while level:
        depth += 1
        level = [
            value
            for container in level
            for value in (container.values() if type(container) is dict else container)
            if type(value) in _CONTAINERS
        ]
    return depth > MAX_DEPTH


_CONTAINERS = frozenset({dict, list})
