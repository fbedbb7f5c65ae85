"""A replay end to end, against programs that only parse the same file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from figures import Better, Figure, Setting, Table, ratios
from measure import Pairs, in_turn
from workloads import baseline, measuring, simulate, started, trace

SIZES = (100, 5, 1_300)


@dataclass(frozen=True, slots=True)
class Replay:
    """A way to replay a trace, with the shares of orjson's rate that are asked for, by the number of tools."""

    name: str
    policy: str
    goals: dict[int, float]
    has_decisions: bool = False

    def command(self, tools: int, calls: int) -> list[str]:
        """The words of the command line."""
        folder = trace(tools=tools, calls=calls)
        options = ("--decisions", folder / "decisions.jsonl") if self.has_decisions else ()
        return simulate(folder, self.policy, *options)


SUMMARY = Replay("summary", "policy.json", {100: 1.2, 1_300: 0.9})
LIMITS = Replay("limits", "policy-limits.json", {100: 0.8, 1_300: 0.6})
DECISIONS = Replay("a decision per call", "policy.json", {100: 1.0, 1_300: 0.7}, has_decisions=True)


def chapter(setting: Setting) -> Iterator[Table]:
    """Against orjson, against the least that decoding can cost, and how far apart those two are."""
    sizes = SIZES[:1] if setting.quick else SIZES
    yield _against_orjson(setting, sizes)
    yield _against_the_bound(setting, sizes)
    yield _parsers(setting, sizes)


def _against_orjson(setting: Setting, sizes: tuple[int, ...]) -> Table:
    figures = []
    for replay in (SUMMARY, DECISIONS, LIMITS):
        for tools in sizes:
            name = f"{replay.name}, {tools:,} tools"
            if setting.wants("replay", name):
                measuring(f"{name}, against orjson")
                pairs = _pairs(setting, replay.command(tools, setting.calls), "orjson", tools)
                figures.append(_figure(name, pairs, setting.calls, None if setting.quick else replay.goals.get(tools)))
    return Table(
        "replay",
        "A replay against orjson",
        f"`policyctl simulate` of {setting.calls:,} calls, start and all (which weighs in a short trace), against a program that calls `orjson.loads` on "
        "each line of the same file and forgets the result.",
        ("thousand calls/s", "orjson", "by the clock"),
        "share of orjson's rate",
        Better.MORE,
        tuple(figures),
    )


def _against_the_bound(setting: Setting, sizes: tuple[int, ...]) -> Table:
    figures = []
    for tools in sizes:
        name = f"summary, {tools:,} tools"
        if setting.wants("bound", name):
            measuring(f"{name}, against the least that decoding can cost")
            pairs = _pairs(setting, SUMMARY.command(tools, setting.calls), "tagged", tools)
            figures.append(_figure(name, pairs, setting.calls, None))
    return Table(
        "bound",
        "A replay against the least that decoding can cost",
        "The same command against a program that decodes of each line the tool and the arguments that the policy reads, with "
        "msgspec and a type per tool, and forgets the result.",
        ("thousand calls/s", "decoding", "by the clock"),
        "share of its rate",
        Better.MORE,
        tuple(figures),
    )


def _parsers(setting: Setting, sizes: tuple[int, ...]) -> Table:
    figures = []
    for parser, tools in (("json", sizes[0]), *(("tagged", tools) for tools in sizes)):
        name = "json.loads" if parser == "json" else f"msgspec, a type per tool, {tools:,} tools"
        if setting.wants("parsers", name):
            measuring(f"{name}, against orjson")
            words = baseline(parser, trace(tools=tools, calls=setting.calls))
            pairs = _pairs(setting, words, "orjson", tools)
            figures.append(_figure(name, pairs, setting.calls, None))
    return Table(
        "parsers",
        "What parsing alone costs",
        "For scale: other programs that only parse, against orjson.",
        ("thousand calls/s", "orjson", "by the clock"),
        "share of orjson's rate",
        Better.MORE,
        tuple(figures),
    )


def _pairs(setting: Setting, ours: list[str], parser: str, tools: int) -> Pairs:
    other = baseline(parser, trace(tools=tools, calls=setting.calls))
    return in_turn(setting.rounds, lambda: started(ours), lambda: started(other))


def _figure(name: str, pairs: Pairs, calls: int, goal: float | None) -> Figure:
    """By processor time, which stays true when other programs want the core."""
    rates = [f"{calls / median(run.cpu for run in side) / 1e3:,.0f}" for side in zip(*pairs, strict=True)]
    wall = median(other.wall / ours.wall for ours, other in pairs)
    values = ratios([(other.cpu, ours.cpu) for ours, other in pairs])
    return Figure(name, values, goal, (*rates, f"{wall:.2f}"))
