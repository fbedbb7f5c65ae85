"""A JSON text as its tokens in their nesting, so that every number and text keeps its spelling."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')


@dataclass(frozen=True, slots=True)
class Leaf:
    """A number, a text, a word: as it is written."""

    words: str


@dataclass(frozen=True, slots=True)
class Object:
    """The members of an object in the order in which they are written."""

    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class List:
    """The elements of a list."""

    elements: tuple[Tree, ...]


Tree: TypeAlias = Leaf | Object | List


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of an object; `words` is the key as it is written."""

    words: str
    value: Tree

    @property
    def key(self) -> str:
        """What the key means, escapes read."""
        return str(json.loads(self.words))


def tree_of(text: str) -> Tree:
    """The tree of a text that is known to be JSON, however deep it is."""
    return _built(_marks(text))


def tree_from(value: Any) -> Tree:
    """The tree of plain data: numbers and texts in the spelling of `json.dumps`, characters as they are."""
    return _built(_marks_of(value))


#: An opening bracket, the text of a key, a leaf, or None for a closing bracket.
_Mark: TypeAlias = tuple[Literal["open"], str] | tuple[Literal["key"], str] | Leaf | None


@dataclass(slots=True)
class _Open:
    """A container whose end is not reached yet; `keys` is None in a list."""

    keys: list[str] | None
    values: list[Tree]

    def closed(self) -> Tree:
        """The finished container."""
        if self.keys is None:
            return List(tuple(self.values))
        return Object(tuple(map(Member, self.keys, self.values)))


def _built(marks: Iterator[_Mark]) -> Tree:
    """Without recursion: what a server lists may be nested deeper than Python's stack."""
    waiting = [_Open(None, [])]
    for mark in marks:
        match mark:
            case ("open", bracket):
                waiting.append(_Open([] if bracket == "{" else None, []))
            case ("key", words):
                keys = waiting[-1].keys
                assert keys is not None
                keys.append(words)
            case Leaf():
                waiting[-1].values.append(mark)
            case _:
                finished = waiting.pop()
                waiting[-1].values.append(finished.closed())
    return waiting[0].values[0]


def _marks(text: str) -> Iterator[_Mark]:
    is_object: list[bool] = []
    is_key = False
    for found in _TOKEN.finditer(text):
        mark = found[0]
        if mark in "{[":
            yield "open", mark
            is_object.append(mark == "{")
            is_key = is_object[-1]
        elif mark in "}]":
            is_object.pop()
            is_key = False
            yield None
        elif mark == ",":
            is_key = is_object[-1]
        elif mark == ":":
            is_key = False
        elif is_key:
            yield "key", mark
        else:
            yield Leaf(mark)


def _marks_of(value: Any) -> Iterator[_Mark]:
    waiting: list[Iterator[Any]] = [iter((value,))]
    while waiting:
        for item in waiting[-1]:
            match item:
                case _Key():
                    yield "key", json.dumps(str(item), ensure_ascii=False)
                case Mapping():
                    yield "open", "{"
                    waiting.append(part for key, inner in item.items() for part in (_Key(key), inner))
                    break
                case list() | tuple():
                    yield "open", "["
                    waiting.append(iter(item))
                    break
                case _:
                    yield Leaf(json.dumps(item, ensure_ascii=False))
        else:
            waiting.pop()
            if waiting:
                yield None


class _Key(str):
    """A key among the values of its object."""

    __slots__ = ()
