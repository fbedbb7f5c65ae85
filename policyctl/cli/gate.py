"""`policyctl gate`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from policyctl.cli.diff_gates import gate_of
from policyctl.cli.documents import FlawedDocumentError, print_flaws
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish, note
from policyctl.cli.options import FORMAT, ColorOption, ConfigOption, Outputs, Quiet, page_width, use_color
from policyctl.diagnostic import Severity
from policyctl.report.diagnostics.formats import FORMATS, render
from policyctl.report.gate.result import GateReport
from policyctl.workspace.config import load, load_at

_FORMATS = ("text", "json", "github", "gitlab", "junit", "markdown", "sarif")

Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE", help="Policies; else those of the configured servers, else the one that is found."),
]
BaseRev = Annotated[
    str,
    typer.Option(
        "--base-rev", metavar="REV", help="The revision that the change is to be merged into, such as origin/main."
    ),
]
CatalogOption = Annotated[
    str | None,
    typer.Option("--catalog", "-c", metavar="FILE", help="The tools of the server, instead of the configured ones."),
]
TracesOption = Annotated[
    list[str] | None,
    typer.Option("--traces", "-t", metavar="TRACE", help="Recorded calls, instead of the configured; may be repeated."),
]
AssertOption = Annotated[
    list[str] | None,
    typer.Option("--assert", "-a", metavar="FILE", help="What must hold, instead of the configured; may be repeated."),
]
Baseline = Annotated[
    str | None, typer.Option("--baseline", metavar="FILE", help="Findings of lint that are known at the base.")
]
FailOn = Annotated[
    Literal["error", "warning", "info"], typer.Option("--fail-on", help="The mildest finding that exits with 1.")
]


def gate(
    base_rev: BaseRev,
    files: Files = None,
    catalog: CatalogOption = None,
    traces: TracesOption = None,
    asserts: AssertOption = None,
    baseline: Baseline = None,
    fail_on: FailOn = "error",
    format: Annotated[Literal["text", "json", "github", "gitlab", "junit", "markdown", "sarif"], FORMAT] = "text",
    output: Outputs = None,
    color: ColorOption = "auto",
    config: ConfigOption = None,
    quiet: Quiet = False,
) -> int:
    """Judge a change of policies in one run: validate, lint, diff, check and simulate, and one verdict.

    The policies are those of the working tree, beside those of the base revision. How they are judged is the base's: rules,
    suppressions, thresholds and assertions, so that a change cannot approve itself; it may add assertions and recordings.

    Exits with 0 if every analysis passes, 1 if one fails, 2 if a file cannot be read, 3 if recordings hold no call, 4 if
    something is undetermined, 70 if a rule failed.
    """
    from policyctl.cli.gating import Ask, judge
    from policyctl.cli.refusals import refuse_replacing, refuse_second_reading

    to = destinations(output, _FORMATS)
    read = [name for name in (*(files or ()), catalog, *(traces or ()), *(asserts or ())) if name is not None]
    refuse_second_reading(*read)
    refuse_replacing(read, [destination.path for destination in to])
    configuration = load(config)
    trusted = load_at(base_rev, config)
    ask = Ask(
        revision=base_rev,
        configuration=configuration,
        trusted=trusted,
        files=tuple(files or ()),
        catalog=catalog,
        traces=tuple(traces or ()),
        asserts=tuple(asserts or ()),
        baseline=baseline,
        fail_on=Severity(fail_on),
        gates=tuple(gate_of(text) for text in dict.fromkeys(trusted.gate.diff)),
        quiet=quiet,
    )
    try:
        report = judge(ask)
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=use_color(color))
    for crash in report.lint.crashes:
        note(crash.trace)
    code = ExitCode.BUG if report.lint.crashes else ExitCode(report.code)
    painted, width = use_color(color), page_width()
    return finish(lambda form: _render(form, report, color=painted, width=width), code, format=format, to=to)


def _render(form: str, report: GateReport, *, color: bool, width: int) -> str:
    match form:
        case "json":
            from policyctl.report.gate import json

            return json.render(report)
        case "markdown":
            from policyctl.report.gate import markdown

            return markdown.render(report)
        case _ if form in FORMATS:
            return render(form, report.diagnosed())
        case _:
            from policyctl.report.gate import text

            return text.render(report, color=color, width=width)
