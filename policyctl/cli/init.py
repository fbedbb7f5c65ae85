"""`policyctl init`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from policyctl.cli.documents import FlawedDocumentError, print_flaws
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish, note
from policyctl.cli.options import FORMAT, ColorOption, Outputs, Quiet, use_color
from policyctl.cli.starting import Wish, started
from policyctl.report.init.result import InitResult

FolderArgument = Annotated[
    str, typer.Argument(metavar="[DIR]", help="Where the policy and its configuration go; made if it is not there.")
]
CatalogOption = Annotated[
    str | None,
    typer.Option("--catalog", "-c", metavar="FILE", help="The tools of a server; the policy decides each of them."),
]
ProfileOption = Annotated[
    Literal["tool-page", "server-page", "strict"] | None,
    typer.Option("--profile", help="How strict a policy from a catalog is; tool-page unless configured."),
]
YamlOption = Annotated[bool, typer.Option("--yaml", help="Write the policy as YAML, with the reasons as comments.")]
GithubOption = Annotated[bool, typer.Option("--github", help="Write the workflow outside of a git repository too.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Write nothing; show what would be written.")]


def init(
    folder: FolderArgument = ".",
    catalog: CatalogOption = None,
    profile: ProfileOption = None,
    yaml: YamlOption = False,
    github: GithubOption = False,
    dry_run: DryRunOption = False,
    format: Annotated[Literal["text", "json"], FORMAT] = "text",
    output: Outputs = None,
    color: ColorOption = "auto",
    quiet: Quiet = False,
) -> int:
    """Write a configuration, a policy, the entry for pre-commit and a workflow for GitHub: what a project starts with.

    With a catalog the policy decides every tool of it, as `policyctl recommend` would; without one it denies everything.
    Hooks and workflow go to the root of the git repository, the rest to DIR.

    A file that is there is never changed: the report says which were kept, and what to add to them by hand.

    Exits with 0 also if everything was there, 1 if the catalog has errors, 2 if a file cannot be read or written.
    """
    to = destinations(output, ("text", "json"))
    painted = use_color(color)
    try:
        result, notes = started(Wish(folder, catalog, profile, yaml=yaml, github=github, dry_run=dry_run))
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=painted)
    for each in notes:
        note(f"note: {each}", quiet=quiet)
    code = ExitCode.TROUBLE if result.has_failed else ExitCode.CLEAN
    return finish(lambda form: _render(form, result, code, color=painted), code, format=format, to=to)


def _render(form: str, result: InitResult, code: ExitCode, *, color: bool) -> str:
    if form == "json":
        from policyctl.report.init import json

        return json.render(result, code)
    from policyctl.report.init import text
    from policyctl.report.style import Style

    return text.render(result, Style(color))
