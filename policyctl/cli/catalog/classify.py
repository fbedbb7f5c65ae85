"""`policyctl catalog classify`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Literal

import typer

from policyctl.catalog.classify import NO_OVERRIDES, Overrides, classify_catalog
from policyctl.catalog.classify.override import override_of, unused
from policyctl.cli.catalog.documents import targets, write_all
from policyctl.cli.documents import FlawedDocumentError, load_catalogs, load_overrides, print_flaws
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish, note
from policyctl.cli.options import FORMAT, ColorOption, ConfigOption, Outputs, Quiet, page_width, use_color
from policyctl.cli.refusals import refuse_second_reading
from policyctl.errors import PolicyctlError
from policyctl.model.catalog import Catalog, Tool
from policyctl.report.catalog.classified.result import By, ClassifiedTool, ClassifyResult
from policyctl.workspace.config import load

_FORMATS = ("text", "json", "markdown")

Files = Annotated[
    list[str] | None, typer.Argument(metavar="FILE", help="Catalogs, or lists of tools; `-`. Else the configured one.")
]
OverrideOption = Annotated[
    str | None,
    typer.Option("--override", metavar="FILE", help="Classes that people have set over the classifier's."),
]
Trust = Annotated[
    bool,
    typer.Option("--trust-annotations", help="Believe the servers' annotations also where they make a class milder."),
]
Renew = Annotated[bool, typer.Option("--renew", help="Classify tools anew that carry a class; reviews stay.")]
Target = Annotated[
    str | None, typer.Option("-o", metavar="FILE|DIR", help="The catalog to write; in a directory one file a server.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is no catalog.")]


def classify(
    files: Files = None,
    override: OverrideOption = None,
    trust_annotations: Trust = False,
    renew: Renew = False,
    to_file: Target = None,
    force: Force = False,
    format: Annotated[Literal["text", "json", "markdown"], FORMAT] = "text",
    output: Outputs = None,
    color: ColorOption = "auto",
    config: ConfigOption = None,
    quiet: Quiet = False,
) -> int:
    """Say of each tool what it can do (Read, Write, Execute, Destructive, Financial), how risky that is, and why.

    The class follows from the tool's definition alone: words of its name and description, arguments, annotations. Each
    signal that spoke stands in the evidence, for and against. Nothing is sent anywhere, and equal input gives equal output.

    A review in the catalog beats everything, then `--override`, then a class that is there, unless `--renew`. Annotations
    are the server's own claim: they make a class graver, and milder only with `--trust-annotations`.

    Without -o the catalog with its classes goes to standard output and the report to standard error; with a `--format` for
    programs, or several servers, standard output has the report alone.

    Exits with 0 if every tool has a class, 1 if a file has errors, 2 if one cannot be read or written, 3 if no tool is
    listed.
    """
    to = destinations(output, _FORMATS)
    configuration = load(config)
    names = files or ([str(configuration.catalog)] if configuration.catalog else [])
    if not names:
        raise PolicyctlError("no catalog was named", hint="name a catalog, or a file with the tools of a server")
    refuse_second_reading(*names, override)
    try:
        catalogs = load_catalogs(names)
        overrides = NO_OVERRIDES if override is None else load_overrides(override)
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=use_color(color))
    judged = tuple(
        classify_catalog(catalog, overrides=overrides, trusted=trust_annotations, renew=renew) for catalog in catalogs
    )
    result = ClassifyResult(
        judged, _tools(catalogs, judged, overrides, renew=renew), tuple(unused(overrides, judged)), trust_annotations
    )
    code = ExitCode.CLEAN if result.tools else ExitCode.NOTHING_CHECKED
    documents = targets(judged, to_file, force=force)
    write_all(documents)
    is_printed = to_file is None and len(judged) == 1 and format == "text" and bool(result.tools)
    stream = sys.stderr if is_printed else sys.stdout
    painted = use_color(color, stream)
    width = page_width(stream)
    if is_printed:
        note(_render("text", result, code, color=painted, width=width).rstrip("\n"), quiet=quiet)
    return finish(
        lambda form: _render(form, result, code, color=painted, width=width),
        code,
        format="document" if is_printed else format,
        to=to,
    )


def _render(form: str, result: ClassifyResult, code: ExitCode, *, color: bool, width: int) -> str:
    match form:
        case "document":
            from policyctl.report.catalog import document

            return document.render(result.catalogs[0])
        case "json":
            from policyctl.report.catalog.classified import json

            return json.render(result, code)
        case "markdown":
            from policyctl.report.catalog.classified import markdown

            return markdown.render(result)
        case _:
            from policyctl.report.catalog.classified import text

            return text.render(result, color=color, width=width)


def _tools(
    before: Sequence[Catalog], after: Sequence[Catalog], overrides: Overrides, *, renew: bool
) -> tuple[ClassifiedTool, ...]:
    return tuple(
        ClassifiedTool(new.server_id, tool, _by(old.tools[name], new.server_id, overrides, renew=renew))
        for old, new in zip(before, after, strict=True)
        for name, tool in new.tools.items()
    )


def _by(tool: Tool, server: str, overrides: Overrides, *, renew: bool) -> By:
    if tool.reviewed is not None:
        return "review"
    if override_of(overrides, server, tool.name) is not None:
        return "override"
    return "catalog" if tool.category is not None and tool.risk is not None and not renew else "signals"
