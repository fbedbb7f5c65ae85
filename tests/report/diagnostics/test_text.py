"""Frames and lines, as people read them."""

from __future__ import annotations

from dataclasses import replace

from policyctl.diagnostic import Diagnostic, Severity
from policyctl.report.diagnostics import concise
from policyctl.report.diagnostics.place import place
from policyctl.report.diagnostics.text import frames
from policyctl.report.style import Style
from policyctl.source.lines import Lines

TEXT = "{\n  \u202e: 1\n}"
FOUND = Diagnostic(
    "SCH01",
    Severity.ERROR,
    "a tool has no key `\u202e`",
    "p.json",
    Lines(TEXT).span(4, 5),
    "/tools/\x1b",
    "remove it",
)


def frame(diagnostic: Diagnostic, *, color: bool = False) -> str:
    (only,) = frames([diagnostic], {"p.json": TEXT}, names=lambda _: "unknown-key", style=Style(color))
    return only


def test_a_frame_has_the_place_the_line_the_pointer_and_the_help() -> None:
    assert frame(FOUND).splitlines() == [
        "error[SCH01]: a tool has no key `\\u202e`",
        " --> p.json:2:3",
        "  |",
        "2 |   \\u202e: 1",
        "  |   ^^^^^^",
        "  = at: /tools/\\u001b",
        "  = help: remove it",
        "  = rule: unknown-key",
    ]


def test_a_file_without_a_place_has_no_excerpt() -> None:
    assert frame(replace(FOUND, span=None, pointer=None, help=None)).splitlines() == [
        "error[SCH01]: a tool has no key `\\u202e`",
        "--> p.json",
        " = rule: unknown-key",
    ]


def test_of_very_many_the_first_are_shown_and_the_others_counted() -> None:
    shown = list(frames([FOUND] * 1_200, {"p.json": TEXT}, names=lambda _: None, style=Style(color=False)))
    assert len(shown) == 101
    assert shown[-1] == "and 1,100 more are not shown; `policyctl validate --format json` lists those of a policy"


def test_colour_changes_nothing_but_colour() -> None:
    colored = frame(FOUND, color=True)
    for code in ("1;31", "1", "34", "0"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == frame(FOUND)


def test_a_concise_line_is_one_that_editors_understand() -> None:
    assert list(concise.lines([FOUND])) == ["p.json:2:3: error[SCH01] a tool has no key `\\u202e`"]


def test_a_file_name_cannot_start_a_command_of_a_runner() -> None:
    assert place(replace(FOUND, file="::error::x\n")) == "./::error::x\\n:2:3"
