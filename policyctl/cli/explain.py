"""`policyctl explain`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Literal, TypeAlias

import typer

from policyctl.cli import trace_options as of
from policyctl.cli.documents import FlawedDocumentError, load_policy_document, print_flaws
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish, note
from policyctl.cli.in_force import assignments
from policyctl.cli.options import FORMAT, Color, ColorOption, ConfigOption, Outputs, Quiet, ShowArgs, use_color
from policyctl.cli.refusals import refuse_replacing, refuse_second_reading
from policyctl.cli.replaying import trace_files
from policyctl.diagnostic import Diagnostic, Position
from policyctl.engine.ledger import LATENESS, Ledger, Windows
from policyctl.errors import PolicyctlError
from policyctl.explain.call import read_call, unread
from policyctl.explain.preset import use_up, with_subject
from policyctl.explain.result import Explanation, Origin
from policyctl.explain.run import explain as ask
from policyctl.explain.trace import moment
from policyctl.model.call import Call
from policyctl.model.policy import Policy
from policyctl.replay.plain import Replay
from policyctl.replay.routing import Assignment, Router
from policyctl.replay.subjects import grant_declaration
from policyctl.simulate.facts import facts_to_record
from policyctl.source.document import Document
from policyctl.workspace.config import load
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.open import STDIN, read_bytes

#: The policies that were read, by their digests.
Documents: TypeAlias = Mapping[str, Document]

_FORMATS = ("text", "json", "markdown")

CallOption = Annotated[
    str | None, typer.Option("--call", metavar="JSON", help="The call; `-` reads it from standard input.")
]
TraceOption = Annotated[
    str | None, typer.Option("--trace", "-t", metavar="FILE", help="The trace that holds the call, with --line.")
]
LineOption = Annotated[
    int | None, typer.Option("--line", "-l", metavar="N", min=1, help="The line of the trace; those before it count.")
]
UsedOption = Annotated[
    list[str] | None,
    typer.Option("--used", metavar="COUNTER=N", help="How much of a limit is used up before --call; may be repeated."),
]


def explain(
    call: CallOption = None,
    policy: of.PolicyOption = None,
    trace: TraceOption = None,
    line: LineOption = None,
    used: UsedOption = None,
    server: of.ServerOption = None,
    map: of.MapOption = None,
    grant: of.GrantOption = None,
    grant_from: of.GrantFromOption = None,
    window: of.WindowOption = None,
    format: Annotated[Literal["text", "json", "markdown"], FORMAT] = "text",
    output: Outputs = None,
    show_args: ShowArgs = False,
    color: ColorOption = "auto",
    config: ConfigOption = None,
    quiet: Quiet = False,
) -> int:
    """Show step by step how one call is decided: each stage, each condition with what it saw, limits, the verdict.

    The call is written after `--call`, or stands in a trace, whose earlier lines are replayed so that limits are as used
    up as they were. Values of a recorded call are shown with `--show-args` alone. Nothing is executed.

    Exits with 0 whatever the verdict, 1 if the policy has errors, 2 if there is no such call.
    """
    to = destinations(output, _FORMATS)
    refuse_second_reading(policy, trace, call)
    read = [name for name in (policy, trace) if name is not None]
    refuse_replacing(read, [destination.path for destination in to])
    configuration = load(config)
    windows = Windows(window or configuration.traces.window)
    documents: dict[str, Document] = {}

    def load_located(name: str) -> Policy:
        found, document = load_policy_document(name)
        documents[found.digest] = document
        return found

    try:
        in_force = assignments(policy, None, server, configuration, load=load_located)
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=use_color(color))
    if call is not None and trace is None and line is None:
        explanation = _written(call, in_force, windows, used or [], documents, color=color, quiet=quiet)
    elif call is None and trace is not None and line is not None and not used:
        declared = (grant, grant_from)
        explanation = _recorded(trace, line, map, in_force, windows, declared, configuration, documents)
    else:
        raise PolicyctlError("which call?", hint="give `--call` (and `--used`), or else `--trace` and `--line`")
    explanation = replace(explanation, windows=windows, facts=facts_to_record([explanation.decision]))
    painted, shown = use_color(color), show_args or call is not None
    return finish(
        lambda form: _render(form, explanation, color=painted, show_args=shown), ExitCode.CLEAN, format=format, to=to
    )


def _written(
    text: str,
    in_force: tuple[Assignment, ...],
    windows: Windows,
    used: list[str],
    documents: Documents,
    *,
    color: Color,
    quiet: bool,
) -> Explanation:
    name = "standard input" if text == STDIN else "--call"
    raw = read_bytes(STDIN) if text == STDIN else text.encode("utf-8", "surrogateescape")
    call = read_call(name, raw)
    if not isinstance(call, Call):
        raise _no_call(name, raw, call, color)
    for field, meant in unread(raw):
        hint = f"; did you mean `{meant}`?" if meant else ""
        note(f"note: `{_safe(field)}` is no field of a call and is not read{hint}", quiet=quiet)
    replay = Replay(in_force, windows=windows, lateness=LATENESS)
    route = Router(replay.lanes).route(call.server, call.tool)
    if route.lane is None:
        raise PolicyctlError("no policy governs this call", hint="name its server in `server`, or a `--policy`")
    governing, ledger = route.lane.assignment.policy, Ledger(route.lane.assignment.policy, windows=windows)
    counted = with_subject(call) if used else call
    use_up(governing, ledger, counted, route.tool, used)
    explained = ask(governing, counted, ledger, tool=route.tool, locate=_locate(documents[governing.digest]))
    return replace(explained, call=call, preset=tuple(used))


def _recorded(
    trace: str,
    line: int,
    mapping: str | None,
    in_force: tuple[Assignment, ...],
    windows: Windows,
    declared: tuple[str | None, str | None],
    configuration: Configuration,
    documents: Documents,
) -> Explanation:
    traces = configuration.traces
    name, source = declared if any(declared) else (traces.grant, traces.grant_from)
    declaration = grant_declaration(name=name, source=source)
    grant_of = declaration[0] if declaration else None
    (file,) = trace_files([trace], mapping, configuration)
    lateness = max(traces.lateness or LATENESS, LATENESS)
    replay = Replay(in_force, windows=windows, lateness=lateness, grant_of=grant_of)
    try:
        there = moment(file, line, replay, grant_of=grant_of)
    finally:
        file.stream.close()
    explained = ask(
        there.policy, there.call, there.ledger, tool=there.tool, locate=_locate(documents[there.policy.digest])
    )
    return replace(explained, origin=Origin(file.source, line, repeats=there.repeats))


def _locate(document: Document) -> Callable[[str], Position]:
    """Finds places in the policy's text, as `validate` shows them."""
    return lambda pointer: document.key_span(pointer).start


def _no_call(name: str, raw: bytes, found: tuple[Diagnostic, ...], color: Color) -> PolicyctlError:
    """Shows the mistakes with their places, and says what follows from them."""
    from policyctl.report.diagnostics.text import frames
    from policyctl.report.style import Style
    from policyctl.source.decode import decode_leniently

    style = Style(use_color(color, sys.stderr))
    for frame in frames(found, {name: decode_leniently(raw)}, names=lambda _: None, style=style, show_args=True):
        note(f"{frame}\n")
    hint = """write it as {"tool": "name", "args": {"key": "value"}}, in single quotes for the shell"""
    return PolicyctlError(f"`{name}` holds no call", hint=hint)


def _safe(text: str) -> str:
    from policyctl.report.escape import escape_terminal

    return escape_terminal(text)


def _render(form: str, explanation: Explanation, *, color: bool, show_args: bool) -> str:
    match form:
        case "json":
            from policyctl.report.explain import json

            return json.render(explanation, show_args=show_args)
        case "markdown":
            from policyctl.report.explain import markdown

            return markdown.render(explanation, show_args=show_args)
        case _:
            from policyctl.report.explain import text
            from policyctl.report.style import Style

            return text.render(explanation, Style(color), show_args=show_args)
