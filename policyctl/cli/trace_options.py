"""Options about traces and policies in force, shared by the commands that replay."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import typer

Traces: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(metavar="TRACE", help="Recorded calls: JSONL, plain, gzip or zstd; `-` is standard input."),
]
PolicyOption: TypeAlias = Annotated[
    str | None, typer.Option("--policy", "-p", metavar="FILE", help="The policy; else the configured or found one.")
]
CatalogOption: TypeAlias = Annotated[
    str | None, typer.Option("--catalog", "-c", metavar="FILE", help="The catalog that classes the tools.")
]
ServerOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--server", metavar="NAME", help="The policy is for this server; calls of others are not governed."),
]
MapOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--map", metavar="FIELD=/POINTER,…", help="Where the fields of a call stand in other JSONL."),
]
GrantOption: TypeAlias = Annotated[
    str | None, typer.Option("--grant", metavar="NAME", help="Whose the calls without a grant are.")
]
GrantFromOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--grant-from", metavar="PLACE", help="Where their grant is: session, file or meta.KEY."),
]
WindowOption: TypeAlias = Annotated[
    Literal["fixed", "sliding"] | None,
    typer.Option("--window", help="How the windows of limits lie: fixed (aligned to UTC, the default) or sliding."),
]
LatenessOption: TypeAlias = Annotated[
    int | None,
    typer.Option("--lateness", metavar="SECONDS", min=0, help="How far back counts are kept, at least a day's worth."),
]
BadOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--bad", metavar="PLACE=VALUE,…", help="Sessions that went wrong: meta.attack_success=true."),
]
GoodOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--good", metavar="PLACE=VALUE,…", help="Sessions that went well: meta.utility=true."),
]
AttackCallOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--attack-call", metavar="PLACE=VALUE,…", help="Calls that serve the attack in a bad session."),
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
    typer.Option("--min-fidelity", metavar="N%", help="Exit 4 if fewer recorded decisions are reproduced."),
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
StatsOption: TypeAlias = Annotated[bool, typer.Option("--stats", help="Only the counts, a name and a number a line.")]
