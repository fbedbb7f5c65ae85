"""A JSON text as its tokens in their nesting, so that every number and text keeps its spelling."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

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
    """The tree of a text that is known to be JSON."""
    return _tree(match[0] for match in _TOKEN.finditer(text))


def _tree(tokens: Iterator[str]) -> Tree:
    return _value(next(tokens), tokens)


def _value(token: str, tokens: Iterator[str]) -> Tree:
    match token:
        case "{":
            return Object(tuple(_members(tokens)))
        case "[":
            return List(tuple(_elements(tokens)))
        case _:
            return Leaf(token)


def _members(tokens: Iterator[str]) -> Iterator[Member]:
    for token in tokens:
        if token == "}":  # noqa: S105 - a bracket
            return
        if token != ",":  # noqa: S105 - a comma
            next(tokens)
            yield Member(token, _value(next(tokens), tokens))


def _elements(tokens: Iterator[str]) -> Iterator[Tree]:
    for token in tokens:
        if token == "]":  # noqa: S105 - a bracket
            return
        if token != ",":  # noqa: S105 - a comma
            yield _value(token, tokens)
