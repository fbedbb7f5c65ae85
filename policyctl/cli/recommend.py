"""`policyctl recommend`."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated, Literal

import typer

from policyctl.cli.documents import FlawedDocumentError, print_flaws
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish, note, tell
from policyctl.cli.options import FORMAT, ColorOption, ConfigOption, Outputs, Quiet, use_color
from policyctl.cli.recommending import Wish, advise, explained, put, refuse
from policyctl.recommend.profile import Approval, Profile
from policyctl.report.recommend.result import RecommendResult
from policyctl.workspace.config import load

_FORMATS = ("text", "json", "markdown")
_PIPED_WIDTH = 100

Catalogs = Annotated[
    list[str] | None,
    typer.Option("--catalog", "-c", metavar="FILE", help="Tools of servers, with classes or without; may be repeated."),
]
ServerOption = Annotated[
    list[str] | None, typer.Option("--server", metavar="ID", help="Only this server of the catalog; may be repeated.")
]
ProfileOption = Annotated[
    Literal["tool-page", "server-page", "strict"] | None,
    typer.Option("--profile", help="How strict; tool-page unless the configuration says otherwise."),
]
ApprovalOption = Annotated[
    Literal["published", "action"],
    typer.Option("--approval", help="Hold back money with the published deny, or ask for approval with `action`."),
]
OverrideOption = Annotated[
    str | None, typer.Option("--override", metavar="FILE", help="Classes that people have set over the classifier's.")
]
MergeOption = Annotated[
    str | None, typer.Option("--merge", metavar="POLICY", help="Keep the rules of this policy, and add what is missing.")
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write the policy there; of several servers, into this directory."),
]
YamlOption = Annotated[bool, typer.Option("--yaml", help="Write YAML with the reasons as comments; so does `-o *.yaml`.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace a file that is there.")]
ExplainOption = Annotated[
    str | None, typer.Option("--explain", metavar="TOOL", help="Write no policy; say everything about one tool.")
]


def recommend(
    catalog: Catalogs = None,
    server: ServerOption = None,
    profile: ProfileOption = None,
    approval: ApprovalOption = "published",
    override: OverrideOption = None,
    merge: MergeOption = None,
    out: OutOption = None,
    yaml: YamlOption = False,
    force: ForceOption = False,
    explain: ExplainOption = None,
    format: Annotated[Literal["text", "json", "markdown"], FORMAT] = "text",
    output: Outputs = None,
    color: ColorOption = "auto",
    config: ConfigOption = None,
    quiet: Quiet = False,
) -> int:
    """Write a policy that decides every tool of a server, by what each can do, and say why.

    Tools without a class are classified on the way. Where a class is open to doubt, the stricter rule is taken and the
    doubt is shown. Reasons stand in the report, and in comments of YAML; the policy is plain.

    The policy goes to standard output and the short of it to standard error; with `-o`, and with a `--format` for
    programs, the report goes to standard output. Profiles: tool-page and server-page are the defaults that PolicyLayer
    publishes for one tool and for a server, strict has people approve what runs or pays.

    Exits with 0 if there is a policy, 1 if a file has errors, 2 if one cannot be read or written, 3 if no tool is listed.
    """
    to = destinations(output, _FORMATS)
    configuration = load(config)
    wish = Wish(
        catalogs=tuple(catalog or ([str(configuration.catalog)] if configuration.catalog else [])),
        servers=tuple(server or ()),
        profile=Profile(profile or configuration.profile),
        approval=Approval(approval),
        override=override,
        merge=merge,
        out=out,
        yaml=yaml,
        force=force,
        explain=explain,
    )
    refuse(wish, [destination.path for destination in to])
    try:
        result = advise(wish)
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=use_color(color))
    code = ExitCode.CLEAN if result.advices else ExitCode.NOTHING_CHECKED
    if explain is not None and result.advices:
        explanation = explained(result, wish)
        return finish(lambda form: _explain(form, explanation, use_color(color)), code, format=format, to=to)
    result, text = put(result, wish)
    if text is None or format != "text":
        return finish(lambda form: _render(form, result, use_color(color)), code, format=format, to=to)
    finish(lambda form: _render(form, result, use_color(color)) if form != "text" else text, code, format=format, to=to)
    return int(code)
