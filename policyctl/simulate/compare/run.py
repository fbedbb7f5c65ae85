"""The whole comparison: both replays in one pass, then everything that follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policyctl.replay.compare import Pairs, replay_both
from policyctl.replay.routing import Assignment
from policyctl.simulate.compare import summary
from policyctl.simulate.compare.amounts import Amounts
from policyctl.simulate.compare.gates import NO_CHANGE_BOUNDS, ChangeBounds, check_changes
from policyctl.simulate.compare.pairs import ChangeWatcher, PairTally
from policyctl.simulate.compare.result import Comparison
from policyctl.simulate.gates import TOO_THIN, Bounds
from policyctl.simulate.labels import Labels
from policyctl.simulate.run import Setup, Side, codes_of, no_collection, strongest


@dataclass(frozen=True, slots=True)
class Against:
    """What a setup is compared with: a policy for each of its servers, in the same order.

    `amounts` are arguments that are added up beside those that limits count; `show_args` lets a sum be a single value.
    """

    base: tuple[Assignment, ...]
    bounds: ChangeBounds = NO_CHANGE_BOUNDS
    amounts: tuple[tuple[str, ...], ...] = ()
    show_args: bool = False


@no_collection()
def compare(
    setup: Setup,
    against: Against,
    *,
    labels: Labels | None = None,
    watchers: Sequence[ChangeWatcher] = (),
) -> Comparison:
    """Replays every call under both sides and sums up."""
    if [side.server for side in against.base] != [side.server for side in setup.assignments]:
        raise ValueError("both sides are for the same servers")
    amounts = Amounts(against.amounts, show_args=against.show_args)
    tally = PairTally((amounts, *watchers))
    pairs = Pairs(tally)
    old = Side(replace(setup, assignments=against.base), labels and labels.afresh(), bystanders=[pairs.old])
    new = Side(setup, labels, bystanders=[pairs.new])
    replay_both(
        old.replay,
        new.replay,
        pairs,
        setup.files,
        whole_lines=setup.whole_lines,
        jobs=setup.jobs,
        scheduler=setup.scheduler,
    )
    return _comparison(setup, against, old, new, tally, amounts)


def _comparison(setup: Setup, against: Against, old: Side, new: Side, tally: PairTally, amounts: Amounts) -> Comparison:
    # Fidelity is the base's, which was in force if either was; everything else asks of the new side.
    base = old.simulation(Bounds(min_fidelity=setup.bounds.min_fidelity, max_bad_lines=None))
    now = new.simulation(replace(setup.bounds, min_fidelity=None))
    pairs = tally.pairs
    changes = summary.change_rows(pairs)
    calls = {row.change: row.calls for row in changes}
    tools = summary.tool_changes(pairs, now.tools)
    gates = tuple(check_changes(against.bounds, calls))
    comparison = Comparison(
        base=base,
        new=now,
        matrix=summary.matrix_of(pairs),
        changes=changes,
        changed_sessions=len(tally.changed_sessions),
        tools=tools,
        classes=summary.by_class(tools),
        risks=summary.by_risk(tools),
        rules=summary.rule_pairs(pairs),
        limits=tuple(summary.limit_pairs(old.limits, new.limits)),
        amounts=amounts.rows(),
        strangers=tuple(summary.strangers(against.base, setup.assignments)),
        gates=(*base.gates, *now.gates, *gates),
        code=strongest((base.code, now.code, *codes_of(gates))),
    )
    # Each side may have decided some calls, and both together none.
    if comparison.calls and not comparison.compared:
        return replace(comparison, code=strongest((comparison.code, TOO_THIN)))
    return comparison
