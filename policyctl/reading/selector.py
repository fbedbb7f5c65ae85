"""Which tools an assertion is about."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, TypeVar

from policyctl.model.assertion import Hint, Selector
from policyctl.model.catalog import Category, Risk, Tag
from policyctl.pattern import PatternError, compile_pattern
from policyctl.pattern.glob import is_name, pattern_of
from policyctl.reading.fields import known_keys, take_object, take_text, take_word, wrong_type
from policyctl.reading.findings import Findings
from policyctl.source.fault import quote
from policyctl.source.pointer import child

Word = TypeVar("Word", bound=StrEnum)

_KEYS = ("tool", "except", "category", "risk", "tags", "hints")


def read_selector(value: Any, pointer: str, findings: Findings) -> Selector | None:
    """The selector at `pointer`; None where it is no object."""
    members = take_object(value, pointer, findings, "what selects tools")
    if members is None:
        return None
    known_keys(members, pointer, findings, "what selects tools", _KEYS)
    return Selector(
        tools=tuple(_globs(members, "tool", pointer, findings)),
        but=tuple(_globs(members, "except", pointer, findings)),
        categories=tuple(_words(members, "category", pointer, findings, Category)),
        risks=tuple(_words(members, "risk", pointer, findings, Risk)),
        tags=tuple(_words(members, "tags", pointer, findings, Tag)),
        hints=dict(_hints(members, pointer, findings)),
    )


def _one_or_many(members: dict[str, Any], key: str, pointer: str, findings: Findings) -> Iterator[tuple[Any, str]]:
    """The values of a key that may have one or a list; an empty list is a mistake, since it could mean all or none."""
    if key not in members:
        return
    value, at = members[key], f"{pointer}/{key}"
    if type(value) is not list:
        yield value, at
        return
    if not value:
        findings.error("SCH22", at, f"`{key}` is an empty list", help=f"leave `{key}` out, or name one")
    for index, element in enumerate(value):
        yield element, f"{at}/{index}"


def _globs(members: dict[str, Any], key: str, pointer: str, findings: Findings) -> Iterator[str]:
    for value, at in _one_or_many(members, key, pointer, findings):
        text = take_text(value, at, findings, f"`{key}`")
        if text is not None and _compiles(text, at, findings):
            yield text


def _compiles(glob: str, pointer: str, findings: Findings) -> bool:
    if is_name(glob):
        return True
    try:
        compile_pattern(pattern_of(glob))
    except PatternError:
        findings.error("SCH24", pointer, f"the glob {quote(glob)} is too long", help="no tool has such a name")
        return False
    return True


def _words(members: dict[str, Any], key: str, pointer: str, findings: Findings, words: type[Word]) -> Iterator[Word]:
    for value, at in _one_or_many(members, key, pointer, findings):
        word = take_word(value, at, findings, f"`{key}`", words)
        if word is not None:
            yield word


def _hints(members: dict[str, Any], pointer: str, findings: Findings) -> Iterator[tuple[Hint, bool]]:
    if "hints" not in members:
        return
    at = f"{pointer}/hints"
    hints = take_object(members["hints"], at, findings, "`hints`") or {}
    if hints == {} and type(members["hints"]) is dict:
        findings.error("SCH22", at, "`hints` names no hint", help="leave `hints` out, or name one")
    known_keys(hints, at, findings, "`hints`", tuple(Hint))
    for key, value in hints.items():
        if type(value) is not bool:
            wrong_type(value, child(at, key), findings, f"`{key}` must be a boolean")
        elif key in tuple(Hint):
            yield Hint(key), value
