"""The findings of `policyctl validate` for people: frames, then what was checked."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diagnostics.summary import verdict
from policyctl.report.style import Style
from policyctl.report.validate.result import ValidateResult


def render(result: ValidateResult, style: Style) -> str:
    """A frame for each finding and two lines of summary."""
    return "\n\n".join((*_frames(result, style), f"{verdict(result.count, style)}\n{result.last_line}\n"))


def render_concise(result: ValidateResult) -> str:
    """A line for each finding and one of summary."""
    from policyctl.report.diagnostics import concise

    summary = f"{verdict(result.count, Style(color=False))} · {result.last_line}\n"
    return "\n".join((*concise.lines(result.diagnostics), summary))


def _frames(result: ValidateResult, style: Style) -> Iterator[str]:
    if result.diagnostics:
        # Most policies are fine, and what draws excerpts takes as long to import as they take to read.
        from policyctl.report.diagnostics.text import frames

        yield from frames(result.diagnostics, result.texts, names=rule_name, style=style)
