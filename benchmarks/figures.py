"""What a run of the benchmarks finds out: tables of figures, each measured several times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median


class Better(StrEnum):
    """Which way a figure should go."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity, once for each repetition; `cells` is what else stands in its row."""

    name: str
    values: tuple[float, ...]
    goal: float | None = None
    cells: tuple[str, ...] = ()

    @property
    def median(self) -> float:
        """What counts."""
        return median(self.values)


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one kind; `key` is what `--only` asks for, `measure` the heading of the figures."""

    key: str
    title: str
    text: str
    columns: tuple[str, ...]
    measure: str
    better: Better
    figures: tuple[Figure, ...]
    unit: str = ""
    notes: tuple[str, ...] = ()

    def reaches(self, figure: Figure) -> bool | None:
        """Whether a figure is as good as its goal; None without one."""
        if figure.goal is None:
            return None
        return figure.median >= figure.goal if self.better is Better.MORE else figure.median <= figure.goal


@dataclass(frozen=True, slots=True)
class Setting:
    """How a run measures: `calls` is the usual length of a trace, `rounds` how many pairs make a figure."""

    quick: bool
    calls: int
    rounds: int
    only: str = ""

    def wants(self, key: str, name: str) -> bool:
        """Whether a figure was asked for."""
        return self.only in f"{key}/{name}"


def ratios(pairs: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    """The first of each pair over the second."""
    return tuple(first / second for first, second in pairs)
