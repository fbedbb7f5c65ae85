"""Options about traces and policies in force, shared by the commands that replay."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import typer

from policyctl.errors import PolicyctlError


def _seconds(text: str) -> int:
    """As in the configuration, where a number needs no quotes."""
    from policyctl.workspace.readers import MistakeError, duration

    try:
        return duration(int(text) if text.isascii() and text.isdecimal() else text, ("--lateness",))
    except MistakeError as mistake:
        raise PolicyctlError(mistake.message, hint=mistake.hint) from mistake


Traces: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(metavar="TRACE", help="Recorded calls: JSONL, plain, gzip or zstd; `-` is standard input."),
]
PolicyOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--policy", "-p", metavar="FILE", help="The policy; else the configured one, else ./policy.json, .yaml, .yml."
    ),
]
CatalogOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--catalog", "-c", metavar="FILE", help="The catalog, which says what each tool does and what it can cost."
    ),
]
ServerOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--server", metavar="NAME", help="The policy is for this server; calls of others are counted and not judged."
    ),
]
MapOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--map",
        metavar="FIELD=/POINTER,…",
        help="Read JSONL of another shape: tool=/params/name,args=/params/arguments.",
    ),
]
GrantOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--grant", metavar="NAME", help="Calls without a grant belong to this one; limits count by grant."),
]
GrantFromOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--grant-from", metavar="PLACE", help="Or take their grant from session, file or meta.KEY."),
]
WindowOption: TypeAlias = Annotated[
    Literal["fixed", "sliding"] | None,
    typer.Option("--window", help="Windows of limits: fixed (aligned to UTC; the default) or sliding."),
]
LatenessOption: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--lateness",
        metavar="SECONDS",
        parser=_seconds,
        help="Keep counts so far back for records out of order: 3600, 36h, 2d; at least a day.",
    ),
]
BadOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--bad", metavar="PLACE=VALUE,…", help="Score sessions in which an attack worked: meta.attack_success=true."
    ),
]
GoodOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--good", metavar="PLACE=VALUE,…", help="Score sessions that did their work: meta.utility=true."),
]
AttackCallOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--attack-call",
        metavar="PLACE=VALUE,…",
        help="The calls that serve an attack; else meta.after_injection_seen=true.",
    ),
]
BaseOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--base",
        "-b",
        metavar="FILE|REV:",
        help="Compare with this policy; REV: is the same file, or files, in that commit.",
    ),
]
BaseRevOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--base-rev", metavar="REV", help="Take the gates of the configuration from this revision."),
]
AmountOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--amount",
        metavar="args.PATH",
        help="With --base: add up this argument too, beside those that limits count; may be repeated.",
    ),
]
MaxNewlyAllowed: TypeAlias = Annotated[
    str | None,
    typer.Option("--max-newly-allowed", metavar="N|N%", help="With --base: exit 1 if more denied calls are allowed."),
]
MaxApprovalRemoved: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--max-approval-removed", metavar="N|N%", help="With --base: exit 1 if more calls need no approval any more."
    ),
]
MaxNewlyDenied: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--max-newly-denied", metavar="N|N%", help="With --base: exit 1 if more calls are denied that were not."
    ),
]
MaxApprovalAdded: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--max-approval-added", metavar="N|N%", help="With --base: exit 1 if more calls need an approval that did not."
    ),
]
MaxChanged: TypeAlias = Annotated[
    str | None,
    typer.Option("--max-changed", metavar="N|N%", help="With --base: exit 1 if more calls get another verdict."),
]
MaxDenied: TypeAlias = Annotated[
    str | None, typer.Option("--max-denied", metavar="N|N%", help="Exit 1 if more calls are denied.")
]
MaxUndetermined: TypeAlias = Annotated[
    str | None, typer.Option("--max-undetermined", metavar="N|N%", help="Exit 4 if more calls are undetermined.")
]
MinCalls: TypeAlias = Annotated[
    int | None, typer.Option("--min-calls", metavar="N", min=0, help="Exit 4 if fewer calls are decided.")
]
MinFidelity: TypeAlias = Annotated[
    str | None,
    typer.Option("--min-fidelity", metavar="N%", help="Exit 4 if a smaller share of recorded decisions is reproduced."),
]
MaxBadLines: TypeAlias = Annotated[
    str | None, typer.Option("--max-bad-lines", metavar="N|N%", help="Exit 4 if more lines are unreadable (default 0).")
]
DecisionsOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--decisions",
        metavar="FILE",
        help="Write every decision as a line of JSON; `-` puts them in place of the report.",
    ),
]
ProfileOption: TypeAlias = Annotated[
    bool,
    typer.Option("--profile", help="Say on standard error where the time went, and which rules took most of it."),
]
StatsOption: TypeAlias = Annotated[bool, typer.Option("--stats", help="Only the counts, a name and a number a line.")]
JobsOption: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        metavar="N",
        help="So many processes read a large trace, else as many as there are cores; the report is the same.",
    ),
]
SchedulerOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="tcp://HOST:PORT",
        help="The workers of this Dask scheduler read the trace, which lies where they see it (policyctl[scale]).",
    ),
]
