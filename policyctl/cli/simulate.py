"""`policyctl simulate`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

from policyctl.cli import trace_options as of
from policyctl.cli.basing import Policies, amount_path, base_of, refuse_without_base
from policyctl.cli.documents import FlawedDocumentError, print_flaws
from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish
from policyctl.cli.in_force import assignments
from policyctl.cli.options import FORMAT, ColorOption, ConfigOption, Outputs, Quiet, ShowArgs, page_width, use_color
from policyctl.cli.refusals import refuse_replacing, refuse_second_reading
from policyctl.cli.replaying import change_bounds, labels, setup_for, trace_files, with_flags
from policyctl.cli.simulating import FORMATS, compared, replayed
from policyctl.replay.routing import Assignment
from policyctl.replay.subjects import grant_declaration
from policyctl.report.progress import progress
from policyctl.simulate.run import cores
from policyctl.workspace.config import load, load_at
from policyctl.workspace.configuration import Traces
from policyctl.workspace.write import writing_whole

if TYPE_CHECKING:
    from policyctl.cli.profiling import Profiler


def simulate(
    traces: of.Traces = None,
    policy: of.PolicyOption = None,
    base: of.BaseOption = None,
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
    max_newly_allowed: of.MaxNewlyAllowed = None,
    max_approval_removed: of.MaxApprovalRemoved = None,
    max_newly_denied: of.MaxNewlyDenied = None,
    max_approval_added: of.MaxApprovalAdded = None,
    max_changed: of.MaxChanged = None,
    amount: of.AmountOption = None,
    base_rev: of.BaseRevOption = None,
    decisions: of.DecisionsOption = None,
    stats: of.StatsOption = False,
    profile: of.ProfileOption = False,
    jobs: of.JobsOption = None,
    scheduler: of.SchedulerOption = None,
    format: Annotated[Literal["text", "json", "ndjson", "markdown", "sarif", "github"], FORMAT] = "text",
    output: Outputs = None,
    show_args: ShowArgs = False,
    color: ColorOption = "auto",
    config: ConfigOption = None,
    quiet: Quiet = False,
) -> int:
    """Replay recorded calls under a policy and show what it would have done; nothing recorded is ever executed.

    A trace has one call a line, as JSON with `tool`, `args`, `ts`, `session`, `grant` and more, of which only `tool` must
    be there (`policyctl schema trace`). MCP messages are read as they are, other JSONL with `--map`.

    With `--base` two policies decide each call in one pass, each with counts of its own: what changes, for which tools, by
    which rules, and how much of it the record can really show.

    Exits with 0 even if calls are denied, 1 if a policy has errors or more are denied, or change, than a gate allows, 2 if
    a file cannot be read, 3 if there is no call, 4 if the evidence is too thin: unreadable lines, a gate on it, nothing
    decided.
    """
    to = destinations(output, FORMATS)
    refuse_second_reading(*(traces or ()), policy, base, catalog)
    configuration = load(config)
    configuration = replace(configuration, traces=_traces(configuration.traces, grant, grant_from, window, lateness))
    # A change must not loosen the bounds that it is held against.
    gate = configuration.gate if base_rev is None else load_at(base_rev, config).gate
    on_changes = {
        "max_newly_allowed": max_newly_allowed,
        "max_approval_removed": max_approval_removed,
        "max_newly_denied": max_newly_denied,
        "max_approval_added": max_approval_added,
        "max_changed": max_changed,
    }
    bounds = {
        "max_denied": max_denied,
        "max_undetermined": max_undetermined,
        "min_fidelity": min_fidelity,
        "max_bad_lines": max_bad_lines,
    }
    gate = with_flags(gate if min_calls is None else replace(gate, min_calls=min_calls), {**bounds, **on_changes})
    if base is None:
        refuse_without_base({**on_changes, "amount": amount or None})
    amounts = tuple(amount_path(text) for text in amount or ())
    score = labels(bad, good, attack_call)
    policies = Policies()
    try:
        in_force = assignments(policy, catalog, server, configuration, load=policies.load)
        before = None if base is None else base_of(base, in_force, policies, config)
        policies.refuse_flaws()
    except FlawedDocumentError as flaws:
        return print_flaws(flaws, color=use_color(color))
    files = trace_files(traces, map, configuration)
    # A profile is of one process.
    count = 1 if profile else jobs or cores()
    setup = setup_for(configuration, gate, in_force, files, jobs=count, scheduler=None if profile else scheduler)
    profiler = _profiler() if profile else None
    with ExitStack() as stack:
        for file in files:
            stack.callback(file.stream.close)
        read = (*(file.stream.name for file in files), *_documents((*in_force, *(before or ()))))
        refuse_replacing(read, (decisions, *(destination.path for destination in to)))
        names = _decision_files(decisions, format)
        outs = [stack.enter_context(_out(name)) for name in names]
        # A bar between the lines of a terminal would tear them apart.
        is_busy = "-" in names and sys.stdout.isatty()
        if profiler is not None:
            stack.enter_context(profiler.sampler)
        with progress([file.stream for file in files], quiet=quiet or is_busy):
            if before is None:
                shown = replayed(setup, score, outs, show_args=show_args)
            else:
                shown = compared(
                    setup, before, change_bounds(gate), amounts, score, outs, policies, show_args=show_args
                )
    painted = use_color(color)
    width = page_width()
    form: str = "stats" if stats and format == "text" else format
    if decisions == "-" and format != "ndjson":
        form = "none"
    code = finish(lambda form: shown.render(form, color=painted, width=width), ExitCode(shown.code), format=form, to=to)
    if profiler is not None:
        profiler.tell(setup)
    return code


def _profiler() -> Profiler:
    from policyctl.cli.profiling import Profiler

    return Profiler()


def _documents(in_force: Sequence[Assignment]) -> Iterator[str]:
    for assignment in in_force:
        yield assignment.policy.name
        if assignment.catalog is not None:
            yield assignment.catalog.name


def _traces(
    traces: Traces,
    grant: str | None,
    grant_from: str | None,
    window: Literal["fixed", "sliding"] | None,
    lateness: int | None,
) -> Traces:
    """How the configuration has recordings read, with flags in place of its settings."""
    if grant or grant_from:
        # A mistake in them is told before anything is read.
        grant_declaration(name=grant, source=grant_from)
        traces = replace(traces, grant=grant, grant_from=grant_from)
    return replace(traces, window=window or traces.window, lateness=traces.lateness if lateness is None else lateness)


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
