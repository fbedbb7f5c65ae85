"""From the rules of one tool to an expression that says whether they let a call pass, in whatever language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policyctl.model.policy import Condition, Predicate, ToolRules


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
