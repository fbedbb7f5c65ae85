"""A pattern's tree as a program of small steps, as RE2 itself would run it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from policyctl.cells.syntax import Chars, Choice, Node, OutsideSubsetError, Place, Repeat, Sequence
from policyctl.pattern.members import Ranges

#: Steps of one program; counted repetitions are written out.
MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Take:
    """Go on behind one character of the set."""

    ranges: Ranges
    then: int


@dataclass(frozen=True, slots=True)
class Fork:
    """Go on at any of these."""

    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Go on if the place is such."""

    place: Place
    then: int


class Found:
    """The pattern is found."""


Step: TypeAlias = Take | Fork | Ask | Found


@dataclass(frozen=True, slots=True)
class Program:
    """Step 0 is `Found`; `start` is where a match begins."""

    steps: tuple[Step, ...]
    start: int


def program(tree: Node) -> Program:
    """The program of a tree. OutsideSubsetError if it would be too long."""
    writer = _Writer()
    start = writer.write(tree, 0)
    return Program(tuple(writer.steps), start)


class _Writer:
    """Writes from the end to the beginning: each part is told where to go on."""

    def __init__(self) -> None:
        self.steps: list[Step] = [Found()]

    def write(self, tree: Node, then: int) -> int:
        """The number of the step at which the part begins."""
        match tree:
            case Chars(ranges):
                return self._add(Take(ranges, then))
            case Place():
                return self._add(Ask(tree, then))
            case Sequence(parts):
                for part in reversed(parts):
                    then = self.write(part, then)
                return then
            case Choice(branches):
                return self._add(Fork(tuple(self.write(branch, then) for branch in branches)))
            case Repeat():
                return self._repeat(tree, then)

    def _repeat(self, tree: Repeat, then: int) -> int:
        if tree.most is None:
            loop = self._add(Fork(()))
            body = self.write(tree.part, loop)
            self.steps[loop] = Fork((body, then))
            then = loop
        else:
            end = then
            for _ in range(tree.most - tree.least):
                then = self._add(Fork((self.write(tree.part, then), end)))
        for _ in range(tree.least):
            then = self.write(tree.part, then)
        return then

    def _add(self, step: Step) -> int:
        if len(self.steps) >= MOST_STEPS:
            raise OutsideSubsetError(f"a repetition of more than {MOST_STEPS:,} steps")
        self.steps.append(step)
        return len(self.steps) - 1
