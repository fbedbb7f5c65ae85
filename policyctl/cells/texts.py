"""Texts that a policy does not name, told apart by the patterns and the parts that it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from policyctl.cells import automaton
from policyctl.cells.search import MOST_STATES, TooManyStatesError, preference, shortest
from policyctl.cells.syntax import OutsideSubsetError


@dataclass(frozen=True, slots=True)
class Part:
    """The text stands somewhere in the argument."""

    text: str


@dataclass(frozen=True, slots=True)
class Search:
    """The pattern is found in the argument."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Length:
    """The argument has at least so many characters."""

    least: int


TextAsk: TypeAlias = Part | Search | Length


@dataclass(frozen=True, slots=True)
class Unknown:
    """It could not be found out, and why."""

    reason: str


class Texts:
    """The texts at one path; sets of asks are the bits of a number."""

    def __init__(self, where: str, asks: Sequence[TextAsk | None], taken: frozenset[str]) -> None:
        self._where = where
        self._asks = tuple(asks)
        self._taken = taken
        self._known: dict[tuple[int, int], str | Unknown | None] = {}
        self._searches = sum(1 << bit for bit, ask in enumerate(asks) if isinstance(ask, Search | Length))
        self._relevant = sum(1 << bit for bit, ask in enumerate(asks) if ask is not None)

    def can_be(self, required: int, forbidden: int) -> bool | Unknown:
        """Whether there is a text that the policy does not name with all that is required and nothing forbidden."""
        forbidden &= self._relevant
        if required & ~self._relevant or required & forbidden:
            return False
        if (required | forbidden) & self._searches:
            found = self._shortest(required, forbidden)
            return found if isinstance(found, Unknown) else found is not None
        # Parts set apart by a character that occurs in none of them hold no part but their own.
        parts = [ask.text for ask in self._of(required) if isinstance(ask, Part)]
        return not any(
            not ask.text or any(ask.text in part for part in parts)
            for ask in self._of(forbidden)
            if isinstance(ask, Part)
        )

    def smallest(self, required: int, forbidden: int) -> str:
        """The first such text; `can_be` has to be true."""
        forbidden &= self._relevant
        found = self._shortest(required, forbidden)
        return found if isinstance(found, str) else self._any(required)

    def knows_smallest(self, required: int, forbidden: int) -> bool:
        """Whether `smallest` is that, and not any text where the first one is too hard to find."""
        return isinstance(self._shortest(required, forbidden & self._relevant), str)

    def _of(self, asks: int) -> list[TextAsk]:
        return [ask for bit, ask in enumerate(self._asks) if asks >> bit & 1 and ask is not None]

    def _shortest(self, required: int, forbidden: int) -> str | Unknown | None:
        key = (required, forbidden)
        if key not in self._known:
            self._known[key] = self._search(required, forbidden)
        return self._known[key]

    def _search(self, required: int, forbidden: int) -> str | Unknown | None:
        try:
            return _first(tuple(self._of(required)), tuple(self._of(forbidden)), self._taken)
        except OutsideSubsetError as error:
            return Unknown(str(error))
        except TooManyStatesError:
            return Unknown(f"the patterns on `{self._where}` need more than {MOST_STATES:,} states")

    def _any(self, required: int) -> str:
        """Some such text."""
        parts = [ask.text for ask in self._of(required) if isinstance(ask, Part)]
        used = {letter for ask in self._asks if isinstance(ask, Part) for letter in ask.text}
        used |= {letter for text in self._taken for letter in text}
        fresh = min((chr(code) for code in range(0x20, 0x2FFFF) if chr(code) not in used), key=preference)
        text = fresh.join(parts)
        while text in self._taken:
            text += fresh
        return text


@lru_cache(maxsize=4_096)
def _first(required: tuple[TextAsk, ...], forbidden: tuple[TextAsk, ...], taken: frozenset[str]) -> str | None:
    """The same for equal questions: tools of one server ask much the same of their arguments."""
    return shortest([*map(_automaton, required)], [*map(_automaton, forbidden)], taken)


def _automaton(ask: TextAsk) -> automaton.Automaton:
    match ask:
        case Part(text):
            return automaton.of_text(text)
        case Search(pattern):
            try:
                return automaton.of_pattern(pattern)
            except OutsideSubsetError as error:
                raise OutsideSubsetError(f"the pattern `{pattern}` holds {error}") from error
        case Length(least):
            return automaton.of_length(least)
