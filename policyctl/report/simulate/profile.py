"""Where a replay's time went, for people: it goes to standard error, since no two runs take the same time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyctl.replay.costs import RuleCost
from policyctl.replay.sampling import Sampler, Stage
from policyctl.report.escape import escape_terminal
from policyctl.report.number import several

_RULES = 10


@dataclass(frozen=True, slots=True)
class Profile:
    """A run that is over: what was sampled of the replay, seconds of the report, and the costs of rules, if they are known.

    `costs` are those of `calls` sampled calls, of which there were `lines` in all; None if the recording cannot be read again.
    """

    sampler: Sampler
    reporting: float
    lines: int
    costs: tuple[RuleCost, ...] | None
    calls: int


def render(profile: Profile) -> str:
    """The stages in their order, then the dearest rules."""
    return "\n".join([*_head(profile), "", *_stages(profile), "", *_rules(profile)]) + "\n"


def _head(profile: Profile) -> Iterator[str]:
    sampler = profile.sampler
    total = sampler.before + sampler.processor + profile.reporting
    yield (
        f"profile of {several(profile.lines, 'line')}: {total:.2f} s of the processor, "
        f"replayed in {sampler.clock:.2f} s by the clock"
    )
    if sampler.samples:
        apart = sum(sampler.seconds.values()) / sampler.samples * 1e3
        yield f"stages of the replay are estimated from {several(sampler.samples, 'look')}, {apart:.1f} ms apart"
    else:
        yield "the replay was over before there was a look at it"


def _stages(profile: Profile) -> Iterator[str]:
    sampler = profile.sampler
    rows = [("starting", sampler.before, "modules, configuration, policies")]
    seen = sum(sampler.seconds.values())
    # What ran beside the replay, and what passed between the last look and its end, is no stage's.
    scale = min(1.0, sampler.processor / seen) if seen else 0.0
    rows += [
        (stage.value, sampler.seconds[stage] * scale, _MEANING[stage]) for stage in Stage if sampler.seconds[stage]
    ]
    rest = sampler.processor - seen * scale
    rows += [("unknown", rest, "between the looks, or in other threads")] if rest > 0.0005 else []
    rows += [("reporting", profile.reporting, "the report")]
    total = sum(seconds for _, seconds, _ in rows)
    for name, seconds, meaning in rows:
        yield f"  {name:<18}{seconds:>9.3f} s{seconds / total:>6.0%}  {meaning}"


_MEANING = {
    Stage.READING: "bytes of the recording, unpacked and digested",
    Stage.DECODING: "lines into calls",
    Stage.DECIDING: "conditions on arguments",
    Stage.LIMITS: "counts of earlier calls, approvals",
    Stage.COUNTING: "whose calls, when, repeated ones, which answer how often",
    Stage.WRITING: "decisions, one by one",
    Stage.OTHER: "none of these",
}


def _rules(profile: Profile) -> Iterator[str]:
    costs = profile.costs
    if costs is None:
        yield "costs of rules are not known: the recording cannot be read a second time"
    elif not costs:
        yield "no condition on arguments was reached"
    else:
        yield (
            f"rules that cost most, estimated from the first {several(profile.calls, 'call')}, "
            "each timed by itself on whole arguments:"
        )
        yield from _dearest(costs, profile.lines / profile.calls)


def _dearest(costs: Sequence[RuleCost], scale: float) -> Iterator[str]:
    has_several = len({cost.policy for cost in costs}) > 1
    for cost in costs[:_RULES]:
        place = f"{cost.policy}#{cost.pointer}" if has_several else cost.pointer
        each = f"{cost.reached * scale:,.0f} × {cost.seconds * 1e6:.2f} µs"
        conditions = cost.rule.rpartition("/")[2]
        yield f"  {cost.total * scale * 1e3:>10,.2f} ms {each:>22}  {escape_terminal(f'{place}  {conditions}')}"
    if len(costs) > _RULES:
        rest = sum(cost.total for cost in costs[_RULES:]) * scale
        yield f"  {rest * 1e3:>10,.2f} ms {'':>22}  {several(len(costs) - _RULES, 'other rule')}"
