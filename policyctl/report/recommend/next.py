"""What to run next."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.report.page.parts import Code, Part, Section, say
from policyctl.report.recommend.result import RecommendResult


def next_section(result: RecommendResult) -> Section:
    """Commands that can be typed as they stand, as far as this run knows the names."""
    return Section("next", "", tuple(say(Code(command), *words) for command, words in _steps(result)))


def _steps(result: RecommendResult) -> Iterator[tuple[str, tuple[Part, ...]]]:
    advice = next(iter(result.advices), None)
    file = (advice.file if advice else None) or "policy.json"
    catalog = advice.catalog.name if advice else "catalog.json"
    tool = next((each.tool.name for each in result.recommendations if each.doubts), None)
    tool = tool or next((each.tool.name for each in result.recommendations if each.outcome.rank > 1), "TOOL")
    yield _typed("policyctl", "recommend", "--catalog", catalog, "--explain", tool), (" why, and how to change it",)
    yield (
        _typed("policyctl", "simulate", "calls.jsonl", "--policy", file),
        (" what it would have done to recorded calls",),
    )


def _typed(*words: str) -> str:
    import shlex

    return shlex.join(words)
