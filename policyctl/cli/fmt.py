"""`policyctl fmt`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import give_up, note, tell
from policyctl.cli.options import Color, ColorOption, ConfigOption, Quiet, StdinFilename, use_color
from policyctl.errors import PolicyctlError
from policyctl.fmt.file import FormattedFile, format_file
from policyctl.report.fmt.result import FmtResult
from policyctl.report.style import Style
from policyctl.workspace.config import load
from policyctl.workspace.discover import find_policy
from policyctl.workspace.naming import shown_name
from policyctl.workspace.open import STDIN, read_bytes

Files = Annotated[list[str] | None, typer.Argument(metavar="FILE", help="Policies: paths, or `-`; else the found one.")]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; list what would change, and exit with 1 if any.")]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change as a unified diff.")]
DialectOption = Annotated[
    Literal["policyctl", "policylayer"] | None,
    typer.Option("--dialect", help="With policylayer, say `action: deny` as a `deny_if` that always holds."),
]


def fmt(
    files: Files = None,
    check: Check = False,
    diff: Diff = False,
    dialect: DialectOption = None,
    color: ColorOption = "auto",
    stdin_filename: StdinFilename = None,
    quiet: Quiet = False,
    config: ConfigOption = None,
) -> int:
    """Write policies in canonical order and spelling; what they decide stays the same.

    Keys come in one order, JSON in one layout; lists and the tools keep theirs. Comments of YAML stay with the entry
    that they stand above or beside. A byte order mark goes, line ends stay. A file with errors is not touched.

    `-` reads standard input and writes the result to standard output.

    With `--dialect policylayer`, `action: deny` becomes the first `deny_if`, with empty conditions and the reason as its
    message: the verdict is the same for every call, the rule that is logged is not. `action: allow` goes.
    `require_approval` and `rate_limit` stay, since the dialect cannot say them.

    Exits with 0 if all is well, 1 if a file has errors or, with `--check`, would change, 2 if one cannot be read or
    written.
    """
    configuration = load(config)
    names = tuple(dict.fromkeys(files or [str(find_policy(configuration))]))
    long_forms = (dialect or configuration.dialect) == "policylayer"
    is_written = not (check or diff)
    opened = [_format(name, stdin_filename, long_forms=long_forms, is_written=is_written) for name in names]
    result = FmtResult(tuple(file for file in opened if isinstance(file, FormattedFile)), is_written)
    if result.files:
        piped = dict(zip(names, opened, strict=True)).get(STDIN) if is_written else None
        _report(result, piped, diff=diff, color=color, quiet=quiet)
    give_up([file for file in opened if isinstance(file, PolicyctlError)])
    return int(_exit_code(result, check=check))


def _format(
    name: str, stdin_filename: str | None, *, long_forms: bool, is_written: bool
) -> FormattedFile | PolicyctlError:
    """One file formatted, and written if it changes; one that cannot be read or written does not silence the others."""
    try:
        shown = stdin_filename or name if name == STDIN else shown_name(name)
        file = format_file(shown, read_bytes(name), long_forms=long_forms)
        if is_written and name != STDIN and file.outcome == "reformatted":
            _write(name, file.after)
    except PolicyctlError as error:
        return error
    return file


def _write(name: str, text: str) -> None:
    from policyctl.workspace.write import write_whole

    if not os.path.lexists(name):
        raise PolicyctlError(
            f"`{name}` is a file of a commit, which cannot be rewritten", hint="use `--check` or `--diff`"
        )
    write_whole(Path(name), text.encode("utf-8"))


def _report(result: FmtResult, piped: object, *, diff: bool, color: Color, quiet: bool) -> None:
    """Standard output has the report, or else what a program reads: the text of standard input, a diff."""
    from policyctl.report.fmt import text

    for file in result.files:
        for line in text.remarks(file):
            note(line, quiet=quiet)
    if not diff and not isinstance(piped, FormattedFile):
        tell(text.render(result, Style(use_color(color))))
        return
    style = Style(use_color(color, sys.stderr))
    sys.stderr.write(text.errors(result, style))
    if diff:
        tell(_diff(result, color))
    elif isinstance(piped, FormattedFile) and piped.outcome != "faulty":
        tell(piped.after)
    note(text.summary(result, style), quiet=quiet)


def _diff(result: FmtResult, color: Color) -> str:
    from policyctl.report.patch import patch

    style, for_terminal = Style(use_color(color)), sys.stdout.isatty()
    changed = result.having("reformatted")
    return "".join(patch(file.name, file.before, file.after, style, for_terminal=for_terminal) for file in changed)


def _exit_code(result: FmtResult, *, check: bool) -> ExitCode:
    changes = check and bool(result.having("reformatted"))
    return ExitCode.FINDINGS if changes or result.having("faulty") else ExitCode.CLEAN
