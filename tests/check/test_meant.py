"""Which tools an assertion is about."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.check.glob import matches_any, shortest_name
from policyctl.check.result import Outcome
from tests.check.written import catalog_of, verdict

CATALOG = catalog_of(
    {"name": "look", "category": "Read", "risk": "Low", "annotations": {"readOnlyHint": True}},
    {"name": "pay", "category": "Financial", "risk": "Critical", "tags": ["money", "irreversible"]},
    {"name": "send", "category": "Write", "risk": "High", "tags": ["external-sink"]},
    {"name": "unclassed"},
)
POLICY: dict[str, Any] = {"hide": ["hidden"], "tools": {"look": {}, "pay": {}, "extra": {}, "unclassed": {}}}


@pytest.mark.parametrize(
    ("selector", "tools"),
    [
        ({"tool": "pay"}, "pay"),
        ({"tool": ["pay", "look"]}, "look pay"),
        ({"tool": "*a*"}, "extra pay unclassed"),
        ({"tool": "?ook"}, "look"),
        ({"tool": "hidden"}, "hidden"),
        ({}, "extra hidden look pay send unclassed"),
        ({"except": ["p*", "look"]}, "extra hidden send unclassed"),
        ({"category": "Financial"}, "pay"),
        ({"category": ["Read", "Write"]}, "look send"),
        ({"risk": ["High", "Critical"], "except": "pay"}, "send"),
        ({"tags": ["money", "external-sink"]}, "pay send"),
        ({"category": "Write", "tags": "money"}, ""),
        ({"hints": {"readOnlyHint": True}}, "look"),
        ({"hints": {"destructiveHint": True, "readOnlyHint": False}}, "pay send unclassed"),
        ({"hints": {"openWorldHint": False}}, ""),
        ({"tool": "s*", "risk": "High"}, "send"),
    ],
)
def test_a_selector_means_tools_of_the_policy_and_of_the_catalog(selector: dict[str, Any], tools: str) -> None:
    assert " ".join(verdict(POLICY, {"needs_approval": selector}, CATALOG).meant.tools) == tools


def test_a_class_says_nothing_of_what_no_catalog_classes_and_that_is_told() -> None:
    meant = verdict(POLICY, {"never_allow": {"category": "Destructive"}}, CATALOG).meant
    assert (meant.untold, meant.is_open) == (("extra", "unclassed"), False)
    meant = verdict({**POLICY, "default": "allow"}, {"never_allow": {"category": "Destructive"}}, CATALOG).meant
    assert (meant.untold, meant.is_open) == (("extra", "unclassed"), True)
    meant = verdict(POLICY, {"can_allow": {"category": "Read"}}, CATALOG).meant
    assert (meant.untold, meant.is_open) == ((), False)


@pytest.mark.parametrize(
    ("policy", "assertion", "outcome", "tools"),
    [
        # Nobody lists such a tool, and the default lets it through.
        ({"default": "allow"}, {"always_deny": {"tool": "delete_*"}}, "fails", ["delete_"]),
        ({"default": "allow", "hide": ["*"]}, {"always_deny": {"tool": "delete_*"}}, "checks nothing", []),
        ({}, {"always_deny": {"tool": "delete_*"}}, "checks nothing", []),
        ({"tools": {"delete_a": {"action": "deny"}}}, {"always_deny": {"tool": "delete_*"}}, "holds", []),
        (
            {"default": "allow", "tools": {"delete_a": {"action": "deny"}}},
            {"always_deny": {"tool": "delete_*"}},
            "fails",
            ["delete_"],
        ),
        # One name, in neither.
        ({}, {"always_deny": {"tool": "drop"}}, "checks nothing", []),
        ({"default": "allow"}, {"always_deny": {"tool": "drop"}}, "fails", ["drop"]),
        ({"default": "allow", "tools": {"drop": {"action": "deny"}}}, {"always_deny": {"tool": "drop"}}, "holds", []),
        ({}, {"can_allow": {"tool": "drop"}}, "fails", ["drop"]),
        ({}, {"always_allow": {"tool": "drop*"}}, "checks nothing", []),
        # No name is asked for: it is about every tool there can be.
        ({}, {"always_deny": {}}, "holds", []),
        ({"default": "allow"}, {"never_allow": {}}, "fails", ["other_tool"]),
        ({"default": "allow"}, {"never_allow": {"except": "other*"}}, "fails", ["a"]),
        ({"default": "allow"}, {"never_allow": {"except": "*"}}, "checks nothing", []),
    ],
)
def test_an_assertion_is_about_tools_that_nobody_lists_where_the_default_lets_them_through(
    policy: dict[str, Any], assertion: dict[str, Any], outcome: str, tools: list[str]
) -> None:
    found = verdict(policy, assertion)
    assert found.outcome == outcome
    assert [breach.tool for breach in found.breaches] == tools


def test_the_tool_that_stands_for_all_others_is_marked() -> None:
    found = verdict({"default": "allow"}, {"always_deny": {"tool": "delete_*"}})
    assert [breach.is_other for breach in found.breaches] == [True]
    assert found.breaches[0].pointer == "/default"


def test_a_class_of_which_there_is_no_tool_checks_nothing() -> None:
    assert verdict(POLICY, {"never_allow": {"category": "Execute"}}, CATALOG).outcome is Outcome.CHECKS_NOTHING


@pytest.mark.parametrize(
    ("glob", "name", "does"),
    [
        ("*", "", True),
        ("a*", "a\nb", True),
        ("a?", "aß", True),
        ("a?", "a", False),
        ("a", "ab", False),
        ("a.b", "axb", False),
        ("[ab]", "a", False),
        ("[ab]", "[ab]", True),
        ("a^$\\", "a^$\\", True),
        ("A*", "ab", False),
    ],
)
def test_only_a_star_and_a_question_mark_stand_for_something_else(glob: str, name: str, does: bool) -> None:
    assert matches_any([glob], name) is does


def test_a_further_name_matches_a_glob_and_is_nobodys() -> None:
    assert shortest_name(["x*"], ["*a"], {"x", "xb"}) == "xc"
    assert shortest_name(["?"], ["*"], ()) is None
    assert shortest_name(["*"], [], {"a"}) == "b"
