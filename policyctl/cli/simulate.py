"""`policyctl simulate`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

from policyctl.cli import trace_options as of
from policyctl.cli.documents import FlawedDocumentError, print_flaws
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish
from policyctl.cli.in_force import assignments
from policyctl.cli.options import FORMAT, ColorOption, ConfigOption, Outputs, Quiet, ShowArgs, page_width, use_color
from policyctl.cli.refusals import refuse_replacing, refuse_second_reading
from policyctl.cli.replaying import labels, share, threshold, trace_files
from policyctl.engine.ledger import LATENESS, Windows
from policyctl.replay.routing import Assignment
from policyctl.replay.subjects import grant_declaration
from policyctl.report.progress import progress
from policyctl.report.simulate.decisions import DecisionLines
from policyctl.simulate.gates import Bounds
from policyctl.simulate.result import Simulation
from policyctl.simulate.run import Setup
from policyctl.simulate.run import simulate as replay
from policyctl.workspace.config import load
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.write import writing_whole


def simulate(
    traces: of.Traces = None,
    policy: of.PolicyOption = None,
    catalog: of.CatalogOption = None,
    server: of.ServerOption = None,
    map: of.MapOption = None,
    grant: of.GrantOption = None,
    grant_from: of.GrantFromOption = None,
    window: of.WindowOption = None,
    lateness: of.LatenessOption = None,
    bad: of.BadOption = None,
    good: of.GoodOption = None,
    attack_call: of.AttackCallOption = None,
    max_denied: of.MaxDenied = None,
    max_undetermined: of.MaxUndetermined = None,
    min_calls: of.MinCalls = None,
    min_fidelity: of.MinFidelity = None,
    max_bad_lines: of.MaxBadLines = None,
    decisions: of.DecisionsOption = None,
    stats: of.StatsOption = False,
    format: Annotated[Literal["text", "json", "ndjson", "markdown"], FORMAT] = "text",
    output: Outputs = None,
    show_args: ShowArgs = False,
    color: ColorOption = "auto",
    config: ConfigOption = None,
    quiet: Quiet = False,
) -> int:
    """Replay recorded calls under a policy and show what it would have done; nothing recorded is ever executed.

    A trace has one call a line, as JSON with `tool`, `args`, `ts`, `session`, `grant` and more, of which only `tool` must
    be there (`policyctl schema trace`). MCP messages are read as they are, other JSONL with `--map`.

    Exits with 0 even if calls are denied, 1 if the policy has errors or more are denied than a gate allows, 2 if a file
    cannot be read, 3 if there is no call, 4 if the evidence is too thin: unreadable lines, a gate on it, nothing decided.
    """
    to = destinations(output, ("text", "json", "markdown"))
    refuse_second_reading(*(traces or ()), policy, catalog)
    configuration = load(config)
    set_grant = (
        (grant, grant_from) if grant or grant_from else (configuration.traces.grant, configuration.traces.grant_from)
    )
    declaration = grant_declaration(name=set_grant[0], source=set_grant[1])
    gate = configuration.gate
    bounds = Bounds(
        max_denied=threshold(max_denied, gate.max_denied, "--max-denied"),
        max_undetermined=threshold(max_undetermined, gate.max_undetermined, "--max-undetermined"),
        min_calls=gate.min_calls if min_calls is None else min_calls,
        min_fidelity=share(min_fidelity, gate.min_fidelity, "--min-fidelity"),
        max_bad_lines=threshold(max_bad_lines, gate.max_bad_lines, "--max-bad-lines"),
    )
    score = labels(bad, good, attack_call)
    try:
        in_force = assignments(policy, catalog, server, configuration)
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=use_color(color))
    files = trace_files(traces, map, configuration)
    setup = Setup(
        assignments=in_force,
        files=files,
        windows=Windows(window or configuration.traces.window),
        lateness=_lateness(lateness, configuration),
        grant_of=declaration[0] if declaration else None,
        declared=declaration[1] if declaration else None,
        bounds=bounds,
    )
    with ExitStack() as stack:
        for file in files:
            stack.callback(file.stream.close)
        read = (*(file.stream.name for file in files), *_documents(in_force))
        refuse_replacing(read, (decisions, *(destination.path for destination in to)))
        names = _decision_files(decisions, format)
        outs = [stack.enter_context(_out(name)) for name in names]
        lines = [DecisionLines(out, show_args=show_args) for out in outs]
        # A bar between the lines of a terminal would tear them apart.
        is_busy = "-" in names and sys.stdout.isatty()
        with progress([file.stream for file in files], quiet=quiet or is_busy):
            result = replay(setup, labels=score, watchers=lines)
    painted = use_color(color)
    width = page_width()
    form: str = "stats" if stats and format == "text" else format
    if decisions == "-" and format != "ndjson":
        form = "none"
    return finish(
        lambda form: _render(form, result, color=painted, width=width), ExitCode(result.code), format=form, to=to
    )


def _documents(in_force: Sequence[Assignment]) -> Iterator[str]:
    for assignment in in_force:
        yield assignment.policy.name
        if assignment.catalog is not None:
            yield assignment.catalog.name


def _lateness(flag: int | None, configuration: Configuration) -> int:
    chosen = configuration.traces.lateness if flag is None else flag
    return LATENESS if chosen is None else max(chosen, LATENESS)


def _decision_files(decisions: str | None, format: str) -> list[str]:
    names = [] if decisions is None else [decisions]
    return list(dict.fromkeys(("-", *names))) if format == "ndjson" else names


@contextmanager
def _out(name: str) -> Iterator[BinaryIO]:
    """A file that appears when the replay is through, or standard output."""
    if name == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with writing_whole(Path(name)) as file:
        yield file


def _render(form: str, result: Simulation, *, color: bool, width: int) -> str:
    match form:
        case "none":
            # The decisions stand there instead.
            return ""
        case "json" | "ndjson":
            from policyctl.report.simulate import json

            return json.render(result, compact=form == "ndjson")
        case "markdown":
            from policyctl.report.simulate import markdown

            return markdown.render(result)
        case "stats":
            from policyctl.report.simulate import stats

            return stats.render(result)
        case _:
            from policyctl.report.simulate import text

            return text.render(result, color=color, width=width)
