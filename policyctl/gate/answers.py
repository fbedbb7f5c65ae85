"""Each analysis in one sentence, and how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from policyctl.check.result import CheckResult, counted
from policyctl.check.result import Outcome as Proof
from policyctl.check.words import title
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.diff.gates import Gate
from policyctl.diff.result import Relation
from policyctl.gate.revised import Difference, Revised, Standing, lets_go
from policyctl.gate.steps import Analysis, Outcome, Step, outcome_of
from policyctl.model.decision import Verdict
from policyctl.simulate.compare.change import Change
from policyctl.simulate.compare.result import Comparison
from policyctl.simulate.result import GateResult, Simulation
from policyctl.source.fault import quote

#: So many names stand in a sentence.
_NAMES = 5


def skipped(analysis: Analysis, why: str) -> Step:
    """An analysis that nobody asked for, or that has nothing to look at."""
    return Step(analysis, Outcome.SKIPPED, why)


def about_validity(errors: Sequence[Diagnostic], policies: int, tools: int) -> Step:
    """Whether every policy can be read and means something."""
    if errors:
        files = dict.fromkeys(found.file for found in errors)
        return Step(Analysis.VALIDATE, Outcome.FAIL, f"{_several(len(errors), 'error')} in {_names(list(files))}")
    said = f"{_several(policies, 'policy', 'policies')} and {_several(tools, 'tool')}, no errors"
    return Step(Analysis.VALIDATE, Outcome.PASS, said)


def about_findings(found: Sequence[Diagnostic], accepted: int, fail_on: Severity, *, crashed: bool) -> Step:
    """What lint says, less what is accepted."""
    counts = Counter(each.severity for each in found)
    parts = [_several(counts[severity], severity.value) for severity in Severity if counts[severity]]
    said = " · ".join((*(parts or ["no findings"]), *([f"{accepted:,} suppressed"] if accepted else [])))
    heavy = dict.fromkeys(each.code for each in found if each.severity.rank <= fail_on.rank)
    why = (
        (f"{fail_on.value if fail_on is Severity.ERROR else 'that or worse'}: {_names(list(heavy))}",) if heavy else ()
    )
    if crashed:
        why = (*why, "a rule failed on a policy: a defect of policyctl")
    return Step(Analysis.LINT, Outcome.FAIL if heavy else Outcome.PASS, said, why)


def about_differences(
    policies: tuple[Revised, ...], differences: tuple[Difference, ...], gates: tuple[Gate, ...]
) -> Step:
    """What changes for whom."""
    gone = lets_go(policies, gates)
    why = [
        f"`--fail-on {failure.gate}`: {_names([change.name for change in failure.changes])} of {quote(each.revised.name)}"
        for each in differences
        for failure in each.failures
    ]
    why += [f"{quote(each.name)} is not there any more, and nothing governs its calls" for each in gone]
    why += [
        f"undetermined: {_names([change.name for change in each.diff.entries if change.reasons])} of {quote(each.revised.name)}"
        for each in differences
        if each.is_open
    ]
    said = "; ".join(_standings(policies, differences)) or "no policy"
    if any(each.failures for each in differences) or gone:
        return Step(Analysis.DIFF, Outcome.FAIL, said, tuple(why))
    if any(each.is_open for each in differences):
        return Step(Analysis.DIFF, Outcome.UNDETERMINED, said, tuple(why))
    return Step(Analysis.DIFF, Outcome.PASS, said)


def _standings(policies: tuple[Revised, ...], differences: tuple[Difference, ...]) -> Iterator[str]:
    told = {each.revised.name: _difference(each) for each in differences}
    for each in policies:
        if each.name in told:
            yield f"{quote(each.name)} {told[each.name]}"
        elif each.standing is Standing.CHANGED:
            yield f"{quote(each.name)} cannot be compared"
        else:
            yield f"{quote(each.name)} is {each.standing.value}"


def _difference(difference: Difference) -> str:
    diff = difference.diff
    if diff.relation is Relation.EQUAL:
        return "decides every call as before"
    counts = Counter(change.relation for change in diff.entries)
    parts = [f"{counts[relation]:,} {relation}" for relation in Relation if counts[relation]]
    return f"is {diff.relation} as a whole ({', '.join(parts)})"


def about_assertions(results: Sequence[CheckResult], *, code: int) -> Step:
    """What is proved."""
    verdicts = [verdict for result in results for verdict in result.verdicts]
    outcomes = counted(verdicts)
    failing = [verdict for verdict in verdicts if verdict.outcome is Proof.FAILS]
    said = f"{outcomes[Proof.HOLDS]:,} of {_several(len(verdicts), 'assertion')} {'holds' if len(verdicts) == 1 else 'hold'}"
    rest = [f"{outcomes[each]:,} {each}" for each in (Proof.UNDETERMINED, Proof.CHECKS_NOTHING) if outcomes[each]]
    why = tuple(f"{title(verdict.assertion)} does not hold" for verdict in failing)
    return Step(Analysis.CHECK, outcome_of(code), ", ".join((said, *rest)), why)


def about_calls(replay: Simulation | Comparison) -> Step:
    """What recorded calls meet, and how that changes."""
    if isinstance(replay, Comparison):
        return Step(Analysis.SIMULATE, outcome_of(replay.code), _changes(replay), _gates(replay.gates))
    counts = replay.coverage.counts
    verdicts = ((Verdict.ALLOW, counts.allow), (Verdict.APPROVAL, counts.approval), (Verdict.DENY, counts.deny))
    parts = [f"{calls:,} {verdict}" for verdict, calls in verdicts if calls]
    parts += [f"{counts.undetermined:,} undetermined"] if counts.undetermined else []
    said = " · ".join((_several(counts.calls, "recorded call"), *parts))
    return Step(Analysis.SIMULATE, outcome_of(replay.code), said, _gates(replay.gates))


def _changes(comparison: Comparison) -> str:
    counts = [(row.change, row.calls) for row in comparison.changes if row.calls and row.change is not Change.UNCHANGED]
    parts = [f"{calls:,} {change}" for change, calls in counts]
    return " · ".join((_several(comparison.calls, "recorded call"), *(parts or ["none changes"])))


def _gates(gates: Sequence[GateResult]) -> tuple[str, ...]:
    failed = (gate for gate in gates if not gate.passed)
    return tuple(f"`--{gate.name} {gate.bound}`: {gate.found}" for gate in failed)


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(map(quote, names[:_NAMES]))
    return f"{shown} and {len(names) - _NAMES:,} more" if len(names) > _NAMES else shown


def _several(number: int, one: str, many: str | None = None) -> str:
    # Nobody says infos.
    return f"{number:,} {one if number == 1 or one == 'info' else many or f'{one}s'}"
