"""JSON Pointers (RFC 6901)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def escape(segment: str) -> str:
    """One segment as it stands in a pointer: `a/b` is `a~1b`."""
    return segment.replace("~", "~0").replace("/", "~1")


def unescape(segment: str) -> str:
    """The object key or list index that a pointer's segment means."""
    return segment.replace("~1", "/").replace("~0", "~")


def join(*segments: str | int) -> str:
    """The pointer that leads through these keys and indexes; "" for none."""
    return "".join(f"/{escape(str(segment))}" for segment in segments)


def child(parent: str, segment: str | int) -> str:
    """The pointer one step below `parent`."""
    return f"{parent}/{escape(str(segment))}"


def split(pointer: str) -> tuple[str, ...]:
    """The unescaped segments of a pointer. ValueError if it is neither empty nor starts with a slash."""
    if pointer == "":
        return ()
    if not pointer.startswith("/"):
        raise ValueError(f"not a JSON Pointer: {pointer!r}")
    return tuple(unescape(segment) for segment in pointer[1:].split("/"))


def member_at(document: Any, pointer: str) -> Any:
    """What a pointer leads to by keys of objects alone, as references within a schema do; None if a key is missing."""
    for segment in split(pointer):
        document = document.get(segment) if isinstance(document, Mapping) else None
    return document


def format_path(segments: Iterable[str]) -> str:
    """An argument path as policies write it: `args.amount`."""
    return ".".join(("args", *segments))
