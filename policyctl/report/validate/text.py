"""The findings of `policyctl validate` for people: frames, then what was checked."""

from __future__ import annotations

from policyctl.report.diagnostics.summary import framed, in_lines, verdict
from policyctl.report.style import Style
from policyctl.report.validate.result import ValidateResult


def render(result: ValidateResult, style: Style) -> str:
    """A frame for each finding and two lines of summary."""
    return "\n\n".join(
        (
            *framed(result.diagnostics, result.texts, style),
            f"{verdict(result.diagnostics, style)}\n{result.last_line}\n",
        )
    )


def render_concise(result: ValidateResult) -> str:
    """A line for each finding and one of summary."""
    return in_lines(result.diagnostics, result.last_line)
