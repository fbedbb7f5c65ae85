"""The formats that need nothing of a report but its diagnostics: one writing for every command that has some."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from policyctl.diagnostic import Diagnostic
from policyctl.report.diagnostics.rules import Table

FORMATS = ("github", "gitlab", "junit", "markdown", "sarif")


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """What a command found in which files; `names` gives a rule's name by its code, `last` says what was checked.

    SARIF asks for more: `tables` list the command's rules, `exit` is its code, `texts` and `digests` are those of the files,
    and `accepted` are findings that are suppressed, each with the reason, "" for none.
    """

    title: str
    diagnostics: Sequence[Diagnostic]
    files: Sequence[str]
    names: Callable[[str], str | None]
    last: Sequence[str]
    tables: Sequence[Table] = ("reading",)
    exit: int = 0
    texts: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    accepted: Sequence[tuple[Diagnostic, str]] = ()


def render(form: str, found: Diagnosed) -> str:
    """The report in one of `FORMATS`."""
    match form:
        case "github":
            from policyctl.report.diagnostics import github

            return github.render(found.diagnostics, found.names)
        case "gitlab":
            from policyctl.report.diagnostics import gitlab

            return gitlab.render(found.diagnostics, found.names)
        case "junit":
            from policyctl.report.diagnostics import junit

            return junit.render(found.diagnostics, found.files, found.names)
        case "markdown":
            from policyctl.report.diagnostics import markdown

            return markdown.render(found.title, found.diagnostics, found.names, last=found.last)
        case "sarif":
            from policyctl.report.diagnostics import sarif

            return sarif.render(found)
        case _:
            raise ValueError(form)
