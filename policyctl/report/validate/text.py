"""The findings of `policyctl validate` for people: frames, then what was checked."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.report.style import Style, severity_role
from policyctl.report.validate.result import ValidateResult, rule_name


def render(result: ValidateResult, style: Style) -> str:
    """A frame for each finding and two lines of summary."""
    return "\n\n".join((*_frames(result, style), f"{_verdict(result, style)}\n{_checked(result)}\n"))


def render_concise(result: ValidateResult) -> str:
    """A line for each finding and one of summary."""
    from policyctl.report.diagnostics import concise

    summary = f"{_verdict(result, Style(color=False))} · {_checked(result)}\n"
    return "\n".join((*concise.lines(result.diagnostics), summary))


def _frames(result: ValidateResult, style: Style) -> Iterator[str]:
    if result.diagnostics:
        # Most policies are fine, and what draws excerpts takes as long to import as they take to read.
        from policyctl.report.diagnostics.text import frames

        yield from frames(result.diagnostics, result.texts, names=rule_name, style=style)


def _verdict(result: ValidateResult, style: Style) -> str:
    if not result.diagnostics:
        return style.paint("no problems", "good")
    found = ((result.count(severity), severity) for severity in Severity)
    return " · ".join(
        style.paint(_several(number, severity.value), severity_role(severity)) for number, severity in found if number
    )


def _checked(result: ValidateResult) -> str:
    policies = f"{len(result.policies):,} {'policy' if len(result.policies) == 1 else 'policies'}"
    return f"checked {policies} · {_several(result.tools, 'tool')}"


def _several(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 or thing == "info" else f"{number:,} {thing}s"
