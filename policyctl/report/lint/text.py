"""The findings of `policyctl lint` for people: frames, then what was mended, skipped and checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policyctl.lint.rule import Need
from policyctl.lint.suppress.entry import Kind
from policyctl.report.diagnostics.summary import framed, in_lines, several, verdict
from policyctl.report.escape import escape_terminal
from policyctl.report.lint.result import LintResult
from policyctl.report.style import Style


def render(result: LintResult, style: Style) -> str:
    """A frame for each finding and a few lines of summary."""
    return "\n\n".join((*framed(result.diagnostics, result.texts, style), "\n".join(_summary(result, style)) + "\n"))


def render_concise(result: LintResult) -> str:
    """A line for each finding and one of summary."""
    return in_lines(result.diagnostics, result.last_line)


def _summary(result: LintResult, style: Style) -> Iterator[str]:
    yield verdict(result.diagnostics, style)
    if result.mended:
        yield style.paint(f"mended {several(len(result.mended), 'finding')}", "good")
        for found in result.mended:
            title = found.fix.title if found.fix else ""
            yield f"  {found.code} at {escape_terminal(found.pointer or found.file)}: {escape_terminal(title)}"
    if result.accepted:
        yield style.paint(_accepted(result), "quiet")
    if result.fixable:
        yield style.paint(f"{several(result.fixable, 'finding')} can be mended with --fix", "quiet")
    for crash in result.crashes:
        yield style.paint(f"rule {crash.code} failed on {escape_terminal(crash.file)}; the others ran", "error")
    # A rule that needs two things may have one of them: then others that need no more than that one did run.
    alone = {need for rule in result.skipped if len(rule.needs) == 1 for need in rule.needs}
    for need, option in _OPTIONS.items():
        lacking = sum(need in rule.needs for rule in result.skipped if need in alone or not rule.needs & alone)
        if lacking:
            yield style.paint(f"{several(lacking, 'rule')} did not run for want of {option}", "quiet")
    yield result.last_line


def _accepted(result: LintResult) -> str:
    places: dict[Kind, str] = {
        "configuration": "in the configuration",
        "comment": "by comments",
        "baseline": "in the baseline",
    }
    counts = Counter(each.entry.kind for each in result.accepted)
    return "suppressed: " + " · ".join(f"{counts[kind]:,} {words}" for kind, words in places.items() if counts[kind])


_OPTIONS = {Need.CATALOG: "a catalog (--catalog FILE)", Need.TRACES: "recorded calls (--traces FILE)"}
