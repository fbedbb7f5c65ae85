"""What was measured, as Markdown for people and as JSON to compare."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from measure import Run
from workloads import GOALS, REPLAYS

_PACKAGES = ("policyctl", "orjson", "msgspec", "google-re2", "typer")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Runs of one program, each with the run of the other one beside it."""

    name: str
    runs: tuple[tuple[Run, Run], ...]

    def ratios(self, of: Callable[[Run], float]) -> list[float]:
        """The first program's figure over the second one's, pair by pair, in order of size."""
        return sorted(of(ours) / of(other) for ours, other in self.runs)


@dataclass(frozen=True, slots=True)
class Memory:
    """Peaks of the same replay over a short and a long trace, in bytes."""

    name: str
    small_calls: int
    small: int
    large_calls: int
    large: int


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that one run measured."""

    core: int | None
    calls: int
    starts: tuple[Pairs, ...]
    parsers: Pairs | None
    replays: tuple[Pairs, ...]
    memory: tuple[Memory, ...]


def markdown(results: Results) -> str:
    """The whole report."""
    return "\n".join([*_machine(results), *_speed(results), *_memory(results), *_starts(results), *_commands()]) + "\n"


def _machine(results: Results) -> Iterator[str]:
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    pinned = "not pinned" if results.core is None else "every process pinned to one of them"
    yield "# Results"
    yield ""
    yield "Written by `benchmarks/run.py`. Absolute figures drift from run to run: only ratios taken in one run count."
    yield ""
    yield f"- Machine: {_processor()}, {os.cpu_count()} cores, {pinned}; {platform.system()} {platform.machine()}"
    yield f"- {platform.python_implementation()} {platform.python_version()}, {versions}"
    yield ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown processor"
    )


def _speed(results: Results) -> Iterator[str]:
    yield f"## Calls a second, {results.calls:,} calls"
    yield ""
    yield "Against `orjson.loads` of every line of the same file: median of the pairs, smallest and largest in brackets."
    yield ""
    yield "| | thousand calls/s | orjson | ratio by the clock | ratio by processor time | goal |"
    yield "|---|---:|---:|---:|---:|---:|"
    for pairs in (*results.replays, *([results.parsers] if results.parsers else [])):
        ours = median(results.calls / first.wall / 1_000 for first, _ in pairs.runs)
        other = median(results.calls / second.wall / 1_000 for _, second in pairs.runs)
        wall, cpu = (_range(_inverse(pairs.ratios(of))) for of in (_wall, _cpu))
        goal = f"≥ {GOALS[pairs.name]}" if pairs.name in GOALS else ""
        yield f"| {pairs.name} | {ours:,.0f} | {other:,.0f} | {wall} | {cpu} | {goal} |"
    yield ""


def _memory(results: Results) -> Iterator[str]:
    yield "## Peak memory"
    yield ""
    yield "| | short trace | long trace | growth |"
    yield "|---|---:|---:|---:|"
    for memory in results.memory:
        small = f"{_mib(memory.small)} at {memory.small_calls:,}"
        large = f"{_mib(memory.large)} at {memory.large_calls:,}"
        yield f"| {memory.name} | {small} | {large} | {memory.large / memory.small:.2f} |"
    yield ""


def _starts(results: Results) -> Iterator[str]:
    yield "## Start-up"
    yield ""
    yield "`--version` against an empty console script, `validate` of a small policy against an empty Typer command."
    yield ""
    yield "| | milliseconds | empty program | ratio | goal |"
    yield "|---|---:|---:|---:|---:|"
    for pairs in results.starts:
        ours = median(first.wall * 1_000 for first, _ in pairs.runs)
        other = median(second.wall * 1_000 for _, second in pairs.runs)
        yield f"| {pairs.name} | {ours:.0f} | {other:.0f} | {_range(pairs.ratios(_wall))} | ≤ 1.3 |"
    yield ""


def _commands() -> Iterator[str]:
    yield "## Commands"
    yield ""
    yield "```"
    for replay in REPLAYS:
        yield f"{' '.join(['policyctl', *replay.command(Path('DIR'))[1:]])}  # {replay.name}"
    yield "python benchmarks/baseline.py orjson DIR/trace.jsonl"
    yield "```"


def _wall(run: Run) -> float:
    return run.wall


def _cpu(run: Run) -> float:
    return run.cpu


def _inverse(ratios: list[float]) -> list[float]:
    """Of seconds to calls a second."""
    return sorted(1 / ratio for ratio in ratios)


def _range(ratios: list[float]) -> str:
    return f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"


def _mib(size: int) -> str:
    return f"{size / 2**20:,.0f} MiB"


def document(results: Results) -> dict[str, Any]:
    """Every single run, so that another time may ask another question."""
    pairs = (*results.replays, *([results.parsers] if results.parsers else []))
    return {
        "schema": "policyctl/benchmarks/v1",
        "machine": {"processor": _processor(), "cores": os.cpu_count(), "python": platform.python_version()},
        "versions": {name: version(name) for name in _PACKAGES},
        "calls": results.calls,
        "replays": {entry.name: _runs(entry) for entry in pairs},
        "starts": {entry.name: _runs(entry) for entry in results.starts},
        "memory": {
            entry.name: {str(entry.small_calls): entry.small, str(entry.large_calls): entry.large}
            for entry in results.memory
        },
    }


def _runs(pairs: Pairs) -> list[dict[str, dict[str, float]]]:
    return [{"ours": _figures(ours), "other": _figures(other)} for ours, other in pairs.runs]


def _figures(run: Run) -> dict[str, float]:
    return {"wall": round(run.wall, 4), "cpu": round(run.cpu, 4), "peak": run.peak}
