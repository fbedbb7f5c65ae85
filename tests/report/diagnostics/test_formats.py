"""The formats of pipelines: what each reader asks for, and nothing that it would obey."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest

from policyctl.diagnostic import Diagnostic, Position, Severity, Span
from policyctl.report.diagnostics.formats import FORMATS, Diagnosed, render

HOSTILE = "`::error::x`, \x1b[31m`|`<b>]]>&amp;%0A\r\n::set-output name=a::b \u202e\x00 @everyone"


def at(line: int, column: int, *, end: tuple[int, int] | None = None) -> Span:
    last, stop = end or (line, column + 4)
    return Span(Position(0, line, column), Position(9, last, stop))


def found(message: str = "here", **changes: object) -> Diagnostic:
    fields: dict[str, object] = {"file": "p.json", "span": at(2, 3), "pointer": "/a", "help": "do it"}
    return Diagnostic("ARG01", Severity.ERROR, message, **(fields | changes))  # type: ignore[arg-type]


def told(form: str, *diagnostics: Diagnostic) -> str:
    return render(
        form, Diagnosed("policyctl lint", diagnostics, ("p.json", "q.json"), {"ARG01": "a-name"}.get, ("last",))
    )


def test_an_annotation_names_rule_and_place() -> None:
    assert told("github", found()) == (
        "::error title=ARG01 a-name,file=p.json,line=2,endLine=2,col=3,endColumn=7::p.json:2:3: here; do it\n"
    )


def test_an_annotation_over_several_lines_has_no_columns_and_one_without_a_place_no_line() -> None:
    assert "line=2,endLine=5::" in told("github", found(span=at(2, 3, end=(5, 1))))
    assert told("github", found(span=None)) == "::error title=ARG01 a-name,file=p.json::p.json: here; do it\n"


def test_annotations_come_worst_first_and_what_is_beyond_ten_of_a_level_is_counted() -> None:
    infos = [found(f"info {number}", span=None) for number in range(3)]
    infos = [Diagnostic("ARG01", Severity.INFO, each.message, each.file) for each in infos]
    lines = told("github", *infos, *(found(f"{number}") for number in range(12))).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 10 + ["::notice"] * 3 + ["2"]
    assert lines[-1] == "2 more are in the summary of this step"


def test_a_runner_obeys_no_word_of_a_policy() -> None:
    lines = told("github", found(HOSTILE, file=f"a,b:c\n{HOSTILE}.json")).splitlines()
    assert len(lines) == 1
    head, _, data = lines[0].removeprefix("::").partition("::")
    assert head.startswith("error title=ARG01 a-name,file=a%2Cb%3Ac\\n")
    assert re.fullmatch(r"[^\r\n\x00\x1b]*", data)
    assert "%0A" not in data.replace("%250A", "")


def test_gitlab_gets_fingerprints_that_differ_and_do_not_depend_on_lines() -> None:
    issues = json.loads(told("gitlab", found(), found(), found(span=at(7, 1)), found(file="./q.json")))
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == 4
    assert prints[1:3] == [f"{prints[0]}:2", f"{prints[0]}:3"]
    assert issues[0] == {
        "description": "ARG01: here",
        "check_name": "a-name",
        "fingerprint": prints[0],
        "severity": "major",
        "location": {
            "path": "p.json",
            "positions": {"begin": {"line": 2, "column": 3}, "end": {"line": 2, "column": 7}},
        },
    }
    assert issues[3]["location"]["path"] == "q.json"
    assert told("gitlab") == "[]\n"


def test_junit_has_a_suite_for_each_file_and_a_case_that_passes_where_nothing_is_wrong() -> None:
    root = ET.fromstring(told("junit", found(), found(HOSTILE, span=None)))
    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "3", "2")
    first, second = root
    assert [case.get("name") for case in first] == ["ARG01 a-name", "ARG01 a-name"]
    failure = first[0][0]
    assert (failure.get("type"), failure.get("message")) == ("error", "line 2, column 3: here; do it")
    assert (second.get("name"), second.get("failures"), second[0].get("name")) == ("q.json", "0", "policyctl")


def test_markdown_is_a_table_in_which_nothing_is_markup() -> None:
    text = told("markdown", found("the key `a|b` is `*odd*`"), found(HOSTILE))
    assert "### policyctl lint\n" in text
    assert "| **error** | ARG01 a-name | `p.json:2:3` | the key " in text
    assert " is `*odd*`; do it |\n" in text
    assert "a|b" not in text
    assert "<b>" not in re.sub(r"`[^`\n]*`", "", text)
    assert text.endswith("- last\n")


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_words_survive_no_format_as_they_are(form: str) -> None:
    text = told(form, found(HOSTILE), found(HOSTILE, file=HOSTILE, pointer=f"/{HOSTILE}"))
    assert "\x1b" not in text
    assert "\x00" not in text
    assert "\u202e" not in text
    assert not re.search(r"^::set-output", text, re.MULTILINE)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_found_is_said_in_every_format_but_that_of_annotations(form: str) -> None:
    assert bool(told(form)) is (form != "github")
