"""`policyctl lint`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from policyctl.cli.accepting import Acceptance
from policyctl.cli.documents import FlawedDocumentError, print_flaws
from policyctl.cli.exits import ExitCode, strongest
from policyctl.cli.finish import destinations, finish, give_up, note
from policyctl.cli.linting import Job, LintedFile, open_file
from policyctl.cli.options import (
    DIAGNOSTIC_FORMATS,
    CatalogOption,
    Color,
    ColorOption,
    ConfigOption,
    DiagnosticFormat,
    Outputs,
    Quiet,
    StdinFilename,
    use_color,
)
from policyctl.diagnostic import Severity
from policyctl.errors import PolicyctlError
from policyctl.report.diagnostics.formats import FORMATS, render
from policyctl.report.lint.result import LintResult
from policyctl.report.style import Style
from policyctl.workspace.config import load, load_at
from policyctl.workspace.discover import find_policy
from policyctl.workspace.open import STDIN

Files = Annotated[
    list[str] | None, typer.Argument(metavar="FILE", help="Policies: paths, `-`, or REV:path; else the found one.")
]
TracesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--traces", "-t", metavar="FILE", help="Recorded calls; more rules can run then, and findings are counted."
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="RULE,…", help="Only these rules: codes, names, families such as ARG, or ALL."),
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="RULE,…", help="All but these rules.")]
FixOption = Annotated[bool, typer.Option("--fix", help="Mend what can be mended without changing a decision.")]
UnsafeFixes = Annotated[
    bool, typer.Option("--unsafe-fixes", help="Also mend what changes decisions; never lets more through.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show as a unified diff what would be mended.")]
Baseline = Annotated[
    str | None, typer.Option("--baseline", metavar="FILE", help="Findings that are known; only others are reported.")
]
WriteBaseline = Annotated[
    bool, typer.Option("--write-baseline", help="Make the baseline of what is found; one that is there only shrinks.")
]
BaseRev = Annotated[
    str | None,
    typer.Option(
        "--base-rev", metavar="REV", help="Take rules, suppressions and baseline from this revision of the repository."
    ),
]
FailOn = Annotated[
    Literal["error", "warning", "info"], typer.Option("--fail-on", help="The mildest finding that exits with 1.")
]


def lint(
    files: Files = None,
    catalog: CatalogOption = None,
    traces: TracesOption = None,
    select: Select = None,
    ignore: Ignore = None,
    fix: FixOption = False,
    unsafe_fixes: UnsafeFixes = False,
    diff: Diff = False,
    baseline: Baseline = None,
    write_baseline: WriteBaseline = False,
    base_rev: BaseRev = None,
    fail_on: FailOn = "error",
    format: DiagnosticFormat = "text",
    output: Outputs = None,
    color: ColorOption = "auto",
    stdin_filename: StdinFilename = None,
    config: ConfigOption = None,
    quiet: Quiet = False,
) -> int:
    """Find the mistakes that a valid policy can still have, each with its place and what to do about it.

    Every rule has a page: `policyctl rule CODE`. With `--catalog` rules run that know the tools and their arguments.
    `--fix` mends what it can without changing what any call is told, and looks again; comments and order stay.

    Exits with 0 if there is no finding as heavy as `--fail-on`, 1 if there is one or a policy has errors, 2 if a file
    cannot be read, 70 if a rule failed (the others ran).
    """
    to = destinations(output, DIAGNOSTIC_FORMATS)
    configuration = load(config)
    if write_baseline and baseline is None:
        raise PolicyctlError("`--write-baseline` does not know where to", hint="name the file: `--baseline FILE`")
    trusted = configuration if base_rev is None else load_at(base_rev, config)
    is_new = write_baseline and baseline is not None and not os.path.exists(baseline)
    acceptance = Acceptance(trusted, None if is_new else baseline, base_rev)
    try:
        job = Job.of(
            replace(configuration, lint=trusted.lint),
            _words(select),
            _words(ignore),
            catalog=catalog,
            traces=traces or (),
        )
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=use_color(color))
    names = tuple(dict.fromkeys(files or [str(find_policy(configuration))]))
    opened = [open_file(name, stdin_filename) for name in names]
    troubles = [file for file in opened if isinstance(file, PolicyctlError)]
    linted = [job.run(file) for file in opened if not isinstance(file, PolicyctlError)]
    if fix or unsafe_fixes or diff:
        linted = [job.mend(file, unsafe=unsafe_fixes) for file in linted]
    code = ExitCode.CLEAN
    if linted:
        result = job.result(linted, acceptance)
        if write_baseline and baseline is not None:
            result = _write_baseline(job, linted, acceptance, result, baseline)
        code = _exit_code(result, troubles, Severity(fail_on))
        piped = _hand_back(linted, diff=diff, write=fix or unsafe_fixes, color=color)
        painted = use_color(color)
        if piped:
            note(_render("concise", result, code, color=False).rstrip("\n"), quiet=quiet)
        else:
            finish(lambda form: _render(form, result, code, color=painted), code, format=format, to=to)
        for crash in result.crashes:
            note(crash.trace)
    give_up(troubles)
    return int(code)


def _write_baseline(
    job: Job, linted: Sequence[LintedFile], acceptance: Acceptance, result: LintResult, name: str
) -> LintResult:
    """The result as it is with the baseline that is written: a new one of everything, an old one less what is gone."""
    from policyctl.lint.suppress.baseline import still_needed, write_baseline
    from policyctl.workspace.write import write_whole

    held = still_needed(result.accepted) if acceptance.baseline else result.diagnostics
    write_whole(Path(name), write_baseline(held, job.documents(linted), Path(name).parent).encode())
    return job.result(linted, replace(acceptance, baseline=name))


def _words(options: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(word.strip() for option in options or () for word in option.split(",") if word.strip())


def _exit_code(result: LintResult, troubles: Sequence[PolicyctlError], fail_on: Severity) -> ExitCode:
    codes = [ExitCode.TROUBLE] if troubles else []
    if any(found.severity.rank <= fail_on.rank for found in result.diagnostics):
        codes.append(ExitCode.FINDINGS)
    if result.crashes:
        codes.append(ExitCode.BUG)
    return strongest(codes)


def _hand_back(linted: Sequence[LintedFile], *, diff: bool, write: bool, color: Color) -> bool:
    """Mended texts go where they came from, or are shown; whether standard output is theirs."""
    changed = [file for file in linted if file.before != file.policy.checked.text]
    if diff:
        from policyctl.report.patch import patch

        style, for_terminal = Style(use_color(color)), sys.stdout.isatty()
        for file in changed:
            name, after = file.policy.checked.name, file.policy.checked.text
            sys.stdout.write(patch(name, file.before, after, style, for_terminal=for_terminal))
        return True
    for file in changed if write else ():
        if file.name != STDIN:
            from policyctl.workspace.write import write_whole

            write_whole(Path(file.name), file.encoded)
    piped = [file for file in linted if file.name == STDIN] if write else []
    for file in piped:
        sys.stdout.write(file.policy.checked.text)
    return bool(piped)


def _render(form: str, result: LintResult, code: ExitCode, *, color: bool) -> str:
    if form in FORMATS:
        return render(form, result.diagnosed(code))
    if form == "json":
        from policyctl.report.lint import json

        return json.render(result, code)
    from policyctl.report.lint import text

    return text.render_concise(result) if form == "concise" else text.render(result, Style(color))
