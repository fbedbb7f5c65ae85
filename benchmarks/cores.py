"""A replay in several processes, and one of two policies, each against the plain one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from figures import Better, Figure, Setting, Table, ratios
from measure import Pairs, in_turn, on_all_cores
from replays import LIMITS, SUMMARY
from workloads import knows, measuring, simulate, started, trace

TOOLS = 100


def chapter(setting: Setting) -> Iterator[Table]:
    """Both, as far as the command knows how."""
    if knows("simulate", "--jobs"):
        yield _processes(setting)
    if knows("simulate", "--base"):
        yield _two_policies(setting)


def _processes(setting: Setting) -> Table:
    calls = setting.calls if setting.quick else 2 * setting.calls
    figures = []
    for replay, goal in ((SUMMARY, 1.7), (LIMITS, 1.7)):
        name = f"{replay.name}, 2 processes"
        if setting.wants("cores", name):
            measuring(f"{name}, against 1")
            words = replay.command(TOOLS, calls)
            one, two = ([*words[: words.index("--jobs")], "--jobs", number] for number in "12")
            with on_all_cores():
                pairs = _in_turn(setting, two, one)
            values = ratios([(one.wall, two.wall) for two, one in pairs])
            seconds = [f"{min(run.wall for run in side):.2f} s" for side in zip(*pairs, strict=True)]
            figures.append(Figure(name, values, goal, tuple(seconds)))
    return Table(
        "cores",
        "Two processes against one",
        f"{calls:,} calls, {TOOLS} tools, by the clock, on {os.cpu_count()} cores that no process is pinned to: whatever else "
        "runs takes from both.",
        ("two", "one"),
        "times as fast",
        Better.MORE,
        tuple(figures),
    )


def _in_turn(setting: Setting, ours: list[str], other: list[str]) -> Pairs:
    return in_turn(setting.rounds, lambda: started(ours), lambda: started(other))


def base_of(policy: Path) -> Path:
    """The same policy, in which some tools have the operands of another of their kind."""
    document = json.loads(policy.read_text("utf-8"))
    names = list(document["tools"])
    for number in range(0, len(names), 11):
        donor = document["tools"][names[(number + 10) % len(names)]]
        document["tools"][names[number]] |= {part: donor[part] for part in ("require", "deny_if")}
    path = policy.with_name(f"base-{policy.name}")
    path.write_text(json.dumps(document), "utf-8")
    return path


def _two_policies(setting: Setting) -> Table:
    figures = []
    for replay in (SUMMARY, LIMITS):
        name = f"{replay.name}, two policies"
        if setting.wants("base", name):
            measuring(f"{name}, against one")
            folder = trace(tools=TOOLS, calls=setting.calls)
            one = simulate(folder, replay.policy)
            one.remove("--stats")
            two = [*one, "--base", os.fspath(base_of(folder / replay.policy))]
            pairs = _in_turn(setting, two, one)
            values = ratios([(two.cpu, one.cpu) for two, one in pairs])
            seconds = [f"{min(run.cpu for run in side):.2f} s" for side in zip(*pairs, strict=True)]
            figures.append(Figure(name, values, 1.8, tuple(seconds)))
    return Table(
        "base",
        "Two policies compared on a trace, against one replayed",
        f"`policyctl simulate --base` of {setting.calls:,} calls: one tool in eleven of the base has other operands.",
        ("two", "one"),
        "times as long",
        Better.LESS,
        tuple(figures),
    )
