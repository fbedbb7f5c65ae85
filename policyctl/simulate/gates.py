"""Bounds on what a simulation may show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from policyctl.model.threshold import Threshold
from policyctl.simulate.result import Coverage, Fidelity, GateResult, TraceInput

#: A gate fails: the policy is not good enough; or the evidence is not.
FAILED, TOO_THIN = 1, 4


#: A line that cannot be read is a call that was not judged: the user has to say that it may be.
NO_BAD_LINES = Threshold(Fraction(0), is_share=False)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the user set; None sets no bound."""

    max_denied: Threshold | None = None
    max_undetermined: Threshold | None = None
    min_calls: int | None = None
    min_fidelity: Threshold | None = None
    max_bad_lines: Threshold | None = NO_BAD_LINES


def check(
    bounds: Bounds, coverage: Coverage, traces: tuple[TraceInput, ...], fidelity: Fidelity | None
) -> tuple[GateResult, ...]:
    """Each bound that is set, with what was found."""
    return (*_coverage_gates(bounds, coverage), *_fidelity_gate(bounds, fidelity), *_reading_gate(bounds, traces))


def _coverage_gates(bounds: Bounds, coverage: Coverage) -> Iterator[GateResult]:
    counts = coverage.counts
    if bounds.max_denied is not None:
        yield at_most("max-denied", bounds.max_denied, counts.deny, counts.calls, code=FAILED)
    if bounds.max_undetermined is not None:
        yield at_most("max-undetermined", bounds.max_undetermined, counts.undetermined, counts.calls, code=TOO_THIN)
    if bounds.min_calls is not None:
        passed = counts.decided >= bounds.min_calls
        yield GateResult("min-calls", f"{bounds.min_calls:,}", f"{counts.decided:,} decided", passed, TOO_THIN)


def _fidelity_gate(bounds: Bounds, fidelity: Fidelity | None) -> Iterator[GateResult]:
    if bounds.min_fidelity is not None:
        same, recorded = (fidelity.same, fidelity.recorded) if fidelity is not None else (0, 0)
        # Without recorded decisions there is no evidence that the replay is true to anything.
        passed = recorded > 0 and not bounds.min_fidelity.falls_short(same, recorded)
        yield GateResult("min-fidelity", str(bounds.min_fidelity), f"{same:,} of {recorded:,}", passed, TOO_THIN)


def _reading_gate(bounds: Bounds, traces: tuple[TraceInput, ...]) -> Iterator[GateResult]:
    if bounds.max_bad_lines is not None:
        # An archive that breaks off lost at least one line.
        bad = sum(trace.bad_lines + trace.truncated for trace in traces)
        lines = sum(trace.lines + trace.truncated for trace in traces)
        yield at_most("max-bad-lines", bounds.max_bad_lines, bad, lines, code=TOO_THIN)


def at_most(name: str, bound: Threshold, count: int, total: int, *, code: int) -> GateResult:
    """A bound on a count, or on its share of a total."""
    return GateResult(name, str(bound), f"{count:,} of {total:,}", not bound.is_exceeded_by(count, total), code)


#: Nothing bounded but unreadable lines.
DEFAULT_BOUNDS = Bounds()
