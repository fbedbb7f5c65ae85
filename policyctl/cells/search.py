"""The shortest text in which some patterns are found and others are not."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from policyctl.cells.automaton import FOUND, START, Automaton
from policyctl.cells.classes import LAST

#: States of one search, over all its patterns together; where there are more, the answer is not known.
MOST_STATES = 20_000


class TooManyStatesError(Exception):
    """The search would have to look at more states than `MOST_STATES`."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """One character that stands for all that no pattern and no taken text tells from it."""

    character: str
    kinds: tuple[int, ...]


#: Where a text of automata is: the state of each, and the text so far if it may become a taken one.
_Spot = tuple[tuple[int, ...], str | None]


def shortest(
    required: Sequence[Automaton], forbidden: Sequence[Automaton], taken: Collection[str], *, most: int = MOST_STATES
) -> str | None:
    """The first text, by length and then by its letters, that is found by all `required`, none `forbidden`, and not taken.

    None if there is none; TooManyStatesError if that takes too long to find out.
    """
    automata = (*required, *forbidden)
    letters = tuple(_letters(automata, {character for text in taken for character in text}))
    prefixes = {text[:end] for text in taken for end in range(len(text) + 1)}
    start: _Spot = ((START,) * len(automata), "" if taken else None)
    seen, waiting = {start}, deque([(start, "")])
    while waiting:
        (states, partial), text = waiting.popleft()
        if (partial is None or text not in taken) and _is_answer(automata, states, len(required)):
            return text
        for letter in letters:
            longer = text + letter.character
            follow = tuple(
                automaton.step(state, kind)
                for automaton, state, kind in zip(automata, states, letter.kinds, strict=True)
            )
            spot = (follow, longer if partial is not None and longer in prefixes else None)
            if spot in seen or _is_lost(automata, follow, len(required)):
                continue
            if len(seen) >= most:
                raise TooManyStatesError
            seen.add(spot)
            waiting.append((spot, longer))
    return None


def _is_answer(automata: Sequence[Automaton], states: tuple[int, ...], required: int) -> bool:
    return all(
        automaton.ends_found(state) is (index < required)
        for index, (automaton, state) in enumerate(zip(automata, states, strict=True))
    )


def _is_lost(automata: Sequence[Automaton], states: tuple[int, ...], required: int) -> bool:
    """Whether no longer text can be the answer."""
    return FOUND in states[required:] or any(
        automaton.is_hopeless(state) for automaton, state in zip(automata[:required], states[:required], strict=True)
    )


def _letters(automata: Iterable[Automaton], singled: set[str]) -> Iterator[_Letter]:
    """The alphabet in order of preference: as few characters as tell everything apart."""
    automata = tuple(automata)
    edges = {edge for automaton in automata for edge in automaton.edges} | {0}
    edges.update(edge for character in singled for edge in (ord(character), ord(character) + 1))
    bounds = sorted(edge for edge in edges if edge <= LAST)
    best: dict[object, str] = {}
    for low, high in zip(bounds, [*(bound - 1 for bound in bounds[1:]), LAST], strict=True):
        character = _preferred(low, high)
        if character is None:
            continue
        kinds = tuple(automaton.kind(low) for automaton in automata)
        key = (kinds, character if character in singled else None)
        if key not in best or preference(character) < preference(best[key]):
            best[key] = character
    for character in sorted(best.values(), key=preference):
        yield _Letter(character, tuple(automaton.kind(ord(character)) for automaton in automata))


#: Letters and digits first, then all else by code point.
_FIRST = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RANK = {character: rank for rank, character in enumerate(_FIRST)} | {
    chr(code): 0x100 + code for code in range(0x20, 0x7F) if chr(code) not in _FIRST
}
_RANKED = sorted((ord(character), rank) for character, rank in _RANK.items())
_CODES = [code for code, _ in _RANKED]


def preference(character: str) -> int:
    """The order of characters: a to z, digits, A to Z, other visible ones of ASCII, then by code point."""
    return _RANK.get(character, 0x1000 + ord(character))


def _preferred(low: int, high: int) -> str | None:
    """The first in order of those from `low` to `high`; None if they are halves of surrogate pairs."""
    inside = _RANKED[bisect_right(_CODES, low - 1) : bisect_right(_CODES, high)]
    if inside:
        return chr(min(inside, key=lambda pair: pair[1])[0])
    if 0xD800 <= low <= 0xDFFF:
        low = 0xE000
    return chr(low) if low <= high else None
