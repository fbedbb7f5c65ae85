"""What holds, what fails and by which call, tool by tool."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.cells.valid import SchemaFit
from policyctl.check.result import Outcome
from policyctl.model.decision import Verdict
from tests.check.written import catalog_of, checked, verdict
from tests.engine.build import condition, predicate

ASK = {"action": "require_approval"}
DENY = {"action": "deny"}
SMALL = {"require": [predicate(condition("args.a", "lte", 10))]}
UNTIL_10 = {"limits": [{"counter": "c", "max": 10, "window": "day", "amount_from": "args.a"}]}
IMPOSSIBLE = {"require": [predicate(condition("args.a", "gt", 10), condition("args.a", "lt", 5))]}
UNKNOWN = {"require": [predicate(condition("args.a", "regex", r"^\C$"))]}
LARGE = [condition("args.a", "gt", 10)]
TINY = [condition("args.a", "eq", 3)]


@pytest.mark.parametrize(
    ("rules", "kinds"),
    [
        ({}, "needs_approval:fails never_allow:fails always_deny:fails always_allow:holds can_allow:holds"),
        (ASK, "needs_approval:holds never_allow:fails always_deny:fails always_allow:fails can_allow:holds"),
        (DENY, "needs_approval:holds never_allow:holds always_deny:holds always_allow:fails can_allow:fails"),
        (SMALL, "needs_approval:fails never_allow:fails always_deny:fails always_allow:fails can_allow:holds"),
        (IMPOSSIBLE, "needs_approval:holds never_allow:holds always_deny:holds always_allow:fails can_allow:fails"),
        (UNKNOWN, "needs_approval:undetermined never_allow:undetermined can_allow:undetermined"),
        (ASK | SMALL, "needs_approval:holds never_allow:fails always_deny:fails can_allow:holds"),
        ({"deny_if": [predicate()]}, "always_deny:holds can_allow:fails"),
        (ASK | IMPOSSIBLE, "never_allow:holds always_deny:holds can_allow:fails"),
        (UNTIL_10, "always_allow:fails can_allow:holds"),
    ],
)
def test_each_kind_says_what_its_words_say(rules: dict[str, Any], kinds: str) -> None:
    for word in kinds.split():
        kind, _, outcome = word.partition(":")
        assert verdict({"tools": {"t": rules}}, {kind: {"tool": "t"}}).outcome == outcome, kind


def test_a_question_that_is_in_vain_is_not_denied_and_yet_never_allowed() -> None:
    """A person may approve the call, and then the limit has no room for it."""
    rules = ASK | UNTIL_10 | {"require": [predicate(condition("args.a", "gt", 10))]}
    assert verdict({"tools": {"t": rules}}, {"never_allow": {"tool": "t"}}).outcome is Outcome.HOLDS
    found = verdict({"tools": {"t": rules}}, {"always_deny": {"tool": "t"}})
    assert [breach.decision.verdict for breach in found.breaches] == [Verdict.APPROVAL]


@pytest.mark.parametrize(
    ("rules", "when", "kinds"),
    [
        (SMALL, LARGE, "never_allow:holds always_deny:holds always_allow:fails can_allow:fails"),
        (SMALL, TINY, "never_allow:fails always_allow:holds can_allow:holds"),
        (ASK | SMALL, TINY, "never_allow:fails needs_approval:holds"),
        (UNTIL_10, LARGE, "never_allow:holds"),
        (UNTIL_10, TINY, "always_allow:holds"),
        ({}, [condition("args.b", "exists", False)], "always_allow:holds never_allow:fails"),
    ],
)
def test_conditions_narrow_the_calls_that_it_is_about(rules: dict[str, Any], when: list[Any], kinds: str) -> None:
    for word in kinds.split():
        kind, _, outcome = word.partition(":")
        assert verdict({"tools": {"t": rules}}, {kind: {"tool": "t"}, "when": when}).outcome == outcome, kind


@pytest.mark.parametrize(
    "kind", ["never_allow", "always_deny", "needs_approval", "always_allow", "can_allow", "at_most"]
)
def test_conditions_that_no_call_meets_check_nothing(kind: str) -> None:
    selected = {"at_most": "1/day", "of": {"tool": "t"}} if kind == "at_most" else {kind: {"tool": "t"}}
    when = [condition("args.a", "gt", 10), condition("args.a", "lt", 5)]
    found = verdict({"tools": {"t": {}}}, {**selected, "when": when})
    assert found.outcome is Outcome.CHECKS_NOTHING
    assert found.reasons == ("no call meets all conditions of `when`",)


def test_the_smallest_call_comes_first_and_every_failing_tool_has_one() -> None:
    policy = {"tools": {"a": {"require": [predicate(condition("args.x", "eq", 1))]}, "b": {}, "c": DENY}}
    found = verdict(policy, {"never_allow": {"tool": "?"}})
    assert [(breach.tool, breach.call.args, breach.pointer) for breach in found.breaches] == [
        ("b", {}, "/tools/b"),
        ("a", {"x": 1}, "/tools/a"),
    ]
    assert found.meant.tools == ("a", "b", "c")


@pytest.mark.parametrize(
    ("policy", "pointer"),
    [
        ({}, "/default"),
        ({"hide": ["u", "t"], "tools": {"t": {}}}, "/hide/1"),
        ({"tools": {"t": DENY}}, "/tools/t/action"),
        ({"tools": {"t": IMPOSSIBLE}}, "/tools/t/require/0"),
        ({"tools": {"t": {"deny_if": [predicate()]}}}, "/tools/t/deny_if/0"),
    ],
)
def test_where_no_call_is_allowed_the_rule_that_denies_is_named(policy: dict[str, Any], pointer: str) -> None:
    found = verdict(policy, {"can_allow": {"tool": "t"}})
    assert [breach.pointer for breach in found.breaches] == [pointer]


def test_a_call_is_valid_under_the_input_schema_where_one_is() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer", "minimum": 4}}, "required": ["a"]}
    catalog = catalog_of({"name": "t", "inputSchema": schema})
    found = verdict({"tools": {"t": {}}}, {"never_allow": {"tool": "t"}}, catalog)
    assert [(breach.call.args, breach.schema) for breach in found.breaches] == [({"a": 4}, SchemaFit.VALID)]
    few = {"require": [predicate(condition("args.a", "lt", 4))]}
    found = verdict({"tools": {"t": few}}, {"never_allow": {"tool": "t"}}, catalog)
    assert [breach.schema for breach in found.breaches] == [SchemaFit.INVALID]


def test_a_tool_of_which_only_invalid_calls_pass_is_of_no_use_to_anybody() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    catalog = catalog_of({"name": "t", "inputSchema": schema})
    found = verdict({"tools": {"t": SMALL}}, {"can_allow": {"tool": "t"}}, catalog)
    assert [(breach.call.args, breach.decision.verdict) for breach in found.breaches] == [({"a": ""}, Verdict.DENY)]


def test_what_is_undetermined_says_why_and_of_which_tool() -> None:
    found = verdict({"tools": {"t": UNKNOWN, "u": {}}}, {"never_allow": {"tool": "t"}})
    assert found.outcome is Outcome.UNDETERMINED
    (reason,) = found.reasons
    assert reason.startswith("of `t`: ")
    assert r"\C" in reason
    both = verdict({"tools": {"t": UNKNOWN, "u": {}}}, {"never_allow": {"tool": "?"}})
    assert (both.outcome, [breach.tool for breach in both.breaches]) == (Outcome.FAILS, ["u"])


def test_verdicts_come_in_the_order_of_the_file() -> None:
    result = checked({"tools": {"t": {}}}, {"can_allow": {"tool": "t"}}, {"never_allow": {"tool": "t"}})
    assert [found.outcome for found in result.verdicts] == [Outcome.HOLDS, Outcome.FAILS]
    assert result.tools == 1
