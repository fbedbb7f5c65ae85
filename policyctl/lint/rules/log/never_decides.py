"""LOG03."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from policyctl.cells.atoms import Clause, Literal
from policyctl.cells.find import is_impossible
from policyctl.cells.rules import failing, holding
from policyctl.diagnostic import Fix, Severity
from policyctl.lint.bounds import disputed
from policyctl.lint.logic import FEW_TEXTS, MOST_CONDITIONS, Group, Part, condition_parts, conflict, groups
from policyctl.lint.repeats import condition_key, repeated
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject, condition_pointer
from policyctl.lint.wording import condition_text, joined, predicate_text
from policyctl.model.policy import Condition, Op, Predicate, ToolRules
from policyctl.source.edit import remove

#: Where there are many patterns, so many pairs of rules are looked at.
_MOST_PAIRS = 150


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
    that never holds at all is a warning, since something was to be denied. Where very many conditions ask about one
    argument, not all of them are compared.
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
            yield from _Tool(subject, rules).findings()


class _Tool:
    """The rules of one tool, one predicate after the other."""

    def __init__(self, subject: Subject, rules: ToolRules) -> None:
        self._subject = subject
        self._rules = rules
        #: What other rules tell of: predicates that are written twice, and bounds that dispute a number.
        self._told = {pointer for pointer, _ in repeated(rules.require, rules.deny_if)}
        self._pairs = _MOST_PAIRS
        self._disputed = {second.pointer for _, second in disputed(rules)}

    def findings(self) -> Iterator[Finding]:
        met: dict[str, list[Part]] = defaultdict(list)
        for predicate in self._rules.require:
            if predicate.conditions and not self._is_told(predicate):
                yield from self._required(predicate, met)
            for condition, part in zip(predicate.conditions, condition_parts(predicate), strict=True):
                met[condition.path[0]].append(part)
        apart = groups(self._rules)
        if not any(group.is_contradicted for group in apart):
            for group in apart:
                yield from self._denials(group) if group.size <= MOST_CONDITIONS else ()

    def _required(self, predicate: Predicate, met: Mapping[str, list[Part]]) -> Iterator[Finding]:
        implying: dict[str, Part] = {}
        for condition in predicate.conditions:
            before = met.get(condition.path[0], [])
            core = conflict(before, [_opposite(condition)]) if 0 < len(before) <= MOST_CONDITIONS else ()
            if not core:
                yield from self._needless(predicate, met)
                return
            implying |= {part.pointer: part for part in core}
        yield self._finding(predicate, f"holds wherever {_texts(implying.values())} does, and never denies a call")

    def _denials(self, group: Group) -> Iterator[Finding]:
        met = list(group.required)
        self._pairs = _MOST_PAIRS
        for predicate in group.denied:
            if not self._is_told(predicate):
                yield from self._denied(predicate, met, are_many=group.texts > FEW_TEXTS)
            met.append(Part(predicate.pointer, predicate_text(predicate), failing(predicate)))

    def _denied(self, predicate: Predicate, met: list[Part], *, are_many: bool) -> Iterator[Finding]:
        alone = conflict(condition_parts(predicate))
        if len(alone) == 1:
            yield self._finding(predicate, f"never denies a call, since {alone[0].text} never holds", Severity.WARNING)
        if alone:
            return
        before = self._one_of(met, predicate) if are_many else conflict(met, holding(predicate))
        if before:
            yield self._finding(predicate, f"denies no call that {_texts(before)} has not denied before")
        else:
            yield from self._needless(predicate, {})

    def _one_of(self, met: list[Part], predicate: Predicate) -> tuple[Part, ...]:
        """A single rule that leaves the denial nothing, where looking at all of them together would take too long."""
        asked = met[: self._pairs]
        self._pairs -= len(asked)
        return next(((part,) for part in asked if is_impossible([part.clause, *holding(predicate)])), ())

    def _needless(self, predicate: Predicate, met: Mapping[str, list[Part]]) -> Iterator[Finding]:
        """Conditions that the others of the predicate imply, the later one of two that imply each other."""
        parts = condition_parts(predicate)
        left = {index: predicate.conditions[index] for index in _distinct(predicate)}
        for index in sorted(left, reverse=True):
            condition = left.pop(index)
            key = condition.path[0]
            beside = [parts[other] for other in left if predicate.conditions[other].path[0] == key]
            given = [part.clause for part in (*met.get(key, ()), *beside)]
            may_ask = condition.op is not Op.EXISTS and 0 < len(given) <= MOST_CONDITIONS
            if may_ask and is_impossible([*given, _opposite(condition)]):
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


def _opposite(condition: Condition) -> Clause:
    return ((Literal(condition, holds=False),),)


def _distinct(predicate: Predicate) -> list[int]:
    """Conditions without those that stand there a second time, which is another rule's matter."""
    first = {condition_key(condition): index for index, condition in reversed(list(enumerate(predicate.conditions)))}
    return sorted(first.values())


def _texts(parts: Iterable[Part]) -> str:
    """The first few of what implies something."""
    told = [part.text for part in parts]
    return joined(told[:2]) if len(told) <= 2 else f"{joined(told[:2])}, with others,"
