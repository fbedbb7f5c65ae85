"""What a recommended policy does not protect from, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from policyctl.diagnostic import Diagnostic
from policyctl.recommend.hole import Hole, Kind, holes
from policyctl.report.number import several
from policyctl.report.page.parts import Code, Part, Section, Sentence, backticked, listed, say
from policyctl.report.recommend.result import Advice
from policyctl.report.style import severity_role

_NAMES = 3
_LINES = 12


def hole_section(advice: Advice) -> Section:
    """One sentence a hole; there is always one."""
    found = tuple(_sentence(hole) for hole in holes(advice.recommendations))
    meaning = "a rule looks at one call of one tool"
    if advice.merging is not None:
        meaning = "as far as the recommended rules go"
    return Section("what this policy does not protect from", meaning, found)


def finding_section(findings: Sequence[Diagnostic]) -> Section:
    """What lint says of flows and limits, the worst first: `policyctl rule CODE` has the page of each rule."""
    worst_first = sorted(findings, key=lambda found: (found.severity.rank, found.sort_key))
    lines = tuple(
        say(f"{found.code} ", *backticked(found.message), role=severity_role(found.severity))
        for found in worst_first[:_LINES]
    )
    more = (say(f"and {len(findings) - _LINES:,} more: `policyctl lint` shows all"),) if len(findings) > _LINES else ()
    return Section("what lint says of its flows and limits", "`policyctl rule CODE` says why", (*lines, *more))


def _sentence(hole: Hole) -> Sentence:
    return say(*_parts(hole), role="warning" if hole.kind in {Kind.LEAK, Kind.INJECTION} else None)


def _parts(hole: Hole) -> tuple[Part, ...]:
    tools, others = listed(hole.tools, most=_NAMES), listed(hole.others, most=_NAMES)
    match hole.kind:
        case Kind.LEAK:
            return ("private data read with ", *tools, " can leave with ", *others)
        case Kind.INJECTION:
            return ("words of strangers come in with ", *tools, ", and an agent that obeys them may call ", *others)
        case Kind.FREE_ARGUMENTS:
            return ("how often things run is limited, and not what runs: ", *tools, "; see ", Code("--profile strict"))
        case Kind.UNCOUNTED_PRIVATE:
            return ("private data can be read without end with ", *tools, "; see ", Code("--profile server-page"))
        case Kind.PLAIN_DENY:
            count = several(len(hole.tools), "tool is", "tools are")
            return (
                f"{count} denied with the published words ",
                Code("Requires human approval."),
                ": nothing that is published approves such a call, see ",
                Code("--approval action"),
            )
        case Kind.NEEDS_APPROVALS:
            count = several(len(hole.tools), "tool asks", "tools ask")
            return (
                f"{count} for approval by ",
                Code("action"),
                ", which a tool page promises and the documentation of the form does not have: try it on your gateway",
            )
        case Kind.PER_GRANT:
            return (
                (
                    "limits count by grant and in fixed windows: two agents with a grant each have twice as many calls, and "
                    "around the turn of a window one agent has"
                ),
            )
        case Kind.NO_TOTAL:
            return (
                (
                    f"each of {len(hole.tools):,} tools has its own limit or none, and nothing counts all calls together: that is "
                    "what "
                ),
                Code("all_tools"),
                " is for",
            )
        case Kind.DEFINITIONS:
            return (
                "classes rest on what the server says of its tools: a tool that changes under its name keeps its rule",
            )
        case _:
            assert_never(hole.kind)
