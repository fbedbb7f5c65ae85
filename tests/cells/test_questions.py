from __future__ import annotations

from typing import Any

from policyctl.cells.atoms import Clause
from policyctl.cells.find import NOTHING, Answer, Example, find
from policyctl.cells.rules import failing, holding, passing
from policyctl.model.policy import Predicate, ToolRules
from tests.engine.build import condition, one_tool, predicate


def tool(**rules: Any) -> ToolRules:
    return one_tool(**rules).tools["t"]


def one(*conditions: tuple[str, str, Any]) -> Predicate:
    return tool(require=[predicate(*(condition(*told) for told in conditions))]).require[0]


def passing_call(rules: ToolRules) -> Answer:
    """The smallest call that every rule of the tool lets through; none if the tool can never be called."""
    return find(passing(rules, rules.limits))


def call_with(*predicates: Predicate) -> Answer:
    """The smallest call for which all the predicates hold; none if they contradict each other."""
    return find([clause for predicate in predicates for clause in holding(predicate)])


def call_that_separates(holds: Predicate, fails: Predicate) -> Answer:
    """The smallest call for which one predicate holds and the other does not; none if the first implies the second."""
    return find((*holding(holds), failing(fails)))


def call_denied_by(rules: ToolRules, index: int) -> Answer:
    """The smallest call that the `deny_if` with this index denies and nothing before it; none if that is never reached."""
    before: tuple[Clause, ...] = tuple(failing(predicate) for predicate in rules.deny_if[:index])
    required = tuple(clause for predicate in rules.require for clause in holding(predicate))
    return find((*required, *before, *holding(rules.deny_if[index])))


def call_unmet_by(rules: ToolRules, index: int) -> Answer:
    """The smallest call that the `require` with this index denies and none before it; none if it demands nothing new."""
    before = tuple(clause for predicate in rules.require[:index] for clause in holding(predicate))
    return find((*before, failing(rules.require[index])))


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
