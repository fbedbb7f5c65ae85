"""The counts of a comparison alone: `name value` lines, named like those of a simulation."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.report.number import number_field
from policyctl.report.simulate.stats import Stat, coverage_stats, line_stats, written
from policyctl.simulate.compare.change import Standing
from policyctl.simulate.compare.result import Changes, Comparison
from policyctl.source.pointer import format_path, join


def render(comparison: Comparison) -> str:
    """Lines, coverage of the new side, changes, the matrix, and changes by tool and by class."""
    return written(_stats(comparison))


def _stats(comparison: Comparison) -> Iterator[Stat]:
    yield from line_stats(comparison.new)
    yield from coverage_stats(comparison.new.coverage)
    yield "/compared", comparison.compared
    yield "/changed_sessions", comparison.changed_sessions
    for row in comparison.changes:
        yield join("changes", row.change.value), row.calls
        for standing in Standing if row.change.is_of_verdict else ():
            yield join("changes", row.change.value, standing.value), row.by_standing[standing]
    for (old, new), calls in comparison.matrix.items():
        yield join("matrix", old.value, new.value), calls
    for tool in comparison.tools:
        yield from _changes(join("tools", *(() if tool.server is None else (tool.server,)), tool.tool), tool.changes)
    for name, groups in (("categories", comparison.classes), ("risks", comparison.risks)):
        for group, changes in groups:
            yield from _changes(join(name, group), changes)
    for amount in comparison.amounts:
        name = join(
            "amounts", *(() if amount.server is None else (amount.server,)), amount.tool, format_path(amount.path)
        )
        for direction, found in (("let_through", amount.let_through), ("stopped", amount.stopped)):
            yield f"{name}/{direction}/calls", found.calls
            if found.total is not None:
                yield f"{name}/{direction}/sum", number_field(found.total)


def _changes(name: str, changes: Changes) -> Iterator[Stat]:
    for change, calls in changes.items():
        yield f"{name}/{change.value}", calls
