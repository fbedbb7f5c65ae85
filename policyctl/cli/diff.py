"""`policyctl diff`."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from policyctl.cli import trace_options as of
from policyctl.cli.diff_gates import gate_of
from policyctl.cli.documents import FlawedDocumentError, load_catalog, load_policy_document, print_flaws
from policyctl.cli.exits import ExitCode, strongest
from policyctl.cli.finish import destinations, finish, note
from policyctl.cli.options import FORMAT, ColorOption, ConfigOption, Outputs, Quiet, page_width, use_color
from policyctl.diff.compare import compare
from policyctl.diff.gates import failures
from policyctl.diff.result import PolicyDiff, Relation
from policyctl.diff.wording import rewordings
from policyctl.errors import PolicyctlError
from policyctl.report.diagnostics.formats import FORMATS
from policyctl.report.diff.result import DiffReport
from policyctl.workspace.config import load

_FORMATS = ("text", "json", "html", "markdown", *(form for form in FORMATS if form != "markdown"))

Old = Annotated[str, typer.Argument(metavar="OLD", help="The policy before: a file, `-`, or REV:path of a commit.")]
New = Annotated[str, typer.Argument(metavar="NEW", help="The policy after.")]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="KIND[:CLASS]",
        help="Exit with 1 if a tool is wider, narrower or any of both, of this category or risk; may be repeated.",
    ),
]
TracesOption = Annotated[
    list[str] | None,
    typer.Option("--traces", "-t", metavar="TRACE", help="Count the recorded calls that change; may be repeated."),
]


def diff(
    old: Old,
    new: New,
    catalog: of.CatalogOption = None,
    traces: TracesOption = None,
    map: of.MapOption = None,
    fail_on: FailOn = None,
    format: Annotated[
        Literal["text", "json", "markdown", "html", "sarif", "github", "gitlab", "junit"], FORMAT
    ] = "text",
    output: Outputs = None,
    color: ColorOption = "auto",
    config: ConfigOption = None,
    quiet: Quiet = False,
) -> int:
    """Show what two policies decide differently, over all calls there can be, each with the smallest call that shows it.

    Each tool is equal, narrower, wider or incomparable, where deny is less than approval and approval less than allow;
    each answer is proven, or undetermined with the reason. A catalog makes the calls valid under its input schemas.

    Exits with 0 whatever differs, 1 if a policy has errors or `--fail-on` meets what it names, 2 if a file cannot be read,
    4 if something is undetermined.
    """
    from policyctl.cli.refusals import refuse_replacing, refuse_second_reading

    to = destinations(output, _FORMATS)
    refuse_second_reading(old, new, catalog, *(traces or ()))
    configuration = load(config)
    gates = tuple(gate_of(text) for text in dict.fromkeys(fail_on or configuration.gate.diff))
    classes = catalog or configuration.catalog
    if classes is None and any(gate.of for gate in gates):
        raise PolicyctlError(
            "`--fail-on` names a class, and no catalog says which tools are of it", hint="add `--catalog`"
        )
    read = [name for name in (old, new, catalog, *(traces or ())) if name is not None]
    refuse_replacing(read, [destination.path for destination in to])
    try:
        old_policy, old_document = load_policy_document(old)
        new_policy, new_document = load_policy_document(new)
        known = None if classes is None else load_catalog(str(classes))
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=use_color(color))
    from policyctl.cli.recorded import count_recorded

    found = compare(old_policy, new_policy, known)
    failed = tuple(failures(found, gates))
    recorded, bad_lines = count_recorded(traces, map, found, known, configuration, quiet=quiet)
    report = DiffReport(
        diff=found,
        documents=(old_document, new_document),
        code=_code(found, failed=bool(failed)),
        gates=gates,
        failures=failed,
        rewordings=rewordings(old_document.data, new_document.data, [change.name for change in found.changes]),
        catalog=known,
        recorded=recorded,
        bad_lines=bad_lines,
    )
    painted = use_color(color)
    if format == "html" and sys.stdout.isatty():
        note("hint: a browser wants a file: `--output html=diff.html`", quiet=quiet)
    return finish(lambda form: _render(form, report, color=painted), ExitCode(report.code), format=format, to=to)


def _code(found: PolicyDiff, *, failed: bool) -> int:
    codes = [ExitCode.FINDINGS] if failed else []
    if found.relation is Relation.UNDETERMINED or any(change.reasons for change in found.entries):
        codes.append(ExitCode.TOO_THIN)
    return strongest(codes)


def _render(form: str, report: DiffReport, *, color: bool) -> str:
    match form:
        case "json":
            from policyctl.report.diff import json

            return json.render(report)
        case "markdown":
            from policyctl.report.diff import markdown

            return markdown.render(report)
        case "html":
            from policyctl.report.diff import html

            return html.render(report)
        case _ if form in FORMATS:
            from policyctl.report.diagnostics.formats import render
            from policyctl.report.diff.findings import diagnosed

            return render(form, diagnosed(report))
        case _:
            from policyctl.report.diff import text

            return text.render(report, color=color, width=page_width())
