"""`policyctl recommend`."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from policyctl.cli.documents import FlawedDocumentError, print_flaws
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish, note, save, tell
from policyctl.cli.options import FORMAT, Color, ColorOption, ConfigOption, Outputs, Quiet, page_width, use_color
from policyctl.cli.recommending import Wish, explained, recommended, refuse
from policyctl.recommend.profile import Approval, Profile
from policyctl.report.recommend.result import Explanation, RecommendResult
from policyctl.workspace.config import load

_FORMATS = ("text", "json", "markdown")

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
    str | None,
    typer.Option("--merge", metavar="POLICY", help="Keep the rules of this policy, and add what is missing."),
]
AgainstOption = Annotated[
    str | None, typer.Option("--against", metavar="POLICY", help="Say what changes for whom beside this policy.")
]
OutOption = Annotated[
    str | None,
    typer.Option("-o", metavar="FILE|DIR", help="The policy to write; in a directory one file a server."),
]
YamlOption = Annotated[
    bool, typer.Option("--yaml", help="Write YAML with the reasons as comments; so does `-o *.yaml`.")
]
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
    against: AgainstOption = None,
    to_file: OutOption = None,
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
        against=against,
        out=to_file,
        yaml=yaml,
        force=force,
    )
    refuse(wish, [destination.path for destination in to], explain=explain is not None)
    painted = use_color(color)
    try:
        if explain is not None:
            explanation = explained(wish, explain)
            return finish(lambda form: _explain(form, explanation, painted), ExitCode.CLEAN, format=format, to=to)
        result, policy = recommended(wish)
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=painted)
    code = ExitCode(result.code)
    if policy is None or format != "text":
        return finish(lambda form: _render(form, result, painted), code, format=format, to=to)
    save(lambda form: _render(form, result, painted), to)
    tell(policy)
    note(_short(result, color), quiet=quiet)
    return int(code)


def _render(form: str, result: RecommendResult, color: bool) -> str:
    match form:
        case "json":
            from policyctl.report.recommend import json

            return json.render(result)
        case "markdown":
            from policyctl.report.recommend import markdown

            return markdown.render(result)
        case _:
            from policyctl.report.recommend import text

            return text.render(result, color=color, width=page_width())


def _short(result: RecommendResult, color: Color) -> str:
    from policyctl.report.recommend.text import short
    from policyctl.report.style import Style

    return short(result, Style(use_color(color, sys.stderr)))


def _explain(form: str, explanation: Explanation, color: bool) -> str:
    match form:
        case "json":
            from policyctl.report.recommend import explain_json

            return explain_json.render(explanation)
        case "markdown":
            from policyctl.report.recommend import explain

            return explain.render_markdown(explanation)
        case _:
            from policyctl.report.recommend import explain

            return explain.render(explanation, color=color, width=page_width())
