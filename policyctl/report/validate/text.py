"""The findings of `policyctl validate` for people: frames, then what was checked."""

from __future__ import annotations

from policyctl.diagnostic import Severity
from policyctl.report.diagnostics import concise
from policyctl.report.diagnostics.text import frames
from policyctl.report.style import Style
from policyctl.report.validate.result import ValidateResult, rule_name


def render(result: ValidateResult, style: Style) -> str:
    """A frame for each finding and two lines of summary."""
    shown = frames(result.diagnostics, result.texts, names=rule_name, style=style)
    return "\n\n".join((*shown, f"{_verdict(result, style)}\n{_checked(result)}")) + "\n"


def render_concise(result: ValidateResult) -> str:
    """A line for each finding and one of summary."""
    return (
        "\n".join((*concise.lines(result.diagnostics), f"{_verdict(result, Style(color=False))} · {_checked(result)}"))
        + "\n"
    )


def _verdict(result: ValidateResult, style: Style) -> str:
    if not result.diagnostics:
        return style.paint("no problems", "good")
    counted = ((result.count(severity), severity) for severity in Severity)
    return " · ".join(
        style.paint(_several(number, severity.value), severity.value) for number, severity in counted if number
    )


def _checked(result: ValidateResult) -> str:
    policies = f"{len(result.policies):,} {'policy' if len(result.policies) == 1 else 'policies'}"
    return f"checked {policies} · {_several(result.tools, 'tool')}"


def _several(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 or thing == "info" else f"{number:,} {thing}s"
