"""Findings as SARIF: valid by the OASIS schema, located, stable, and safe to show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import validators

from policyctl.diagnostic import Diagnostic, Position, Severity, Span
from policyctl.report.diagnostics.formats import Diagnosed
from policyctl.report.diagnostics.rules import rules_of
from policyctl.report.diagnostics.sarif import render

if TYPE_CHECKING:
    from tests.conftest import Run

TEXT = '{\n  "a": {"x": 1, "y": [2]},\n  "b": 3\n}\n'
SPAN = Span(Position(9, 2, 8), Position(27, 2, 26))


def finding(**other: Any) -> Diagnostic:
    fields = {"code": "SCH21", "severity": Severity.ERROR, "message": "`a` is odd", "file": "dir/p.json", "span": SPAN}
    return Diagnostic(**{**fields, "pointer": "/a", "help": "mend it", **other})


def log(diagnostics: Sequence[Diagnostic], text: str = TEXT, **other: Any) -> Any:
    run = {"tables": ("reading", "catalogs"), "exit": 1, "texts": {"dir/p.json": text}, **other}
    return json.loads(render(Diagnosed("policyctl catalog diff", diagnostics, (), lambda _: None, (), **run)))


def results(*diagnostics: Diagnostic, text: str = TEXT) -> list[Any]:
    found: list[Any] = log(diagnostics, text)["runs"][0]["results"]
    return found


ODD = [
    finding(),
    finding(severity=Severity.WARNING, code="DRF08", span=None, pointer=None, help=None),
    finding(severity=Severity.INFO, code="LST12", message="[red]x[/] \x1b[31m \u202e ::error:: {0} [a](b)", pointer=""),
    finding(file="HEAD~1:sub dir/ü#.json"),
    finding(file="-", pointer="/a\u202e/\U000e0041"),
    finding(code="XXX99", message="m" * 100_000, notes=("one", "two.")),
]


@pytest.fixture(scope="module")
def sarif(shared_data: Path) -> Any:
    schema = json.loads((shared_data / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))
    return validators.validator_for(schema)(schema)


def test_every_log_conforms_to_the_published_schema(sarif: Any) -> None:
    digests = {"dir/p.json": f"sha256:{'0' * 64}"}
    for diagnostics in ([], ODD, [finding()] * 3):
        sarif.validate(log(diagnostics, digests=digests))
    sarif.validate(log(ODD, tables=("lint",), exit=2))


def test_the_findings_of_a_command_conform_too(run: Run, sarif: Any, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text('{"version": 1, "tools": {"t": {"requires": [], "limits": 5}}}')
    (tmp_path / "q.json").write_bytes(b"\xff")
    result = run(["validate", "p.json", "q.json", "--format", "sarif"], cwd=tmp_path)
    document = json.loads(result.stdout)
    sarif.validate(document)
    (only,) = document["runs"]
    assert result.code == 1 == only["invocations"][0]["exitCode"]
    assert {found["ruleId"] for found in only["results"]} == {"SCH01", "SCH02", "SCH21", "SRC01"}
    assert [artifact["location"]["uri"] for artifact in only["artifacts"]] == ["p.json", "q.json"]
    assert str(tmp_path) not in result.stdout


def test_what_services_ask_for_is_there_and_within_their_limits() -> None:
    (run,) = log(ODD)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    for rule in run["tool"]["driver"]["rules"]:
        texts = [rule["shortDescription"]["text"], rule["fullDescription"]["text"], rule["help"]["text"]]
        assert all(0 < len(text) <= 1_024 for text in texts)
        assert len(rule["properties"]["tags"]) <= 20
        assert ("security" in rule["properties"]["tags"]) == ("security-severity" in rule["properties"])
    for found in run["results"]:
        assert found["message"]["text"]
        (location,) = found["locations"]
        assert location["physicalLocation"]["region"]["startLine"] >= 1
        assert ":" not in location["physicalLocation"]["artifactLocation"]["uri"]
        assert ":" in found["partialFingerprints"]["primaryLocationLineHash"]


def test_all_rules_of_a_command_are_declared_once_and_results_point_to_them() -> None:
    (run,) = log(ODD)["runs"]
    declared = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert declared == sorted(set(declared))
    assert {rule.code for rule in rules_of(("reading", "catalogs"))} | {"XXX99"} == set(declared)
    assert all(declared[found["ruleIndex"]] == found["ruleId"] for found in run["results"])


def test_places_levels_and_messages_are_those_of_the_diagnostic() -> None:
    (found,) = results(finding(severity=Severity.INFO))
    assert found["level"] == "note"
    assert found["message"]["text"] == "`a` is odd. Mend it."
    place = found["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "dir/p.json"
    region = place["physicalLocation"]["region"]
    assert region == {
        "startLine": 2,
        "startColumn": 8,
        "endLine": 2,
        "endColumn": 26,
        "charOffset": 9,
        "charLength": 18,
    }
    assert TEXT[region["charOffset"] :][: region["charLength"]] == '{"x": 1, "y": [2]}'
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "/a"


def test_words_of_files_make_no_links_and_hide_nothing() -> None:
    text = results(ODD[2])[0]["message"]["text"]
    assert r"\[a\](b)" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def prints(*diagnostics: Diagnostic, text: str = TEXT) -> list[str]:
    return [found["partialFingerprints"]["policyctl/v1"] for found in results(*diagnostics, text=text)]


def test_a_finding_keeps_its_fingerprint_when_lines_move_or_the_file_is_formatted() -> None:
    moved = TEXT.replace("{\n", '{\n\n  "new": 0,\n', 1).replace('"x": 1, "y": [2]', '"y":[ 2 ],"x": 1.0')
    at = moved.index('{"y"')
    there = Span(Position(at, 4, 8), Position(moved.index("}", at) + 1, 4, 30))
    assert prints(finding()) == prints(finding(span=there, message="other words"), text=moved)


def test_another_rule_place_or_content_has_another_fingerprint_and_equal_ones_are_numbered() -> None:
    (first,) = prints(finding())
    assert first.endswith(":1")
    assert first not in prints(finding(code="SCH22"))
    assert first not in prints(finding(pointer="/b"))
    assert first not in prints(finding(), text=TEXT.replace("1", "5"))
    assert prints(finding(), finding()) == [first, f"{first[:-1]}2"]


def test_no_more_results_than_services_take_and_the_worst_stay() -> None:
    mild = [finding(severity=Severity.INFO, message=f"{number}") for number in range(25_000)]
    (run,) = log([*mild, finding()])["runs"]
    assert len(run["results"]) == 25_000
    assert sum(found["level"] == "error" for found in run["results"]) == 1
    assert "1 more" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_accepted_findings_stay_and_are_marked_with_the_reason() -> None:
    (run,) = log(
        [finding()], accepted=[(finding(code="ARG01", pointer="/x"), "see SEC-4"), (finding(pointer="/y"), "")]
    )["runs"]
    marked = [found["suppressions"] for found in run["results"] if "suppressions" in found]
    assert (
        marked
        == [
            [{"kind": "external", "status": "accepted", "justification": "see SEC-4"}],
            [{"kind": "external", "status": "accepted"}],
        ]
        or marked[::-1] == marked
    )
    assert len(run["results"]) == 3
