"""What a recommended policy does not protect from, in words."""

from __future__ import annotations

from typing import assert_never

from policyctl.recommend.hole import Hole, Kind, holes
from policyctl.report.number import several
from policyctl.report.page.parts import Code, Part, Section, Sentence, listed, say
from policyctl.report.recommend.result import Advice

_NAMES = 3


def hole_section(advice: Advice) -> Section:
    """One sentence a hole; there is always one."""
    found = tuple(_sentence(hole) for hole in holes(advice.recommendations))
    meaning = "a rule looks at one call of one tool"
    if advice.merging is not None:
        meaning = "as far as the recommended rules go"
    return Section("what this policy does not protect from", meaning, found)


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
