"""`policyctl rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import tell
from policyctl.cli.options import FORMAT, ColorOption, use_color

if TYPE_CHECKING:
    from policyctl.report.style import Style


def rule(
    name: Annotated[
        str | None, typer.Argument(metavar="CODE|NAME", help="Which one; left out, all are listed.")
    ] = None,
    format: Annotated[Literal["text", "markdown"], FORMAT] = "text",
    color: ColorOption = "auto",
) -> int:
    """Show the page of a rule: what it finds, why that is bad, what to do instead, with an example of both.

    Without a name, list all rules by family, with the severity of each and what it needs. Codes that other commands give,
    such as `SCH01`, `DRF05` or `DIF01`, have a short page.
    """
    from policyctl.report.lint import pages
    from policyctl.report.style import Style

    style = Style(use_color(color))
    if name is None:
        tell(pages.index() if format == "markdown" else pages.listing(style))
        return int(ExitCode.CLEAN)
    tell(_page(name, style, format=format))
    return int(ExitCode.CLEAN)


def _page(name: str, style: Style, *, format: str) -> str:
    """The page of a rule of `lint`, or the short one of a code that other commands give."""
    from policyctl.lint.select import find, is_rule
    from policyctl.report.lint import pages

    if not is_rule(name):
        from policyctl.report.diagnostics import page

        other = page.find(name)
        if other is not None:
            return page.page(*other) if format == "markdown" else page.shown(*other, style)
    chosen = find(name)
    return pages.page(chosen) if format == "markdown" else pages.shown(chosen, style)
