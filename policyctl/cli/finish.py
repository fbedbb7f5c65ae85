"""From a finished result to text on standard output, files and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policyctl.cli.exits import ExitCode
from policyctl.errors import PolicyctlError


@dataclass(frozen=True, slots=True)
class Destination:
    """One `--output FORMAT=FILE`."""

    format: str
    path: Path


def destinations(outputs: Sequence[str] | None, formats: Sequence[str]) -> tuple[Destination, ...]:
    """What `--output` asks for; a mistake in it is a PolicyctlError, so call this before any work is done."""
    return tuple(_destination(output, formats) for output in outputs or ())


def _destination(output: str, formats: Sequence[str]) -> Destination:
    form, separator, file = output.partition("=")
    if not separator or not file:
        raise PolicyctlError(f"`--output {output}` names no file", hint="write it as FORMAT=FILE: `json=report.json`")
    if form not in formats:
        known = ", ".join(f"`{name}`" for name in formats)
        raise PolicyctlError(f"`--output {output}` names an unknown format", hint=f"choose one of {known}")
    return Destination(form, Path(file))


def finish(
    render: Callable[[str], str],
    code: ExitCode,
    *,
    format: str,
    to: Sequence[Destination] = (),
) -> int:
    """Write every file, then standard output, from one result; `render` turns the name of a format into the report.

    Files come first, so that a reader who closes the pipe early does not lose them. Annotations of a GitHub workflow are
    few: the whole report goes to the summary of the step, where there is one.
    """
    if format == "github":
        _summarize(render)
    save(render, to)
    tell(render(format))
    return int(code)


def save(render: Callable[[str], str], to: Sequence[Destination]) -> None:
    """Write every file."""
    for destination in to:
        # Most runs write no file, and what it takes to write one safely is slow to import.
        from policyctl.workspace.write import write_whole

        write_whole(destination.path, render(destination.format).encode("utf-8", "backslashreplace"))


def _summarize(render: Callable[[str], str]) -> None:
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        from policyctl.workspace.write import append

        append(Path(summary), render("markdown").encode("utf-8", "backslashreplace"))


def tell(report: str) -> None:
    """Put a report on standard output, with a final newline where it has none."""
    # `print` copes with a standard output that was closed from the start, which is None.
    print(report, end="" if report.endswith("\n") or not report else "\n")


def note(text: str, *, quiet: bool = False) -> None:
    """Say something on standard error that is no part of the report."""
    if not quiet:
        print(text, file=sys.stderr)


def give_up(troubles: Sequence[PolicyctlError]) -> None:
    """Say every trouble; the last is raised, and the boundary says it like any other that stops a command."""
    for trouble in troubles[:-1]:
        note(f"error: {trouble.message}")
        if trouble.hint:
            note(f"hint: {trouble.hint}")
    if troubles:
        raise troubles[-1]
