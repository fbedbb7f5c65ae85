"""`policyctl validate`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish, give_up
from policyctl.cli.options import (
    DIAGNOSTIC_FORMATS,
    ColorOption,
    ConfigOption,
    DiagnosticFormat,
    Outputs,
    StdinFilename,
    use_color,
)
from policyctl.diagnostic import Severity
from policyctl.errors import PolicyctlError
from policyctl.reading.check import check_policy
from policyctl.reading.dialect import Dialect
from policyctl.report.diagnostics.formats import FORMATS, render
from policyctl.report.diagnostics.summary import counts
from policyctl.report.validate.result import ValidateResult
from policyctl.workspace.config import load
from policyctl.workspace.discover import find_policy
from policyctl.workspace.naming import shown_name
from policyctl.workspace.open import STDIN, read_bytes

Files = Annotated[
    list[str] | None, typer.Argument(metavar="FILE", help="Policies: paths, `-`, or REV:path; else the found one.")
]
DialectOption = Annotated[
    Literal["policyctl", "policylayer"] | None,
    typer.Option("--dialect", help="Also say what this reader of the language does not have."),
]


def validate(
    files: Files = None,
    format: DiagnosticFormat = "text",
    output: Outputs = None,
    dialect: DialectOption = None,
    color: ColorOption = "auto",
    stdin_filename: StdinFilename = None,
    config: ConfigOption = None,
) -> int:
    """Find every error of a policy, each with file, line, column, JSON Pointer and what to do about it.

    Exits with 0 if all policies are valid, 1 if one has an error, 2 if a file cannot be read.
    """
    to = destinations(output, DIAGNOSTIC_FORMATS)
    configuration = load(config)
    names = files or [str(find_policy(configuration))]
    chosen = Dialect(dialect or configuration.dialect)
    opened = tuple(_open(name, stdin_filename) for name in dict.fromkeys(names))
    troubles = tuple(file for file in opened if isinstance(file, PolicyctlError))
    checked = tuple(
        check_policy(name, raw, format=None, dialect=chosen)
        for name, raw in (file for file in opened if not isinstance(file, PolicyctlError))
    )
    code = ExitCode.CLEAN
    if checked:
        result = ValidateResult(checked, chosen)
        code = _exit_code(result, troubles)
        painted = use_color(color)
        finish(lambda form: _render(form, result, code, color=painted), code, format=format, to=to)
    give_up(troubles)
    return int(code)


def _open(name: str, stdin_filename: str | None) -> tuple[str, bytes] | PolicyctlError:
    """A file that cannot be read does not silence the others."""
    try:
        return stdin_filename or name if name == STDIN else shown_name(name), read_bytes(name)
    except PolicyctlError as error:
        return error


def _exit_code(result: ValidateResult, troubles: tuple[PolicyctlError, ...]) -> ExitCode:
    if troubles:
        return ExitCode.TROUBLE
    return ExitCode.FINDINGS if counts(result.diagnostics)[Severity.ERROR] else ExitCode.CLEAN


def _render(form: str, result: ValidateResult, code: ExitCode, *, color: bool) -> str:
    if form in FORMATS:
        return render(form, result.diagnosed(code))
    if form == "json":
        from policyctl.report.validate import json

        return json.render(result, code)
    from policyctl.report.style import Style
    from policyctl.report.validate import text

    return text.render_concise(result) if form == "concise" else text.render(result, Style(color))
