"""A replay over traces of growing length: the time per call and the memory are to stay as they are."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from figures import Better, Figure, Setting, Table, ratios
from measure import Pairs, in_turn
from replays import LIMITS, SUMMARY, Replay
from workloads import baseline, measuring, started, trace

TOOLS = 100
LENGTHS = (100_000, 1_000_000, 10_000_000)
QUICK_LENGTHS = (20_000, 100_000)
#: Mebibytes above those of an empty interpreter.
ROOM = 500


def chapter(setting: Setting) -> Iterator[Table]:
    """Time and memory, with limits and without."""
    lengths = QUICK_LENGTHS if setting.quick else LENGTHS
    empty = started([sys.executable, "-c", "pass"]).peak
    times, peaks = [], []
    for replay in (SUMMARY, LIMITS):
        for calls in lengths:
            name = f"{replay.name}, {calls:,} calls"
            if setting.wants("growth", name):
                measuring(name)
                pairs = _pairs(replay, calls)
                times.append(_time(name, pairs, calls))
                peak = max(ours.peak for ours, _ in pairs)
                peaks.append(Figure(name, (_mebibytes(peak - empty),), ROOM, (f"{_mebibytes(peak):,.0f} MiB",)))
    yield Table(
        "growth",
        "Time over the length of a trace",
        f"Policies of {TOOLS} tools. Time is linear if a million calls take as long in a long trace as in a short one; the "
        "start of the process weighs in short ones. The share of orjson's rate says the same without the machine's moods.",
        ("seconds", "a million calls", "of it orjson"),
        "share of orjson's rate",
        Better.MORE,
        tuple(times),
    )
    yield Table(
        "memory",
        "Memory over the length of a trace",
        f"The peak of the process, above that of an interpreter that does nothing ({_mebibytes(empty):.0f} MiB).",
        ("peak",),
        "above the interpreter's",
        Better.LESS,
        tuple(peaks),
        unit="MiB",
    )


def _pairs(replay: Replay, calls: int) -> Pairs:
    ours, other = replay.command(TOOLS, calls), baseline("orjson", trace(tools=TOOLS, calls=calls))
    rounds = 5 if calls <= LENGTHS[0] else 3 if calls <= LENGTHS[1] else 1
    return in_turn(rounds, lambda: started(ours), lambda: started(other))


def _time(name: str, pairs: Pairs, calls: int) -> Figure:
    ours, other = (min(run.cpu for run in side) for side in zip(*pairs, strict=True))
    million = calls / 1e6
    cells = (f"{ours:,.2f}", f"{ours / million:.2f} s", f"{other / million:.2f} s")
    return Figure(name, ratios([(other.cpu, ours.cpu) for ours, other in pairs]), None, cells)


def _mebibytes(size: int) -> float:
    return size / 2**20
