"""Options that several commands share, so that a flag means one thing and reads one way.

A command says which formats it has: `format: Annotated[Literal["text", "json"], FORMAT] = "text"`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal, TextIO, TypeAlias

import typer

FORMAT = typer.Option("--format", help="What the report on standard output looks like.")

#: Formats of a command that finds diagnostics.
DIAGNOSTIC_FORMATS = ("text", "concise", "json", "github", "gitlab", "junit", "markdown", "sarif")
DiagnosticFormat: TypeAlias = Annotated[
    Literal["text", "concise", "json", "github", "gitlab", "junit", "markdown", "sarif"], FORMAT
]
Outputs: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--output", metavar="FORMAT=FILE", help="Also write the report to a file; may be repeated."),
]
Color: TypeAlias = Literal["auto", "always", "never"]
ColorOption: TypeAlias = Annotated[
    Color, typer.Option("--color", help="Whether to use colour; auto means only on a terminal.")
]
ConfigOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The configuration file, instead of the nearest one."),
]
CatalogOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--catalog", "-c", metavar="FILE", help="The tools of the policy's server; more rules can run then."),
]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, notes or hints on standard error.")]
ShowArgs: TypeAlias = Annotated[
    bool, typer.Option("--show-args", help="Print values of arguments, which reports otherwise leave out.")
]
StdinFilename: TypeAlias = Annotated[
    str | None,
    typer.Option("--stdin-filename", metavar="NAME", help="What to call standard input when a path is `-`."),
]


def use_color(choice: Color, stream: TextIO | None = None) -> bool:
    """Whether to colour what goes to `stream` (standard output unless given): the flag, NO_COLOR, FORCE_COLOR, a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    target = stream or sys.stdout
    return target is not None and target.isatty() and os.environ.get("TERM") != "dumb"


def page_width(stream: TextIO | None = None, *, piped: int = 100) -> int:
    """How many columns a report on `stream` (standard output unless given) may take; `piped` where no terminal says."""
    target = stream or sys.stdout
    if target is None or not target.isatty():
        return piped
    # Only a terminal has a size, and asking for it takes an import that other runs do without.
    from shutil import get_terminal_size

    return get_terminal_size((piped, 0)).columns
