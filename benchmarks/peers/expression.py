"""From the rules of one tool to an expression that says whether they let a call pass, in whatever language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from policyctl.model.policy import Condition, Op, Predicate, ToolRules

#: Operators that most languages write like this.
SIGNS = {Op.LT: "<", Op.LTE: "<=", Op.GT: ">", Op.GTE: ">=", Op.EQ: "==", Op.NEQ: "!="}


class InexpressibleError(Exception):
    """The language has no words for a condition; the message says which."""


@dataclass(frozen=True, slots=True)
class Language:
    """How conditions are written, joined and negated; an argument that a condition names may be missing."""

    condition: Callable[[Condition], str]
    both: str = "&&"
    negation: str = "!({})"

    def allows(self, rules: ToolRules) -> str:
        """True for the calls that no predicate stops."""
        return f" {self.both} ".join(self._terms(rules))

    def holds(self, predicate: Predicate) -> str:
        """All conditions of one predicate."""
        return f" {self.both} ".join(f"({self.condition(condition)})" for condition in predicate.conditions)

    def _terms(self, rules: ToolRules) -> Iterator[str]:
        for predicate in rules.require:
            yield self.holds(predicate)
        for predicate in rules.deny_if:
            yield self.negation.format(self.holds(predicate))


def literal(value: object) -> str:
    """JSON's spelling of a value, which most languages share."""
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Words:
    """How a language of words tests an argument that is there; `{0}` is the argument, `{1}` the value as `spelled`."""

    regex: str
    contains: str
    yes: str = "true"
    spelled: Callable[[object], str] = literal

    def test(self, condition: Condition, place: str) -> str:
        """`place op value`."""
        value = self.spelled(condition.value)
        match condition.op:
            case Op.EXISTS:
                return self.yes
            case Op.IN:
                return f"{place} in {value}"
            case Op.NOT_IN:
                return f"not ({place} in {value})"
            case Op.REGEX:
                return self.regex.format(place, value, condition.value)
            case Op.CONTAINS:
                return self.contains.format(place, value)
            case _:
                return f"{place} {SIGNS[condition.op]} {value}"


def paths_of(rules: ToolRules) -> list[tuple[str, ...]]:
    """All that the rules of a tool ask for."""
    predicates = (*rules.require, *rules.deny_if)
    return sorted({condition.path for predicate in predicates for condition in predicate.conditions})


def value_at(args: Any, path: tuple[str, ...]) -> Any:
    """What stands at a path; None if nothing does."""
    for key in path:
        if type(args) is not dict:
            return None
        args = args.get(key)
    return args
