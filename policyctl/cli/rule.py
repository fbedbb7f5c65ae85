"""`policyctl rule`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import tell
from policyctl.cli.options import FORMAT, ColorOption, use_color


def rule(
    name: Annotated[
        str | None, typer.Argument(metavar="CODE|NAME", help="Which one; left out, all are listed.")
    ] = None,
    format: Annotated[Literal["text", "markdown"], FORMAT] = "text",
    color: ColorOption = "auto",
) -> int:
    """Show the page of a rule: what it finds, why that is bad, what to do instead, with an example of both.

    Without a name, list all rules by family, with the severity of each and what it needs.
    """
    from policyctl.lint.select import find
    from policyctl.report.diagnostics.rules import rule_beside_lint
    from policyctl.report.lint import pages
    from policyctl.report.style import Style

    style = Style(use_color(color))
    if name is None:
        tell(pages.index() if format == "markdown" else pages.listing(style))
        return int(ExitCode.CLEAN)
    known = rule_beside_lint(name)
    if known is not None:
        from policyctl.report.diagnostics.page import page, shown

        tell(page(known) if format == "markdown" else shown(known, style))
        return int(ExitCode.CLEAN)
    chosen = find(name)
    tell(pages.page(chosen) if format == "markdown" else pages.shown(chosen, style))
    return int(ExitCode.CLEAN)
