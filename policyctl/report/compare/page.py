"""The whole comparison as a page: how far it can be believed, what changes, why, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policyctl import SEMANTICS, __version__
from policyctl.report.compare.amounts import amount_sections
from policyctl.report.compare.both import both_sections
from policyctl.report.compare.changes import change_sections
from policyctl.report.compare.rules import rule_sections
from policyctl.report.number import several
from policyctl.report.page.parts import Code, Section, Sentence, counted, say
from policyctl.report.simulate.coverage import coverage_section
from policyctl.report.simulate.inputs import inputs_section
from policyctl.report.simulate.outcomes import fidelity_section, gates_section
from policyctl.report.simulate.words import share
from policyctl.report.style import Role
from policyctl.simulate.compare.result import Comparison
from policyctl.simulate.result import Input, TraceInput

_CAUSES = 5


def sections(comparison: Comparison) -> Iterator[Section]:
    """In the order in which people should read them."""
    coverage = coverage_section(comparison.new)
    yield replace(coverage, blocks=(*_doubts(comparison), *coverage.blocks, *_compared(comparison)))
    if comparison.base.fidelity is not None:
        yield fidelity_section(comparison.base.fidelity, "the base policy")
    yield from change_sections(comparison)
    yield from rule_sections(comparison)
    yield from amount_sections(comparison)
    yield from both_sections(comparison)
    if comparison.gates:
        yield gates_section(comparison.gates)
    new = comparison.new
    files: tuple[tuple[str, Sequence[Input | TraceInput]], ...] = (
        ("base policy", comparison.base.policies),
        ("policy", new.policies),
        ("catalog", new.catalogs),
        ("trace", new.traces),
    )
    yield inputs_section(files, f"policyctl {__version__}, semantics {SEMANTICS}")


def _doubts(comparison: Comparison) -> Iterator[Sentence]:
    """What makes the whole comparison pointless stands before everything."""
    if comparison.is_same:
        yield say("both policies are the same, byte by byte: nothing can change", role="warning")
    if _is_of_new(comparison):
        yield say(
            "the record was made under the new policy, as it says itself: is the base the right one?", role="warning"
        )
    for base, new in comparison.strangers:
        yield say(
            "no tool is named by both ",
            Code(base),
            " and ",
            Code(new),
            ": are they for the same server?",
            role="warning",
        )


def _is_of_new(comparison: Comparison) -> bool:
    """Whether the recorded decisions name the new policy, and not the base."""
    base, new = comparison.base.fidelity, comparison.new.fidelity
    return base is not None and new is not None and bool(base.policies) and not new.policies


def _compared(comparison: Comparison) -> Iterator[Sentence]:
    base = comparison.base.coverage
    if not comparison.calls:
        return
    if base.causes != comparison.new.coverage.causes:
        causes = counted(tuple(base.causes.items()), most=_CAUSES)
        undetermined = several(base.counts.undetermined, "call is", "calls are")
        yield say(
            "under the base policy ", *((f"{undetermined} undetermined: ", *causes) if causes else ("all are decided",))
        )
    if comparison.compared < comparison.calls:
        compared = (
            f"{comparison.compared:,} of {comparison.calls:,} calls ({share(comparison.compared, comparison.calls)})"
        )
        role: Role | None = None if comparison.compared else "warning"
        yield say(f"{compared} are decided by both policies, and can be compared", role=role)
