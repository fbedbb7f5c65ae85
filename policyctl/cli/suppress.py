"""`policyctl suppress`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from policyctl.cli.accepting import today
from policyctl.cli.documents import FlawedDocumentError, print_flaws
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import tell
from policyctl.cli.linting import Job, open_file
from policyctl.cli.options import CatalogOption, ColorOption, ConfigOption, use_color
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.errors import PolicyctlError
from policyctl.lint.select import find
from policyctl.lint.suppress.entry import content_of
from policyctl.workspace.config import load
from policyctl.workspace.configuration import Configuration, Suppression
from policyctl.workspace.open import STDIN

FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="The policy, or the catalog, with the finding.")]
RuleArgument = Annotated[str, typer.Argument(metavar="RULE", help="The rule, by code or name.")]
At = Annotated[
    str | None, typer.Option("--at", metavar="POINTER", help="Where the finding is, if there are several of the rule.")
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why it can be accepted; required.")]
Expires = Annotated[
    str | None,
    typer.Option("--expires", metavar="DATE", help="The last day on which it holds: 2027-01-31; required for errors."),
]


def suppress(
    file: FileArgument,
    rule: RuleArgument,
    at: At = None,
    reason: Reason = None,
    expires: Expires = None,
    catalog: CatalogOption = None,
    color: ColorOption = "auto",
    config: ConfigOption = None,
) -> int:
    """Accept a finding for a reason and for a time, in the configuration, so that it is reported again once either is gone.

    The entry names rule, file and JSON Pointer, and a digest of what stands there: if that changes, the entry is void. An
    entry about the same finding is renewed. Only what is found can be suppressed.

    Exits with 0 if the entry is written, 1 if the policy has errors, 2 if there is no such finding, or no reason.
    """
    if file == STDIN:
        raise PolicyctlError("standard input has no name by which a finding could be known", hint="name the file")
    if not (reason or "").strip():
        raise PolicyctlError("a suppression needs a reason", hint="--reason says why the finding can be accepted")
    chosen, configuration = find(rule), load(config)
    try:
        job = Job.of(configuration, (chosen.code,), (), catalog=catalog)
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=use_color(color))
    opened = open_file(file, None)
    if isinstance(opened, PolicyctlError):
        raise opened
    linted = job.run(opened)
    checked = linted.policy.checked
    if checked.policy is None or checked.document is None:
        broken = FlawedDocumentError(checked.diagnostics, {checked.name: checked.text})
        return print_flaws(broken, color=use_color(color))
    finding = _the_one([each for each in linted.policy.found if each.code == chosen.code], chosen.code, at)
    entry = Suppression(
        chosen.code,
        Path(finding.file),
        finding.pointer or "",
        reason,
        _day(expires, finding),
        content_of(job.documents([linted])[finding.file], finding.pointer or ""),
    )
    name = _write(configuration, entry)
    tell(f"{name}: {chosen.code} is suppressed at {entry.at or 'the whole document'} of {finding.file}")
    return int(ExitCode.CLEAN)


def _the_one(found: Sequence[Diagnostic], code: str, at: str | None) -> Diagnostic:
    """The finding that is meant; PolicyctlError with the places if it is not clear."""
    meant = [each for each in found if at is None or each.pointer == at]
    places = ", ".join(f"`{pointer}`" for pointer in dict.fromkeys(each.pointer for each in found))
    if not found:
        raise PolicyctlError(f"{code} finds nothing here", hint="`policyctl lint` shows what is found")
    if not meant:
        raise PolicyctlError(f"{code} finds nothing at `{at}`", hint=f"it does at {places}")
    if len({(each.file, each.pointer) for each in meant}) > 1:
        raise PolicyctlError(f"{code} finds {len(found)} things here", hint=f"say which with --at: {places}")
    return meant[0]


def _day(words: str | None, finding: Diagnostic) -> date | None:
    if words is None:
        if finding.severity is Severity.ERROR:
            raise PolicyctlError(
                f"{finding.code} is an error, which is accepted for a time only", hint="--expires says until when"
            )
        return None
    try:
        day = date.fromisoformat(words)
    except ValueError as error:
        raise PolicyctlError(f"`{words}` is no day", hint="write it as 2027-01-31") from error
    if day < today():
        raise PolicyctlError(f"{words} is over", hint="choose a day to come")
    return day


def _write(configuration: Configuration, entry: Suppression) -> str:
    from policyctl.workspace.open import read_bytes
    from policyctl.workspace.suppressions import with_suppression
    from policyctl.workspace.write import write_whole

    file = configuration.file or Path("policyctl.toml")
    text = "" if configuration.file is None else read_bytes(str(file)).decode("utf-8-sig")
    write_whole(file, with_suppression(configuration, text, entry).encode())
    return file.as_posix()
