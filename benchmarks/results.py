"""What was measured, as Markdown for people."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from figures import Figure, Table

_PACKAGES = ("policyctl", "orjson", "msgspec", "google-re2", "typer")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and how a run measured; `failures` are chapters that gave up, with the reason."""

    command: str
    core: int | None
    failures: Mapping[str, str]

    @property
    def machine(self) -> dict[str, str]:
        """What figures of two runs may differ by, although policyctl is the same."""
        pinned = "not pinned" if self.core is None else "processes pinned to one of them"
        return {
            "processor": _processor(),
            "cores": f"{os.cpu_count()}, {pinned}",
            "system": f"{platform.system()} {platform.machine()}",
            "python": f"{platform.python_implementation()} {platform.python_version()}",
        }

    @property
    def versions(self) -> dict[str, str]:
        """Of what takes part."""
        return {name: version(name) for name in _PACKAGES}


def markdown(tables: Sequence[Table], circumstances: Circumstances) -> str:
    """The whole report."""
    parts = [
        *_head(tables, circumstances),
        *(line for table in tables for line in section(table)),
        *_failures(circumstances),
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def _head(tables: Sequence[Table], circumstances: Circumstances) -> Iterator[str]:
    yield "# Results"
    yield ""
    yield (
        f"Written by `{circumstances.command}`. Absolute figures drift from run to run: only ratios taken in one run count. "
        "A ratio is the median of pairs that were run in turn, by processor time unless it says otherwise, with the smallest and "
        "the largest in brackets."
    )
    yield ""
    yield f"- Machine: {', '.join(f'{name} {what}' for name, what in circumstances.machine.items())}"
    yield f"- Versions: {', '.join(f'{name} {what}' for name, what in circumstances.versions.items())}"
    yield f"- Goals: {_goals(tables)}"
    yield ""


def _goals(tables: Sequence[Table]) -> str:
    aims = {f"{table.key}/{figure.name}": table.reaches(figure) for table in tables for figure in table.figures}
    missed = [name for name, is_reached in aims.items() if is_reached is False]
    reached = sum(is_reached is True for is_reached in aims.values())
    return f"{reached} reached, {len(missed)} missed" + (f": {'; '.join(missed)}" if missed else "")


def section(table: Table) -> Iterator[str]:
    """One table with its title; nothing without figures."""
    if not table.figures and not table.notes:
        return
    has_goals = any(figure.goal is not None for figure in table.figures)
    heads = ["", *table.columns, table.measure, *(["goal", ""] if has_goals else [])]
    rows = [
        [figure.name, *figure.cells, shown(figure, table.unit), *(_goal(table, figure) if has_goals else ())]
        for figure in table.figures
    ]
    yield f"## {table.title}"
    yield ""
    yield table.text
    yield ""
    yield _row(heads)
    columns = range(1, len(heads))
    yield _row(["---", *("---:" if all(_is_figure(row[column]) for row in rows) else "---" for column in columns)])
    yield from (_row(row) for row in rows)
    yield ""
    for note in table.notes:
        yield f"- {note}"
    if table.notes:
        yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _is_figure(cell: str) -> bool:
    return cell.lstrip("≥≤ ")[:1].isdigit() or not cell


def shown(figure: Figure, unit: str = "") -> str:
    """The median, with the smallest and the largest if there are several."""
    if len(figure.values) == 1:
        return number(figure.median, unit)
    least, most = min(figure.values), max(figure.values)
    return f"{number(figure.median, unit)} ({number(least)}–{number(most)})"


def number(value: float, unit: str = "") -> str:
    """Three digits that count, or more before the point."""
    text = f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    return f"{text} {unit}".rstrip()


def _goal(table: Table, figure: Figure) -> tuple[str, str]:
    if figure.goal is None:
        return "", ""
    sign = "≥" if table.better == "more" else "≤"
    return f"{sign} {number(figure.goal, table.unit)}", "" if table.reaches(figure) else "missed"


def _failures(circumstances: Circumstances) -> Iterator[str]:
    if circumstances.failures:
        yield "## Not measured"
        yield ""
        for name, reason in circumstances.failures.items():
            yield f"- {name}: {reason}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
