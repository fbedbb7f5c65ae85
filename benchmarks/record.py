"""What was measured, as JSON, so that a later run can be compared with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from figures import Better, Table
from results import Circumstances, number

SCHEMA = "policyctl/benchmarks/v2"
#: How much worse a median may be before that counts as a regression.
TOLERANCE = 0.15


class RecordError(Exception):
    """A file is no record of a run."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A figure as a file has it."""

    values: tuple[float, ...]
    better: Better
    unit: str


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of two runs; `worse` is the share by which it went the wrong way, negative if it went the right one."""

    name: str
    earlier: float
    later: float
    better: Better
    unit: str

    @property
    def worse(self) -> float:
        if self.better is Better.MORE:
            return self.earlier / self.later - 1
        return self.later / self.earlier - 1


def document(tables: Sequence[Table], circumstances: Circumstances) -> dict[str, Any]:
    """Every single value, so that another time may ask another question."""
    return {
        "schema": SCHEMA,
        "command": circumstances.command,
        "machine": circumstances.machine,
        "versions": circumstances.versions,
        "failures": dict(circumstances.failures),
        "figures": {
            f"{table.key}/{figure.name}": {
                "values": [round(value, 4) for value in figure.values],
                "better": table.better.value,
                "unit": table.unit,
                "goal": figure.goal,
            }
            for table in tables
            for figure in table.figures
        },
    }


def load(path: Path) -> dict[str, Any]:
    """A record; RecordError if the file holds something else."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RecordError(f"`{path}` cannot be read: {error}") from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise RecordError(f"`{path}` is no record of {SCHEMA}")
    return found


def changes(earlier: dict[str, Any], later: dict[str, Any]) -> tuple[Change, ...]:
    """Figures that both runs have."""
    before, after = _figures(earlier), _figures(later)
    return tuple(
        Change(name, median(before[name].values), median(after[name].values), after[name].better, after[name].unit)
        for name in after
        if name in before
    )


def _figures(record: dict[str, Any]) -> dict[str, Recorded]:
    return {
        name: Recorded(tuple(each["values"]), Better(each["better"]), each["unit"])
        for name, each in record["figures"].items()
    }


def regressions(found: Sequence[Change], tolerance: float) -> tuple[Change, ...]:
    """Those that are worse by more than is tolerated."""
    return tuple(change for change in found if change.worse > tolerance)


def comparison(earlier: dict[str, Any], later: dict[str, Any], tolerance: float) -> str:
    """Both runs side by side, as Markdown."""
    return "\n".join(_comparison(earlier, later, tolerance)) + "\n"


def _comparison(earlier: dict[str, Any], later: dict[str, Any], tolerance: float) -> Iterator[str]:
    found = changes(earlier, later)
    bad = regressions(found, tolerance)
    yield "## Against an earlier run"
    yield ""
    for part in ("machine", "versions"):
        for name, value in later[part].items():
            if earlier[part].get(name) != value:
                yield f"- {name}: {earlier[part].get(name, 'unknown')} before, {value} now"
    yield ""
    yield "| | before | now | better by | |"
    yield "|---|---:|---:|---:|---|"
    for change in found:
        mark = "**regression**" if change in bad else ""
        figures = (number(figure, change.unit) for figure in (change.earlier, change.later))
        yield f"| {change.name.replace('|', chr(92) + '|')} | {' | '.join(figures)} | {-change.worse:+.0%} | {mark} |"
    yield ""
    for title, one, other in (("not measured now", earlier, later), ("not measured before", later, earlier)):
        missing = [name for name in one["figures"] if name not in other["figures"]]
        if missing:
            yield f"{len(missing)} {title}: {', '.join(missing)}"
            yield ""
    yield f"{len(bad)} of {len(found)} figures are worse by more than {tolerance:.0%}."
