"""LOG05."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.cells.values import identity
from policyctl.diagnostic import Fix, Severity
from policyctl.lint.quotas import limit_key
from policyctl.lint.repeats import again, condition_key, repeated
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject, condition_pointer
from policyctl.lint.wording import written
from policyctl.model.policy import Op, Predicate
from policyctl.source.edit import remove
from policyctl.source.pointer import join


class Repetition(Rule):
    """A list has the same entry twice.

    ## Why is this bad?

    The second one changes nothing. Most often it was copied to be changed, and the change was forgotten: then what it
    should have allowed or denied is missing.

    ## What to do instead

    Change it to what was meant, or remove it.

    ## What counts as the same

    Names in `hide`; values of an `in` or `not_in` that are equal in JSON, as 1 and 1.0 are; conditions of one predicate;
    predicates of one list with the same conditions, whatever their messages; limits of one list that count the same.
    """

    code = "LOG05"
    name = "repetition"
    severity = Severity.INFO
    precision = Precision.VERY_HIGH
    refs = ("CWE-1041",)
    bad = """
{
  "version": "1",
  "default": "deny",
  "hide": ["drop_table", "drop_index", "drop_table"],
                                       ^^^^^^^^^^^^ twice
  "tools": {
    "run_query": {}
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "hide": ["drop_table", "drop_index"],
  "tools": {
    "run_query": {}
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for pointer, first, what in _repetitions(subject):
            edit = remove(subject.document, pointer)
            yield Finding(
                pointer,
                f"{what} stands here twice",
                help="change it to what was meant, or remove it",
                notes=(f"the first one is at {first}",),
                fix=Fix("remove the second one", (edit,), is_safe=True) if edit else None,
            )


def _repetitions(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """Each second entry, the first one, and what both are."""
    policy = subject.policy
    for pointer, first in again((join("hide", index), name) for index, name in enumerate(policy.hide)):
        yield pointer, first, f"`{subject.document.value(pointer)}`"
    lists = [policy.all_tools_limits, *(rules.limits for rules in subject.live_rules)]
    for limits in lists:
        for pointer, first in again((limit.pointer, limit_key(limit)) for limit in limits):
            yield pointer, first, "a limit that counts the same"
    for rules in subject.live_rules:
        for predicates in (rules.require, rules.deny_if):
            for pointer, first in repeated(predicates):
                yield pointer, first, "a predicate with the same conditions"
        for predicate in (*rules.require, *rules.deny_if):
            yield from _within(predicate)


def _within(predicate: Predicate) -> Iterator[tuple[str, str, str]]:
    places = [condition_pointer(predicate, index) for index in range(len(predicate.conditions))]
    for pointer, first in again(zip(places, map(condition_key, predicate.conditions), strict=True)):
        yield pointer, first, "the same condition"
    for place, condition in zip(places, predicate.conditions, strict=True):
        if condition.op in {Op.IN, Op.NOT_IN} and isinstance(condition.value, list):
            values = enumerate(condition.value)
            for pointer, first in again((f"{place}/value/{index}", identity(value)) for index, value in values):
                yield pointer, first, f"`{written(condition.value[int(pointer.rpartition('/')[2])])}`"
