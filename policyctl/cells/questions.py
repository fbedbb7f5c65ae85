"""Questions about the rules of one tool; each answer is an example, a proof that there is none, or undetermined."""

from __future__ import annotations

from policyctl.cells.atoms import Clause
from policyctl.cells.find import Answer, find
from policyctl.cells.rules import failing, holding, passing
from policyctl.model.policy import Predicate, ToolRules


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
