"""What to run next."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.recommend.rule import Recommendation
from policyctl.report.escape import is_shown
from policyctl.report.page.parts import Code, Part, Section, say
from policyctl.report.recommend.result import RecommendResult


def next_section(result: RecommendResult) -> Section:
    """Commands that can be typed as they stand, as far as this run knows the names."""
    return Section("next", "", tuple(say(Code(command), *words) for command, words in _steps(result)))


def _steps(result: RecommendResult) -> Iterator[tuple[str, tuple[Part, ...]]]:
    advice = next(iter(result.advices), None)
    file = (advice.file if advice else None) or "policy.json"
    catalog = advice.catalog.name if advice else "catalog.json"
    # What cannot be typed is not suggested.
    typed = [
        each for each in result.recommendations if is_shown(each.tool.name) and each.tool.name[:1] not in {"", "-"}
    ]
    tool = next((each.tool.name for each in sorted(typed, key=_interest)), "TOOL")
    yield _typed("policyctl", "recommend", "--catalog", catalog, "--explain", tool), (" why, and how to change it",)
    yield (
        _typed("policyctl", "simulate", "calls.jsonl", "--policy", file),
        (" what it would have done to recorded calls",),
    )


def _interest(each: Recommendation) -> tuple[bool, int]:
    """Doubtful tools first, then those that are held back most."""
    return not each.doubts, -each.outcome.rank


def _typed(*words: str) -> str:
    import shlex

    return shlex.join(words)
