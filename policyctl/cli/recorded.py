"""Recorded calls beside a comparison of two policies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from policyctl.diff.result import PolicyDiff
from policyctl.model.catalog import Catalog
from policyctl.model.policy import Policy
from policyctl.workspace.configuration import Configuration

if TYPE_CHECKING:
    from policyctl.diff.recorded import RecordedCalls
    from policyctl.model.call import Call
    from policyctl.traces.read import TraceFile


def count_recorded(
    traces: Sequence[str] | None,
    mapping: str | None,
    diff: PolicyDiff,
    catalog: Catalog | None,
    configuration: Configuration,
    *,
    quiet: bool,
) -> tuple[RecordedCalls | None, int]:
    """Every recorded call under both policies, and the number of lines that could not be read; nothing without traces."""
    if not traces:
        return None, 0
    # A comparison without a trace needs none of these.
    from policyctl.cli.replaying import trace_files
    from policyctl.diff.recorded import RecordedCalls
    from policyctl.report.progress import progress

    files = trace_files(traces, mapping, configuration)
    recorded = RecordedCalls(diff.old, diff.new)
    try:
        with progress([file.stream for file in files], quiet=quiet):
            recorded.see(_calls(files, _both(diff.old, diff.new), catalog))
    finally:
        for file in files:
            file.stream.close()
    return recorded, sum(file.bad_lines for file in files)


def _both(old: Policy, new: Policy) -> Policy:
    """A policy that names what either does."""
    return replace(new, tools={**old.tools, **new.tools}, hide=(*old.hide, *new.hide))


def _calls(files: Sequence[TraceFile], names: Policy, catalog: Catalog | None) -> Iterator[tuple[Call, str]]:
    """Every call, with the policies' name for its tool."""
    from policyctl.engine.gateway import Gateway
    from policyctl.model.call import Call
    from policyctl.replay.routing import Assignment, Lane, Router
    from policyctl.traces.duplicates import Duplicates
    from policyctl.traces.read import read_traces

    router = Router([Lane(Assignment(names, catalog), Gateway(names))])
    is_repeated = Duplicates().is_repeated
    for count, (_, _, call, text) in enumerate(read_traces(files)):
        if isinstance(call, Call) and not (call.id is not None and is_repeated(call, text, count)):
            yield call, router.route(call.server, call.tool).tool
