"""`policyctl catalog diff`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from policyctl.catalog.drift import drift_of_all
from policyctl.catalog.grading.grade import grade
from policyctl.catalog.grading.locate import Places
from policyctl.catalog.grading.posture import Posture
from policyctl.catalog.judged import judged
from policyctl.catalog.load import SourcesReading
from policyctl.cli.documents import (
    FlawedDocumentError,
    listed_without_flaw,
    load_policy_document,
    print_flaws,
)
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish
from policyctl.cli.options import FORMAT, ColorOption, ConfigOption, Outputs, page_width, use_color
from policyctl.cli.refusals import refuse_replacing, refuse_second_reading
from policyctl.diagnostic import Severity
from policyctl.model.policy import Policy
from policyctl.report.catalog.diff.result import DiffResult
from policyctl.report.diagnostics.formats import FORMATS
from policyctl.source.document import Document
from policyctl.workspace.config import load
from policyctl.workspace.configuration import Configuration

_FORMATS = ("text", "json", *FORMATS)

Old = Annotated[str, typer.Argument(metavar="OLD", help="What the server listed: a catalog, a `tools/list` result, …")]
New = Annotated[str, typer.Argument(metavar="NEW", help="What it lists now; `-`, REV:path and directories work too.")]
PolicyOption = Annotated[
    str | None,
    typer.Option("--policy", "-p", metavar="FILE", help="The policy that governs the tools; else the configured one."),
]


def diff(
    old: Old,
    new: New,
    policy: PolicyOption = None,
    format: Annotated[Literal["text", "json", "github", "gitlab", "junit", "markdown", "sarif"], FORMAT] = "text",
    output: Outputs = None,
    color: ColorOption = "auto",
    config: ConfigOption = None,
) -> int:
    """Show what changed between two lists of tools, and grade it by what a policy makes of it.

    Tools that are new, gone, renamed or in another class; descriptions and schemas, argument by argument, and which
    of them changed under a review; rules of the policy that no longer do what they did. Without a policy every tool
    counts as one that agents can call.

    Exits with 1 if a change lets agents do more than before: a new tool of high or critical risk, or one raised to
    it, that the policy allows without a condition; a new name that escapes the rules for the old one; a reviewed
    definition that changed; a condition whose argument is gone, optional or of another type; a text that deceives.
    Exits with 0 if nothing does, 1 also if a file has errors, 2 if one cannot be read, 3 if neither side has a tool.
    """
    to = destinations(output, _FORMATS)
    refuse_second_reading(old, new, policy)
    refuse_replacing([name for name in (old, new, policy) if name], [destination.path for destination in to])
    configuration = load(config)
    try:
        before, after = listed_without_flaw([old]), listed_without_flaw([new])
        governing = _Governing(policy, configuration, [catalog.server_id for catalog in after.catalogs])
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=use_color(color))
    result = _compare(before, after, governing)
    code = _exit_code(result)
    painted = use_color(color)
    width = page_width()
    return finish(lambda form: _render(form, result, code, color=painted, width=width), code, format=format, to=to)


class _Governing:
    """Which policy is for which server: the flag's for all, else the server's own of the configuration, else the general one."""

    def __init__(self, policy: str | None, configuration: Configuration, servers: list[str]) -> None:
        own = {name: server.policy for name, server in configuration.servers.items() if server.policy is not None}
        chosen = {server: policy or own.get(server) or configuration.policy for server in servers}
        names = dict.fromkeys(str(name) for name in (*chosen.values(), policy or configuration.policy) if name)
        read = {name: load_policy_document(name) for name in names}
        self._general = read.get(str(policy or configuration.policy))
        self._of = {server: read[str(name)] for server, name in chosen.items() if name}
        self.policies = tuple(each for each, _ in read.values())
        self.texts = {document.name: document.text for _, document in read.values()}

    def policy(self, server: str) -> Policy | None:
        """The policy for the server, or none."""
        found = self._of.get(server, self._general)
        return found and found[0]

    def document(self, server: str) -> Document:
        """The text of that policy, which is there."""
        found = self._of.get(server, self._general)
        assert found is not None
        return found[1]


def _compare(before: SourcesReading, after: SourcesReading, governing: _Governing) -> DiffResult:
    classed = judged(before.catalogs, after.catalogs)
    drift = drift_of_all(*classed)
    places = Places(before, after, governing.document)
    found = [places.locate(finding) for finding in grade(drift, governing.policy)]
    found += [each for side in (before, after) for each in side.diagnostics if each.severity is Severity.WARNING]
    return DiffResult(
        old=classed[0],
        new=classed[1],
        policies=governing.policies,
        drift=drift,
        diagnostics=tuple(sorted(dict.fromkeys(found), key=lambda each: each.sort_key)),
        texts=_texts(before, after, governing),
        known=before.known | after.known | frozenset(governing.texts),
        reach=lambda server, tool: Posture(governing.policy(server)).reach(tool),
    )


def _texts(before: SourcesReading, after: SourcesReading, governing: _Governing) -> dict[str, str]:
    """What excerpts are taken from: a capture may hold arguments of calls, which no report repeats."""
    sides = {name: text for side in (before, after) for name, text in side.texts.items() if name not in side.captures}
    return sides | governing.texts


def _exit_code(result: DiffResult) -> ExitCode:
    if any(found.severity is Severity.ERROR for found in result.diagnostics):
        return ExitCode.FINDINGS
    has_tools = any(catalog.tools for catalog in (*result.old, *result.new))
    return ExitCode.CLEAN if has_tools else ExitCode.NOTHING_CHECKED


def _render(form: str, result: DiffResult, code: ExitCode, *, color: bool, width: int) -> str:
    match form:
        case "json":
            from policyctl.report.catalog.diff import json

            return json.render(result, code)
        case "markdown":
            from policyctl.report.catalog.diff import markdown

            return markdown.render(result)
        case _ if form in FORMATS:
            from policyctl.report.catalog.diff.page import checked
            from policyctl.report.diagnostics.formats import render

            return render(form, result.diagnosed(code, (checked(result),)))
        case _:
            from policyctl.report.catalog.diff import text

            return text.render(result, color=color, width=width)
