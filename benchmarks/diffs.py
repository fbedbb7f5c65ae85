"""How long the comparison of two policies takes: against parsing them, and the whole command against an empty one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING

from figures import Better, Figure, Setting, Table, ratios
from measure import in_turn, no_collection
from starts import empty_command
from workloads import POLICYCTL, WORK, line, measuring, started

if TYPE_CHECKING:
    from compare import Family


def chapter(setting: Setting) -> Iterator[Table]:
    """Over tools and conditions."""
    # A measured process starts as large as the one that starts it: what this needs is imported late.
    import compare

    families = compare.families
    chosen = [family for family in families() if not setting.quick or family.name.startswith("100 tools, 10 ")]
    yield Table(
        "diff",
        "Two policies compared over all calls",
        "In this process, by processor time, against `json.loads` of both files. Some tools differ in one condition or more; both "
        "directions are answered, and each witness is decided by the engine.",
        ("size", "tools that differ", "milliseconds"),
        "times as long",
        Better.LESS,
        tuple(_comparing(family, setting) for family in chosen if setting.wants("diff", family.name)),
    )
    # One tool with ever more to say, as far as `compare.py` has such pairs.
    harder = () if setting.quick else tuple(getattr(compare, "growing", tuple)())
    yield Table(
        "diff-tool",
        "One tool compared, with more and more to say",
        "The same for policies of one tool: conditions, paths, patterns, random clauses, limits. Caps bound the time; where one "
        "answers, the tool counts as undetermined.",
        ("size", "tools that differ", "milliseconds"),
        "times as long",
        Better.LESS,
        tuple(_comparing(family, setting) for family in harder if setting.wants("diff-tool", family.name)),
    )
    yield Table(
        "diff-command",
        "The whole command `policyctl diff`",
        "Against a Typer command that does nothing: reading and checking both policies, comparing their wording "
        "and what they decide.",
        ("milliseconds",),
        "times as long",
        Better.LESS,
        tuple(_command(family, setting) for family in chosen if setting.wants("diff-command", family.name)),
    )


def _comparing(family: Family, setting: Setting) -> Figure:
    from compare import policy, timed

    from policyctl.diff.compare import compare

    measuring(f"the comparison of {family.name}")
    texts = json.dumps(family.old), json.dumps(family.new)
    old, new = policy("old.json", texts[0]), policy("new.json", texts[1])
    with no_collection():
        pairs = [
            (timed(lambda: compare(old, new)), timed(lambda: [json.loads(text) for text in texts]))
            for _ in range(setting.rounds)
        ]
    differing = len(compare(old, new).changes)
    milliseconds = median(ours for ours, _ in pairs) * 1e3
    cells = (f"{sum(map(len, texts)) // 1_000:,} kB", f"{differing:,}", f"{milliseconds:,.1f}")
    return Figure(family.name, ratios(pairs), None, cells)


def _command(family: Family, setting: Setting) -> Figure:
    measuring(f"policyctl diff of {family.name}")
    paths = WORK / "old.json", WORK / "new.json"
    for path, document in zip(paths, (family.old, family.new), strict=True):
        path.write_text(json.dumps(document), "utf-8")
    ours, other = line(POLICYCTL, "diff", *paths), line(empty_command(), paths[0])
    pairs = in_turn(setting.rounds, lambda: started(ours), lambda: started(other))
    milliseconds = median(run.cpu for run, _ in pairs) * 1e3
    return Figure(family.name, ratios([(run.cpu, empty.cpu) for run, empty in pairs]), None, (f"{milliseconds:,.0f}",))
