"""LOG03."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.cells.atoms import Clause, Literal
from policyctl.cells.rules import failing, holding
from policyctl.diagnostic import Fix, Severity
from policyctl.lint.bounds import disputed
from policyctl.lint.logic import MOST_CONDITIONS, Part, condition_count, condition_parts, conflict, is_impossible
from policyctl.lint.repeats import repeated
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject, condition_pointer
from policyctl.lint.wording import condition_text, joined, predicate_text
from policyctl.model.policy import Condition, Op, Predicate, ToolRules
from policyctl.source.edit import remove


class NeverDecides(Rule):
    """A predicate or a condition is implied by others and never decides anything.

    ## Why is this bad?

    What cannot make a difference misleads: whoever changes its number changes nothing, and its message, which may say what
    to do, is never shown. Behind `deny_if … gt 1000` a `deny_if … gt 5000` has nothing left to deny.

    ## What to do instead

    Remove it. If its message is to be shown for the larger numbers, put it in front of the other one.

    ## What it looks at

    It is worked out, exactly, over all calls in the order in which they are decided: a predicate that stands first is not
    implied by one behind it. `exists` may be said for the reader's sake and is left alone. A denial on a condition
    that never holds at all is a warning, since something was to be denied.
    """

    code = "LOG03"
    name = "never-decides"
    severity = Severity.INFO
    precision = Precision.VERY_HIGH
    refs = ("CWE-561",)
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer": {
      "deny_if": [
        {"conditions": [{"path": "args.amount", "op": "gt", "value": 1000}]},
        {"conditions": [{"path": "args.amount", "op": "gt", "value": 5000}]}
                                                                     ^^^^ that `args.amount gt 1000` has not
      ]
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer": {
      "deny_if": [
        {"conditions": [{"path": "args.amount", "op": "gt", "value": 1000}]}
      ]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            if condition_count(rules) <= MOST_CONDITIONS:
                yield from _Tool(subject, rules).findings()


class _Tool:
    """The rules of one tool, one predicate after the other."""

    def __init__(self, subject: Subject, rules: ToolRules) -> None:
        self._subject = subject
        self._rules = rules
        #: What other rules tell of: predicates that are written twice, and bounds that dispute a number.
        self._told = {pointer for pointer, _ in repeated(rules.require, rules.deny_if)}
        self._disputed = {second.pointer for _, second in disputed(rules)}
        #: What a call has met that has come this far.
        self._met: list[Part] = []

    def findings(self) -> Iterator[Finding]:
        for predicate in self._rules.require:
            yield from self._required(predicate)
            self._met.extend(condition_parts(predicate))
        if is_impossible([part.clause for part in self._met]):
            return
        for predicate in self._rules.deny_if:
            yield from self._denied(predicate)
            self._met.append(Part(predicate.pointer, predicate_text(predicate), failing(predicate)))

    def _required(self, predicate: Predicate) -> Iterator[Finding]:
        if not predicate.conditions or self._is_told(predicate):
            return
        implying = conflict(self._met, [failing(predicate)]) if self._met else ()
        if implying:
            yield self._finding(predicate, f"holds wherever {_told(implying)} does, and never denies a call")
        else:
            yield from self._needless(predicate, [part.clause for part in self._met])

    def _denied(self, predicate: Predicate) -> Iterator[Finding]:
        if not predicate.conditions or self._is_told(predicate):
            return
        alone = conflict(condition_parts(predicate))
        if len(alone) == 1:
            yield self._finding(predicate, f"never denies a call, since {alone[0].text} never holds", Severity.WARNING)
        elif not alone:
            before = conflict(self._met, holding(predicate)) if self._met else ()
            if before:
                yield self._finding(predicate, f"denies no call that {_told(before)} has not denied before")
            else:
                yield from self._needless(predicate, [])

    def _needless(self, predicate: Predicate, given: list[Clause]) -> Iterator[Finding]:
        """Conditions that the others of the predicate imply, the later one of two that imply each other."""
        left = dict(enumerate(predicate.conditions))
        for index in reversed(range(len(predicate.conditions))):
            condition = left.pop(index)
            others: list[Clause] = [((Literal(other, holds=True),),) for other in left.values()]
            opposite: Clause = ((Literal(condition, holds=False),),)
            if left and condition.op is not Op.EXISTS and is_impossible([*given, *others, opposite]):
                yield self._needless_condition(predicate, index, condition)
            else:
                left[index] = condition

    def _needless_condition(self, predicate: Predicate, index: int, condition: Condition) -> Finding:
        pointer = condition_pointer(predicate, index)
        return Finding(
            f"{pointer}/value",
            f"{condition_text(condition)} holds wherever the conditions beside it do",
            help="remove the condition, or correct it",
            fix=self._without(pointer),
        )

    def _finding(self, predicate: Predicate, says: str, severity: Severity | None = None) -> Finding:
        single = f"{condition_pointer(predicate, 0)}/value" if len(predicate.conditions) == 1 else predicate.pointer
        return Finding(
            single,
            f"{predicate_text(predicate)} {says}",
            help="remove the predicate, or correct it",
            fix=self._without(predicate.pointer),
            severity=severity,
        )

    def _without(self, pointer: str) -> Fix | None:
        edit = remove(self._subject.document, pointer)
        return Fix("remove it", (edit,), is_safe=True) if edit else None

    def _is_told(self, predicate: Predicate) -> bool:
        places = (condition_pointer(predicate, index) for index in range(len(predicate.conditions)))
        return predicate.pointer in self._told or any(place in self._disputed for place in places)


def _told(parts: tuple[Part, ...]) -> str:
    """The first few of what implies something."""
    told = joined([part.text for part in parts[:2]])
    return told if len(parts) <= 2 else f"{told}, with others,"
