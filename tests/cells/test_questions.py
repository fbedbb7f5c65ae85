from __future__ import annotations

from typing import Any

from policyctl.cells.find import NOTHING, Example
from policyctl.cells.questions import (
    call_denied_by,
    call_that_separates,
    call_unmet_by,
    call_with,
    passing_call,
)
from policyctl.model.policy import Predicate, ToolRules
from tests.engine.build import condition, one_tool, predicate


def tool(**rules: Any) -> ToolRules:
    return one_tool(**rules).tools["t"]


def one(*conditions: tuple[str, str, Any]) -> Predicate:
    return tool(require=[predicate(*(condition(*told) for told in conditions))]).require[0]


def test_a_tool_whose_rules_contradict_each_other_passes_no_call() -> None:
    require = [predicate(condition("args.a", "gt", 5))]
    assert passing_call(tool(require=require)) == Example({"a": 6})
    assert passing_call(tool(require=require, deny_if=[predicate(condition("args.a", "exists", True))])) is NOTHING
    assert passing_call(tool(deny_if=[predicate()])) is NOTHING


def test_a_limit_with_an_amount_asks_something_of_a_call() -> None:
    limits = [{"counter": "c", "max": 3, "window": "day", "amount_from": "args.a"}]
    assert passing_call(tool(limits=limits)) == Example({"a": 0})
    assert passing_call(tool(limits=limits, require=[predicate(condition("args.a", "gt", 3))])) is NOTHING


def test_predicates_contradict_or_go_together() -> None:
    assert call_with(one(("args.a", "lt", 5)), one(("args.a", "gt", 3))) == Example({"a": 4})
    assert call_with(one(("args.a", "lt", 4)), one(("args.a", "gt", 4))) is NOTHING


def test_a_predicate_implies_another_if_no_call_separates_them() -> None:
    narrow, wide = one(("args.a", "regex", "^/tmp/[a-z]+$")), one(("args.a", "contains", "/tmp/"))
    assert call_that_separates(narrow, wide) is NOTHING
    assert call_that_separates(wide, narrow) == Example({"a": "/tmp/"})


def test_a_prohibition_behind_a_wider_one_is_never_reached() -> None:
    rules = tool(
        require=[predicate(condition("args.a", "gte", 0))],
        deny_if=[predicate(condition("args.a", "gt", 10)), predicate(condition("args.a", "gt", 20))],
    )
    assert call_denied_by(rules, 0) == Example({"a": 11})
    assert call_denied_by(rules, 1) is NOTHING


def test_a_requirement_that_the_ones_before_it_imply_denies_nothing() -> None:
    rules = tool(require=[predicate(condition("args.a", "in", [1, 2])), predicate(condition("args.a", "lt", 3))])
    assert call_unmet_by(rules, 0) == Example({})
    assert call_unmet_by(rules, 1) is NOTHING
