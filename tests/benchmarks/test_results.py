"""The report says what was measured, what was aimed at and what was not reached."""

from __future__ import annotations

from typing import Any

import pytest

from tests.benchmarks.conftest import Find


@pytest.fixture
def rendered(module: Find) -> Any:
    """A table of one figure, as lines."""
    figures, results = module("figures"), module("results")

    def render(values: tuple[float, ...], goal: float | None, better: str, unit: str = "") -> list[str]:
        figure = figures.Figure("summary", values, goal, ("12",))
        table = figures.Table("k", "Title", "Text.", ("calls/s",), "share", figures.Better(better), (figure,), unit)
        return list(results.section(table))

    return render


@pytest.mark.parametrize(
    ("values", "goal", "better", "row"),
    [
        ((0.5, 0.75, 1.0), 0.75, "more", "| summary | 12 | 0.75 (0.50–1.00) | ≥ 0.75 |  |"),
        ((0.5, 0.74, 1.0), 0.75, "more", "| summary | 12 | 0.74 (0.50–1.00) | ≥ 0.75 | missed |"),
        ((1.2, 1.31, 1.3), 1.3, "less", "| summary | 12 | 1.30 (1.20–1.31) | ≤ 1.30 |  |"),
        ((123.4,), 100, "less", "| summary | 12 | 123 | ≤ 100 | missed |"),
        ((12.34,), None, "less", "| summary | 12 | 12.3 |"),
    ],
)
def test_a_median_stands_beside_its_spread_and_its_goal(
    values: tuple[float, ...], goal: float | None, better: str, row: str, rendered: Any
) -> None:
    assert rendered(values, goal, better)[6] == row


def test_a_unit_stands_behind_the_median_and_the_goal(rendered: Any) -> None:
    assert rendered((90.0,), 500, "less", "MiB")[6] == "| summary | 12 | 90.0 MiB | ≤ 500 MiB |  |"


def test_a_table_without_figures_leaves_no_title(module: Find) -> None:
    figures, results = module("figures"), module("results")
    empty = figures.Table("k", "Title", "Text.", (), "share", figures.Better.MORE, ())
    assert list(results.section(empty)) == []


def test_a_chapter_that_gave_up_is_named_at_the_end(module: Find) -> None:
    circumstances = module("results").Circumstances("python benchmarks/run.py", None, {"lint": "it ended with 70"})
    assert module("results").markdown([], circumstances).endswith("## Not measured\n\n- lint: it ended with 70\n")


def test_goals_are_counted_and_the_missed_ones_named(module: Find) -> None:
    figures, results = module("figures"), module("results")
    each = [
        figures.Figure(name, (value,), goal) for name, value, goal in (("a", 1.0, 2), ("b", 3.0, 2), ("c", 1.0, None))
    ]
    table = figures.Table("k", "T", "", (), "ratio", figures.Better.MORE, tuple(each))
    text = results.markdown([table], results.Circumstances("python benchmarks/run.py", None, {}))
    assert "- Goals: 1 reached, 1 missed: k/a\n" in text
