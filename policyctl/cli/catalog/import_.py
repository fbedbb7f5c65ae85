"""`policyctl catalog import`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated, Literal

import typer

from policyctl.catalog.load import SourcesReading
from policyctl.catalog.suspect.inspect import inspect
from policyctl.cli.catalog.importing import Written, chosen, file_of, is_folder, write_to
from policyctl.cli.documents import read_listed
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish, note
from policyctl.cli.options import FORMAT, ColorOption, ConfigOption, Outputs, Quiet, use_color
from policyctl.cli.refusals import refuse_replacing, refuse_second_reading
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.errors import PolicyctlError
from policyctl.model.catalog import Catalog
from policyctl.report.catalog.imported.result import ImportResult
from policyctl.report.diagnostics.formats import FORMATS
from policyctl.report.diagnostics.summary import counts
from policyctl.workspace.config import load

_FORMATS = ("text", "json", *FORMATS)
_PIPED_WIDTH = 100

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="Results of `tools/list`, captures, arrays or JSON lines of tools, catalogs, directories of them; `-`.",
    ),
]
ServerOption = Annotated[
    str | None,
    typer.Option("--server", metavar="NAME", help="What the server is called, or which of several is meant."),
]
Target = Annotated[
    str | None,
    typer.Option("-o", metavar="FILE|DIR", help="The catalog to write or renew; in a directory one file a server."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is no catalog.")]
Prune = Annotated[bool, typer.Option("--prune", help="Drop reviews of tools that are not listed any more.")]


def import_(
    sources: Sources,
    server: ServerOption = None,
    to_file: Target = None,
    force: Force = False,
    prune: Prune = False,
    format: Annotated[Literal["text", "json", "github", "gitlab", "junit", "markdown", "sarif"], FORMAT] = "text",
    output: Outputs = None,
    color: ColorOption = "auto",
    config: ConfigOption = None,
    quiet: Quiet = False,
) -> int:
    """Write the catalog of a server from what it lists, or renew the one that is there, and show what changed.

    Each tool gets a pin on its definition. What the catalog adds to its tools stays: classes, tags and reviews. A review
    of a tool whose definition changed keeps the pin that the person saw and is reported as stale; a reviewed tool that is
    gone stays, marked, unless `--prune`. Importing the same list twice changes no byte.

    Without -o the catalog goes to standard output and the report to standard error.

    Exits with 0 if catalogs are written, whatever changed, 1 if a source has errors, 2 if one cannot be read or the
    catalog not be written, 3 if no tool is listed.
    """
    to = destinations(output, _FORMATS)
    refuse_second_reading(*sources)
    load(config)
    refuse_replacing([name for name in sources if name != to_file], [to_file, *(each.path for each in to)])
    reading = read_listed(sources, server=server)
    found = reading.diagnostics
    written: tuple[Written, ...] = ()
    if reading.catalogs:
        catalogs = chosen(reading, server, to_file)
        found = _sorted([*found, *_odd(reading, catalogs)])
        written = _written(
            tuple(catalogs.values()), reading, to_file, is_named=server is not None, force=force, prune=prune
        )
        _write(written)
    texts = {name: text for name, text in reading.texts.items() if name not in reading.captures}
    result = ImportResult(tuple(each.server for each in written), found, texts, reading.known, reading.digests)
    code = _exit_code(result)
    printed = [each.text for each in written if each.text is not None and each.server.outcome == "printed"]
    stream = sys.stderr if printed else sys.stdout
    painted = use_color(color, stream)
    width = get_terminal_size((_PIPED_WIDTH, 0)).columns if stream is not None and stream.isatty() else _PIPED_WIDTH
    report = _Report(result, code, color=painted, width=width)
    if printed:
        note(report.render(format).rstrip("\n"), quiet=quiet)
        return finish(
            lambda form: printed[0] if form == "document" else report.render(form), code, format="document", to=to
        )
    return finish(report.render, code, format=format, to=to)


def _odd(reading: SourcesReading, catalogs: Mapping[str, Catalog]) -> Iterator[Diagnostic]:
    """What may be there to deceive; the catalogs are by their ids in the sources."""
    for server, catalog in catalogs.items():
        yield from inspect(catalog, reading.documents[server].__getitem__)


def _sorted(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))


def _written(
    catalogs: Sequence[Catalog],
    reading: SourcesReading,
    target: str | None,
    *,
    is_named: bool,
    force: bool,
    prune: bool,
) -> tuple[Written, ...]:
    """All of it before any file is touched."""
    written = []
    for catalog in catalogs:
        file = file_of(catalog, target) if target is not None and is_folder(target) else target
        named = is_named or catalog.server_id not in reading.unnamed
        written.append(write_to(catalog, file, is_named=named, force=force, prune=prune))
    return tuple(written)


def _write(written: Sequence[Written]) -> None:
    from policyctl.workspace.write import write_whole

    for each in written:
        if each.text is not None and each.server.file is not None:
            path = Path(each.server.file)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                message = f"cannot make the directory `{path.parent}`: {(error.strerror or str(error)).lower()}"
                raise PolicyctlError(message, hint="name another directory") from error
            write_whole(path, each.text.encode())


def _exit_code(result: ImportResult) -> ExitCode:
    if counts(result.diagnostics)[Severity.ERROR]:
        return ExitCode.FINDINGS
    return ExitCode.CLEAN if result.tools else ExitCode.NOTHING_CHECKED


class _Report:
    """The result in every format."""

    def __init__(self, result: ImportResult, code: ExitCode, *, color: bool, width: int) -> None:
        self._result, self._code, self._color, self._width = result, code, color, width

    def render(self, form: str) -> str:
        """The report in the format of this name."""
        match form:
            case "json":
                from policyctl.report.catalog.imported import json

                return json.render(self._result, self._code)
            case _ if form in FORMATS:
                from policyctl.report.catalog.imported.page import checked
                from policyctl.report.diagnostics.formats import render

                return render(form, self._result.diagnosed(self._code, (checked(self._result),)))
            case _:
                from policyctl.report.catalog.imported import text

                return text.render(self._result, color=self._color, width=self._width)
