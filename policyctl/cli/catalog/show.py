"""`policyctl catalog show`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Literal

import typer

from policyctl.catalog.select import Selection, known_servers, select, the_tool
from policyctl.cli.documents import FlawedDocumentError, load_catalogs, print_flaws
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import Destination, destinations, finish, note
from policyctl.cli.options import FORMAT, ColorOption, ConfigOption, Quiet, page_width, use_color
from policyctl.errors import PolicyctlError
from policyctl.model.catalog import Catalog, Category, Risk, Tag
from policyctl.recommend.completed import completed
from policyctl.report.catalog.show.result import Shown
from policyctl.workspace.config import load
from policyctl.workspace.configuration import Configuration

_PIPED_WIDTH = 120
_FORMATS = ("text", "json", "markdown", "html")
_SUFFIXES = (".json", ".jsonl", ".ndjson", ".yaml", ".yml")

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="TOOL|FILE",
        help="A tool by its exact name, for its page; catalogs or lists of tools: files, directories, `-`.",
    ),
]
CatalogOption = Annotated[
    list[str] | None,
    typer.Option("--catalog", "-c", metavar="FILE", help="A catalog; may be repeated. Else the configured ones."),
]
RiskOption = Annotated[
    list[Risk] | None, typer.Option("--risk", case_sensitive=False, help="Only tools of this risk; may be repeated.")
]
CategoryOption = Annotated[
    list[Category] | None,
    typer.Option("--category", case_sensitive=False, help="Only tools of this class; may be repeated."),
]
TagOption = Annotated[
    list[Tag] | None, typer.Option("--tag", case_sensitive=False, help="Only tools with this tag; may be repeated.")
]
ServerOption = Annotated[
    list[str] | None, typer.Option("--server", metavar="ID", help="Only tools of this server; may be repeated.")
]
OutputsOption = Annotated[
    list[str] | None,
    typer.Option("--output", "-o", metavar="FORMAT=FILE", help="Also write the report to a file; may be repeated."),
]


def show(
    words: Words = None,
    catalog: CatalogOption = None,
    risk: RiskOption = None,
    category: CategoryOption = None,
    tag: TagOption = None,
    server: ServerOption = None,
    format: Annotated[Literal["text", "json", "markdown", "html"], FORMAT] = "text",
    output: OutputsOption = None,
    color: ColorOption = "auto",
    config: ConfigOption = None,
    quiet: Quiet = False,
) -> int:
    """Show the tools of catalogs, or all about one of them: class, evidence, attacks, rules.

    The page of a tool says what it does, why it has its class and how sure that is, how tools like it are abused, which
    rule is recommended, and how to limit, block or bind it. With --format html the report is one file that needs no
    network: every tool with its page, to search and to filter in a browser.

    Exits with 0, 1 if a catalog has errors, 2 if a file cannot be read or no tool has that name, 3 if no tool is left to
    show.
    """
    to = destinations(output, _FORMATS)
    name, files = _sorted_out(words or (), catalog or ())
    names = files or _configured(load(config))
    _refuse(names, to)
    try:
        catalogs = tuple(map(completed, load_catalogs(names)))
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=use_color(color))
    asked = Selection(
        frozenset(risk or ()), frozenset(category or ()), frozenset(tag or ()), known_servers(catalogs, server or ())
    )
    shown = _shown(catalogs, asked, name)
    code = ExitCode.CLEAN if shown.entries else ExitCode.NOTHING_CHECKED
    if format == "html" and sys.stdout.isatty():
        note("hint: a browser wants a file: `--output html=catalog.html`", quiet=quiet)
    painted = use_color(color)
    width = page_width(piped=_PIPED_WIDTH)
    return finish(lambda form: _render(form, shown, code, color=painted, width=width), code, format=format, to=to)


def _refuse(names: Sequence[str], to: Sequence[Destination]) -> None:
    """PolicyctlError if standard input is named twice, or a catalog would be replaced by its report."""
    if to or names.count("-") > 1:
        from policyctl.cli.refusals import refuse_replacing, refuse_second_reading

        refuse_second_reading(*names)
        refuse_replacing(names, (destination.path for destination in to))


def _sorted_out(words: Sequence[str], named: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """The name of a tool, if there is one among the words, and the files: what is there, or is called like a file."""
    tools = [word for word in words if not _is_file(word)]
    if len(tools) > 1:
        raise PolicyctlError(
            f"neither `{tools[0]}` nor `{tools[1]}` is a file", hint="name one tool; a file has to be there"
        )
    return (tools[0] if tools else None), (*named, *(word for word in words if word not in tools))


def _is_file(word: str) -> bool:
    return word == "-" or word.endswith(_SUFFIXES) or os.path.exists(word)


def _configured(configuration: Configuration) -> tuple[str, ...]:
    given = (configuration.catalog, *(server.catalog for server in configuration.servers.values()))
    names = tuple(str(path) for path in given if path is not None)
    if not names:
        hint = "name one, as in `policyctl catalog show catalog.json`, or set `catalog` in policyctl.toml"
        raise PolicyctlError("no catalog was named", hint=hint)
    return names


def _shown(catalogs: tuple[Catalog, ...], asked: Selection, name: str | None) -> Shown:
    if name is None:
        return Shown(catalogs, asked, select(catalogs, asked))
    from policyctl.cli.catalog.pages import pages

    entry = the_tool((each for each in catalogs if not asked.servers or each.server_id in asked.servers), name)
    return Shown(catalogs, asked, (entry,), next(pages((entry,))))


def _render(form: str, shown: Shown, code: ExitCode, *, color: bool, width: int) -> str:
    match form:
        case "json":
            from policyctl.report.catalog.show import json

            return json.render(shown, code)
        case "markdown":
            from policyctl.report.catalog.show import markdown

            return markdown.render(shown)
        case "html":
            from policyctl.cli.catalog.pages import pages
            from policyctl.report.catalog.site.document import render

            return render(shown, tuple(pages(shown.entries)))
        case _:
            from policyctl.report.catalog.show import text

            return text.render(shown, color=color, width=width)
