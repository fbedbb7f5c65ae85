"""A pattern as a deterministic automaton that answers whether RE2 finds it in a text, built as far as it is asked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

from policyctl.cells import classes
from policyctl.cells.program import Ask, Fork, Found, Program, Take, program
from policyctl.cells.syntax import Chars, Place, Repeat, Sequence, parse
from policyctl.pattern.members import Ranges

#: What stands on one side of a place.
_OTHER, _WORD, _NEWLINE, _EDGE = range(4)

#: The steps that take a character, its side, and whether a match may begin within it.
_Kind = tuple[frozenset[int], int, bool]

#: The state in which the pattern has been found, whatever follows; and the one to begin with.
FOUND, START = 0, 1


class Automaton:
    """States are small numbers. A search may begin at any character, so that what was found once stays found."""

    def __init__(self, code: Program) -> None:
        self._code = code
        self._takers = _takers(code)
        places = {step.place for step in code.steps if isinstance(step, Ask)}
        self._knows_words = bool(places & {Place.BOUNDARY, Place.NO_BOUNDARY})
        self._knows_lines = bool(places & {Place.LINE_START, Place.LINE_END})
        #: Where a character begins that may be told from the one before it.
        self.edges = self._edges()
        kinds = tuple(map(self._kind_of, self.edges))
        self._kinds = tuple(dict.fromkeys(kinds))
        self._kind_at = tuple(map({kind: number for number, kind in enumerate(self._kinds)}.__getitem__, kinds))
        self._numbers: dict[tuple[frozenset[int], int], int] = {(frozenset(), -1): FOUND}
        self._states: list[tuple[frozenset[int], int]] = [(frozenset(), -1)]
        self._next: list[dict[int, int]] = [{}]
        self._ends: dict[int, bool] = {FOUND: True}
        self._hopeless: dict[int, bool] = {FOUND: False}
        self._number(frozenset((code.start,)), _EDGE)

    def _edges(self) -> tuple[int, ...]:
        sets = set(self._takers)
        if self._knows_words:
            sets |= {classes.WORD, ((0, 0x7F),)}
        if self._knows_lines:
            sets.add(((10, 10),))
        edges = {edge for ranges in sets for low, high in ranges for edge in (low, high + 1)}
        return tuple(sorted({0} | {edge for edge in edges if edge <= classes.LAST}))

    def _kind_of(self, code: int) -> _Kind:
        """What a character means to this pattern."""
        takers = frozenset(
            number for ranges, numbers in self._takers.items() if _within(code, ranges) for number in numbers
        )
        side = _OTHER
        if self._knows_words and _within(code, classes.WORD):
            side = _WORD
        elif self._knows_lines and code == 0x0A:
            side = _NEWLINE
        return takers, side, code >= 0x80 and self._knows_words

    def kind(self, code: int) -> int:
        """Equal for characters that this automaton cannot tell apart."""
        return self._kind_at[bisect_right(self.edges, code) - 1]

    def step(self, state: int, kind: int) -> int:
        """The state behind one more character of a kind."""
        following = self._next[state].get(kind)
        if following is None:
            following = self._next[state][kind] = FOUND if state == FOUND else self._follow(state, kind)
        return following

    def _follow(self, state: int, kind: int) -> int:
        threads, before = self._states[state]
        takers, side, is_wide = self._kinds[kind]
        reached = self._reach(threads, before, side)
        if 0 in reached:
            return FOUND
        # RE2 runs on bytes: within a character of several bytes a match may begin, and end if it is empty.
        if is_wide and 0 in self._reach((self._code.start,), _OTHER, _OTHER):
            return FOUND
        steps = self._code.steps
        then = {step.then for number in reached & takers if isinstance(step := steps[number], Take)}
        return self._number(frozenset((*then, self._code.start)), side)

    def ends_found(self, state: int) -> bool:
        """Whether the pattern is found if the text ends here."""
        known = self._ends.get(state)
        if known is None:
            threads, before = self._states[state]
            known = self._ends[state] = 0 in self._reach(threads, before, _EDGE)
        return known

    def is_hopeless(self, state: int) -> bool:
        """Whether no text from here on lets the pattern be found; some states that are may not be known to be."""
        known = self._hopeless.get(state)
        if known is None:
            known = self._hopeless[state] = not self.ends_found(state) and self._is_stuck(state)
        return known

    def _is_stuck(self, state: int) -> bool:
        threads, before = self._states[state]
        return before != _EDGE and not any(
            number == 0 or isinstance(self._code.steps[number], Take)
            for kind in (_OTHER, _WORD, _NEWLINE)
            for prior in (before, _OTHER, _WORD, _NEWLINE)
            for number in self._reach((*threads, self._code.start), prior, kind)
        )

    def _number(self, threads: frozenset[int], before: int) -> int:
        key = (threads, before)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._states)
            self._states.append(key)
            self._next.append({})
        return number

    def _reach(self, threads: Iterable[int], before: int, after: int) -> frozenset[int]:
        """Every step that can be come to at one place, between what stands before and after it."""
        reached: set[int] = set()
        waiting = list(threads)
        while waiting:
            number = waiting.pop()
            if number in reached:
                continue
            reached.add(number)
            match self._code.steps[number]:
                case Fork(targets):
                    waiting.extend(targets)
                case Ask(place, then) if _is(place, before, after):
                    waiting.append(then)
                case Ask() | Take() | Found():
                    pass
        return frozenset(reached)


def _is(place: Place, before: int, after: int) -> bool:
    match place:
        case Place.TEXT_START:
            return before == _EDGE
        case Place.TEXT_END:
            return after == _EDGE
        case Place.LINE_START:
            return before in {_EDGE, _NEWLINE}
        case Place.LINE_END:
            return after in {_EDGE, _NEWLINE}
        case Place.BOUNDARY:
            return (before == _WORD) is not (after == _WORD)
        case Place.NO_BOUNDARY:
            return (before == _WORD) is (after == _WORD)


def _takers(code: Program) -> dict[Ranges, list[int]]:
    """The steps that take a character, by the set that they take it from."""
    takers: dict[Ranges, list[int]] = {}
    for number, step in enumerate(code.steps):
        if isinstance(step, Take):
            takers.setdefault(step.ranges, []).append(number)
    return takers


def _within(code: int, ranges: Ranges) -> bool:
    index = bisect_right(ranges, (code, classes.LAST)) - 1
    return index >= 0 and ranges[index][1] >= code


@lru_cache(maxsize=1_024)
def of_pattern(pattern: str) -> Automaton:
    """The automaton of a pattern that RE2 accepts. OutsideSubsetError if it holds what is not known here."""
    return Automaton(program(parse(pattern)))


@lru_cache(maxsize=1_024)
def of_text(text: str) -> Automaton:
    """The automaton that finds a text."""
    return Automaton(program(Sequence(tuple(Chars(((ord(character), ord(character)),)) for character in text))))


@lru_cache(maxsize=256)
def of_length(least: int) -> Automaton:
    """The automaton that finds any text of at least so many characters."""
    return Automaton(program(Repeat(Chars(classes.ANY), least, least)))
