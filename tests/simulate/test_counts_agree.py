"""Every form of the report has the counts that the decisions add up to."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.recordings import MAPS, REAL, ROOT, SHIPPED

if TYPE_CHECKING:
    from tests.conftest import Run

VERDICTS = ("allow", "deny", "approval", "undetermined")


def check(run: Run, folder: Path, policy: Path, trace: Path) -> None:
    outputs = ("--output", "json=r.json", "--output", "text=r.txt", "--output", "markdown=r.md")
    options = ("--map", MAPS[trace.stem]) if trace.stem in MAPS else ()
    words = ["simulate", trace, *options, "--policy", policy, "--stats", "--decisions", "d.jsonl", *outputs]
    result = run(words, cwd=folder)
    assert result.code == 0, result.stderr
    decisions = [json.loads(line) for line in (folder / "d.jsonl").read_text("utf-8").splitlines()]
    report = json.loads((folder / "r.json").read_text("utf-8"))
    check_report(report, decisions)
    check_stats(dict(line.rsplit(" ", 1) for line in result.stdout.splitlines()), report, trace)
    answer = short_answer(report)
    assert (folder / "r.txt").read_text("utf-8").rstrip().splitlines()[-1].endswith(answer)
    assert answer in (folder / "r.md").read_text("utf-8")


def check_report(report: Any, decisions: list[Any]) -> None:
    verdicts = Counter(made["verdict"] for made in decisions)
    assert report["verdicts"] == {verdict: verdicts[verdict] for verdict in VERDICTS}
    coverage = report["coverage"]
    assert (coverage["calls"], coverage["undetermined"]) == (len(decisions), verdicts["undetermined"])
    assert coverage["decided"] == len(decisions) - verdicts["undetermined"]
    assert coverage["sessions"] == len({made["session"] for made in decisions} - {None})
    assert coverage["renamed"] == sum("recorded_tool" in made for made in decisions)
    causes = Counter(made["cause"] for made in decisions if made["verdict"] == "undetermined")
    assert {row["cause"]: row["calls"] for row in coverage["causes"]} == dict(causes)
    tools = Counter((made["tool"], made["verdict"]) for made in decisions)
    shown: Counter[tuple[str, str]] = Counter()
    for row in report["tools"]:
        for verdict in VERDICTS:
            shown[row["tool"], verdict] += row["verdicts"][verdict]
    assert +shown == tools
    rules = Counter(
        (made["rule"], made["pointer"], made["verdict"]) for made in decisions if made["pointer"] is not None
    )
    assert Counter({(row["rule"], row["pointer"], row["verdict"]): row["calls"] for row in report["rules"]}) == rules
    first: dict[str, int] = {}
    for made in decisions:
        if made["pointer"] is not None:
            first.setdefault(made["pointer"], made["source"]["line"])
    assert {row["pointer"]: row["first"]["line"] for row in report["rules"]} == first
    for limit in report["limits"]:
        denied = sum(made["pointer"] == limit["pointer"] for made in decisions)
        assert limit["denied"] == denied
    assert sum(trace["lines"] - trace["bad_lines"] for trace in report["traces"]) >= len(decisions)


def check_stats(stats: dict[str, str], report: Any, trace: Path) -> None:
    coverage = report["coverage"]
    for name in ("calls", "sessions", "decided", "undetermined", "duplicates", "renamed", "late", "without_time"):
        assert stats[f"coverage/{name}"] == str(coverage[name])
    for verdict in VERDICTS:
        assert stats[f"verdicts/{verdict}"] == str(report["verdicts"][verdict])
        own = sum(int(count) for name, count in stats.items() if re.fullmatch(rf"tools/.+/{verdict}", name))
        assert own == report["verdicts"][verdict]
    ruled = sum(int(count) for name, count in stats.items() if name.startswith("rules/"))
    assert ruled == sum(row["calls"] for row in report["rules"])
    assert sum(name.startswith("limits/") and name.endswith("/denied") for name in stats) == len(report["limits"])
    assert any(name.startswith("traces/") and trace.name in name for name in stats)


def short_answer(report: Any) -> str:
    """How every form for people sums up: tools, calls, and each verdict that was given."""
    tools = len(report["tools"])
    counts = [f"{tools:,} tool{'' if tools == 1 else 's'}", f"{report['coverage']['calls']:,} calls"]
    counts += [f"{verdict} {report['verdicts'][verdict]:,}" for verdict in VERDICTS if report["verdicts"][verdict]]
    return " · ".join(counts)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_counts_of_a_shipped_trace(run: Run, repository: Path, name: str) -> None:
    policy = ROOT / "fixtures/policies" / SHIPPED[name]
    check(run, repository, policy, ROOT / "fixtures/traces" / f"{name}.jsonl")


@pytest.mark.parametrize("name", REAL)
def test_the_counts_of_a_real_trace(run: Run, repository: Path, shared_data: Path, name: str) -> None:
    check(run, repository, ROOT / "tests/real/policies" / f"{name}.json", shared_data / "traces" / f"{name}.jsonl")
