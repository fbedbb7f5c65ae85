"""What an unquoted word in YAML means: JSON's types and nothing else."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from policyctl.source.fault import Fault, number_fault, quote

Scalar: TypeAlias = bool | int | float | str | None

_STANDARD: Final = "tag:yaml.org,2002:"
_WORDS: dict[str, Scalar] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<rest>(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)\Z")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_TYPES: dict[str, tuple[type, ...]] = {
    "null": (type(None),), "bool": (bool,), "int": (int,), "float": (int, float), "str": (str,),
}  # fmt: skip


def resolve(words: str, tag: str | None, *, plain: bool, start: int, end: int, pointer: str) -> Scalar | Fault:
    """The value of one scalar; `plain` is one without quotes and without a tag."""
    if tag == "!":
        return words
    if tag is None:
        return _plain(words, start, end, pointer) if plain else words
    name = tag.removeprefix(_STANDARD)
    if name == tag or name not in _TYPES:
        return unknown_tag(tag, start, end, pointer)
    value = words if name == "str" else _plain(words, start, end, pointer)
    if name == "float" and type(value) is int:
        return number_fault(f"{words}e0", start, end, pointer) or float(words)
    if isinstance(value, Fault) or type(value) in _TYPES[name]:
        return value
    message = f"{quote(words)} is not what the tag `!!{name}` says"
    return Fault("SRC06", message, "remove the tag", start, end, pointer)


def unknown_tag(tag: str, start: int, end: int, pointer: str) -> Fault:
    """A tag that asks for a type that JSON does not have."""
    shown = tag.replace(_STANDARD, "!!", 1)
    return Fault("SRC06", f"the tag {quote(shown)} has no counterpart in JSON", "remove the tag", start, end, pointer)


def _plain(words: str, start: int, end: int, pointer: str) -> Scalar | Fault:
    if words in _WORDS:
        return _WORDS[words]
    if _NOT_FINITE.match(words):
        return Fault("SRC05", f"{quote(words)} is no finite number", "write a finite number", start, end, pointer)
    number = _NUMBER.match(words)
    # Dates, `on`, `010`, `0x1f` and `1:30` are words to YAML 1.2 or mean different things to different readers.
    if number is None:
        return words
    fault = number_fault(words, start, end, pointer)
    return fault or (float(words) if number["rest"] else int(words))
