"""Differences as diagnostics: what each weighs, and where in the new policy a reviewer finds it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validators

from policyctl.diagnostic import Diagnostic, Severity
from policyctl.diff.codes import CODES
from policyctl.diff.gates import Gate, Kind
from policyctl.model.catalog import Catalog, Category, Risk, Tool
from policyctl.report.diagnostics import sarif
from policyctl.report.diff.findings import diagnosed
from tests.report.diff.test_forms import HOSTILE, hostile, report

SMALL = {"conditions": [{"path": "args.amount", "op": "lte", "value": 5}]}
LARGE = {"conditions": [{"path": "args.amount", "op": "lte", "value": 9}]}
PAID = {"conditions": [{"path": "args.paid", "op": "eq", "value": True}]}


def limit(most: int, **other: Any) -> dict[str, Any]:
    return {"counter": "c", "max": most, "window": "hour", **other}


def policy(tools: Any, **other: Any) -> dict[str, Any]:
    return {"version": "1", "default": "deny", "tools": tools, **other}


def findings(old: Any, new: Any, *gates: Gate, catalog: Catalog | None = None) -> list[Diagnostic]:
    return list(diagnosed(report(old, new, gates=gates, catalog=catalog)).diagnostics)


@pytest.mark.parametrize(
    ("old", "new", "code", "pointer"),
    [
        # The rule that was loosened, in its new words.
        (policy({"t": {"require": [SMALL]}}), policy({"t": {"require": [LARGE]}}), "DIF01", "/tools/t/require/0"),
        # The rule that refuses now.
        (policy({"t": {"require": [LARGE]}}), policy({"t": {"require": [SMALL]}}), "DIF02", "/tools/t/require/0"),
        (policy({"t": {}}), policy({"t": {"require": [PAID]}}), "DIF02", "/tools/t/require/0"),
        # Where a rule stood that is gone.
        (policy({"t": {"require": [PAID, SMALL]}}), policy({"t": {"require": [PAID]}}), "DIF01", "/tools/t/require"),
        (policy({"t": {"require": [SMALL]}}), policy({"t": {}}), "DIF01", "/tools/t"),
        (policy({"t": {"limits": [limit(1)]}}), policy({"t": {"limits": [limit(2)]}}), "DIF01", "/tools/t/limits/0"),
        (policy({"t": {"rate_limit": {"max": 9, "window": 60}}}), policy({"t": {}}), "DIF01", "/tools/t"),
        # A tool that is listed now, or not any more.
        (policy({}), policy({"t": {}}), "DIF01", "/tools/t"),
        (policy({"t": {}}), policy({}), "DIF02", "/default"),
        (policy({"t": {"action": "deny"}}), policy({}, default="allow", hide=["u"]), "DIF01", "/default"),
        (policy({"t": {}}, hide=["t"]), policy({"t": {}}), "DIF01", "/tools/t"),
        (policy({"t": {}}), policy({"t": {}}, hide=["u", "t"]), "DIF02", "/hide/1"),
        # What holds for all tools.
        (policy({}), policy({}, default="allow"), "DIF01", "/default"),
        (
            policy({"t": {}}, all_tools={"limits": [limit(1)]}),
            policy({"t": {}}, all_tools={"limits": [limit(2)]}),
            "DIF01",
            "/all_tools/limits/0",
        ),
        (policy({"t": {}}, all_tools={"limits": [limit(1)]}), policy({"t": {}}), "DIF01", ""),
    ],
)
def test_a_difference_is_found_where_a_reviewer_looks(old: Any, new: Any, code: str, pointer: str) -> None:
    found = [one for one in findings(old, new) if one.code == code]
    assert pointer in {one.pointer for one in found}
    assert {one.severity for one in found} == {CODES[code].severity}
    assert {one.file for one in found} == {"new.json"}


def test_both_directions_of_an_incomparable_tool_are_told_each_at_its_rule() -> None:
    old = policy({"t": {"require": [SMALL], "limits": [limit(9)]}})
    new = policy({"t": {"require": [LARGE], "limits": [limit(3)]}})
    assert [(one.code, one.pointer) for one in findings(old, new)] == [
        ("DIF01", "/tools/t/require/0"),
        ("DIF02", "/tools/t/limits/0"),
    ]


def test_the_message_shows_the_call_and_the_rule() -> None:
    (found,) = findings(policy({"t": {"require": [SMALL]}}), policy({"t": {"require": [LARGE]}}))
    assert found.message == (
        '`t` is wider: `{"amount":6}`, denied by `/tools/t/require/args.amount-lte` of the old policy'
    )


def test_the_rule_that_refused_before_is_a_place_beside_it() -> None:
    (found,) = findings(policy({"t": {"require": [PAID, SMALL]}}), policy({"t": {"require": [PAID]}}))
    (before,) = found.related
    assert (before.file, before.pointer) == ("old.json", "/tools/t/require/1")
    assert before.message == "what refused it before"
    assert before.span is not None
    (narrower,) = findings(policy({"t": {}}), policy({"t": {"require": [PAID]}}))
    assert narrower.related == ()


def test_a_difference_that_a_gate_does_not_accept_is_an_error() -> None:
    old = policy({"t": {"require": [SMALL]}, "u": {}})
    new = policy({"t": {"require": [LARGE]}, "u": {"action": "deny"}})
    wider, narrower = findings(old, new, Gate(Kind.WIDER))
    assert (wider.severity, wider.notes) == (Severity.ERROR, ("`--fail-on wider` does not accept it",))
    assert (narrower.severity, narrower.notes) == (Severity.INFO, ())
    assert [one.severity for one in findings(old, new, Gate(Kind.ANY))] == [Severity.ERROR] * 2


def test_tools_that_a_new_default_touches_are_named_where_a_gate_fails_by_them() -> None:
    tool = Tool("pay", "/tools/0", category=Category.FINANCIAL, risk=Risk.CRITICAL)
    catalog = Catalog("1", "s", "S", tools={"pay": tool}, name="catalog.json", digest=f"sha256:{0:064}")
    old, new = policy({}), policy({}, default="allow")
    gate = Gate(Kind.WIDER, Category.FINANCIAL)
    told = [(one.severity, one.message.split()[0]) for one in findings(old, new, gate, catalog=catalog)]
    assert sorted(told, key=lambda each: each[0].rank) == [(Severity.ERROR, "`pay`"), (Severity.WARNING, "`(any")]


def test_what_agents_get_to_see_is_told_at_the_entry_that_hides_or_at_the_tool() -> None:
    old = policy({"t": {"action": "deny"}}, hide=["t", "v"])
    new = policy({"t": {"action": "deny"}}, hide=["v", "u"])
    told = [(one.code, one.pointer, one.message) for one in findings(old, new)]
    assert sorted(told) == [
        ("DIF04", "/hide/1", "`u` is hidden from agents from now on"),
        ("DIF04", "/tools/t", "`t` is shown to agents from now on"),
    ]


def test_what_is_undetermined_is_a_warning_at_the_tool() -> None:
    patterns = [[{"conditions": [{"path": "args.a", "op": "regex", "value": value}]}] for value in (r"^\C$", "^.$")]
    old, new = (policy({"t": {"require": one}}) for one in patterns)
    found = findings(old, new)
    assert {(one.code, one.severity, one.pointer) for one in found} == {("DIF03", Severity.WARNING, "/tools/t")}
    assert r"the pattern `^\C$` holds `\C`" in found[0].message


def test_equal_policies_have_no_findings() -> None:
    assert findings(policy({"t": {}}), policy({"t": {}})) == []


def test_the_log_conforms_to_the_published_schema_and_lists_all_codes(shared_data: Path) -> None:
    schema = json.loads((shared_data / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))
    validator = validators.validator_for(schema)(schema)
    same = policy({"t": {}})
    for each in (hostile(), report(same, same), report(policy({"t": {}}), policy({}), gates=(Gate(Kind.ANY),))):
        log = json.loads(sarif.render(diagnosed(each)))
        validator.validate(log)
        (run,) = log["runs"]
        assert set(CODES) <= {rule["id"] for rule in run["tool"]["driver"]["rules"]}
        for result in run["results"]:
            (place,) = result["locations"]
            assert place["physicalLocation"]["region"]["startLine"] >= 1
            assert HOSTILE not in result["message"]["text"]
