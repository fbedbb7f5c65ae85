"""What there is to say of a code that `lint` does not give: one sentence."""

from __future__ import annotations

from policyctl.report.diagnostics.rules import KnownRule
from policyctl.report.style import Style, severity_role


def shown(known: KnownRule, style: Style) -> str:
    """The rule on a terminal."""
    title = f"{style.paint(known.code, severity_role(known.severity))} {style.paint(known.name, 'strong')}"
    lines = [title, style.paint(f"{known.severity.value}, usually", "quiet"), "", known.summary]
    if known.refs:
        lines += ["", style.paint(f"see also: {', '.join(known.refs)}", "quiet")]
    return "\n".join(lines)


def page(known: KnownRule) -> str:
    """The rule as Markdown."""
    also = f"\n\nSee also: {', '.join(known.refs)}" if known.refs else ""
    return f"# {known.code} {known.name}\n\n{known.severity.value}, usually\n\n{known.summary}{also}\n"
