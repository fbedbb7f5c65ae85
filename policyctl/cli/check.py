"""`policyctl check`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from policyctl.cli.checking import Documents, asserted, checked, exit_code, flawed
from policyctl.cli.documents import FlawedDocumentError
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish
from policyctl.cli.in_force import assignments
from policyctl.cli.options import (
    DIAGNOSTIC_FORMATS,
    ColorOption,
    ConfigOption,
    DiagnosticFormat,
    Outputs,
    page_width,
    use_color,
)
from policyctl.diagnostic import Severity
from policyctl.report.check.result import CheckReport
from policyctl.report.diagnostics.formats import FORMATS, render
from policyctl.report.style import Style
from policyctl.workspace.config import load, load_at

AssertOption = Annotated[
    list[str] | None,
    typer.Option("--assert", "-a", metavar="FILE", help="What must hold; may be repeated. Else the configured files."),
]
PolicyOption = Annotated[
    str | None, typer.Option("--policy", "-p", metavar="FILE", help="The policy, instead of the one that is found.")
]
CatalogOption = Annotated[
    str | None,
    typer.Option("--catalog", "-c", metavar="FILE", help="The tools of the policy's server, with their classes."),
]
ServerOption = Annotated[
    str | None,
    typer.Option("--server", "-s", metavar="NAME", help="Only this one of the configured servers."),
]
BaseRev = Annotated[
    str | None,
    typer.Option("--base-rev", metavar="REV", help="Take the assertions from this revision of the repository."),
]
FailOn = Annotated[
    Literal["error", "warning", "info"], typer.Option("--fail-on", help="The mildest finding that exits with 1.")
]


def check(
    asserts: AssertOption = None,
    policy: PolicyOption = None,
    catalog: CatalogOption = None,
    server: ServerOption = None,
    base_rev: BaseRev = None,
    fail_on: FailOn = "error",
    format: DiagnosticFormat = "text",
    output: Outputs = None,
    color: ColorOption = "auto",
    config: ConfigOption = None,
) -> int:
    """Prove what must hold of a policy for every call there can be, or show a call that breaks it.

    A file of assertions says `never_allow`, `always_deny`, `needs_approval`, `at_most`, `always_allow` or `can_allow`, each of
    tools by name, class, risk, tags or hints. Each holds, fails with the smallest call, decided by the engine, or is
    undetermined with the reason.

    Exits with 0 if all hold, 1 if one fails or a file has errors, 2 if a file cannot be read, 3 if nothing was checked, 4 if
    something is undetermined.
    """
    from policyctl.cli.refusals import refuse_replacing, refuse_second_reading

    to = destinations(output, DIAGNOSTIC_FORMATS)
    read = [name for name in (*(asserts or ()), policy, catalog) if name is not None]
    refuse_second_reading(*read)
    refuse_replacing(read, [destination.path for destination in to])
    configuration = load(config)
    policies = Documents()
    try:
        trusted = configuration if base_rev is None else load_at(base_rev, config)
        stated = asserted(asserts or (), configuration, trusted, base_rev)
        in_force = assignments(policy, catalog, server, configuration, load=policies.load)
    except FlawedDocumentError as flaws:
        report = flawed(flaws)
    else:
        report = checked(stated, in_force, policies)
    code = exit_code(report, Severity(fail_on))
    painted, width = use_color(color), page_width()
    return finish(lambda form: _render(form, report, code, color=painted, width=width), code, format=format, to=to)


def _render(form: str, report: CheckReport, code: ExitCode, *, color: bool, width: int) -> str:
    match form:
        case "json":
            from policyctl.report.check import json

            return json.render(report, code)
        case "markdown":
            from policyctl.report.check import markdown

            return markdown.render(report)
        case _ if form in FORMATS:
            return render(form, report.diagnosed(code))
        case _:
            from policyctl.report.check import text

            return text.render_concise(report) if form == "concise" else text.render(report, Style(color), width)
