"""A rule by its code and name, which is all that most runs need to know of most rules."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject


class Check(Protocol):
    """What a run asks of a rule: of the rule itself, or of its line in the table."""

    @property
    def code(self) -> str:
        """The rule's."""
        ...

    @property
    def needs(self) -> frozenset[Need]:
        """What it cannot do without, beside the policy."""
        ...

    @property
    def severity(self) -> Severity:
        """How much a finding weighs."""
        ...

    def check(self, subject: Subject) -> Iterator[Finding]:
        """Everything that it finds, in any order."""
        ...


class Listed:
    """A line of the table; the module of the rule is imported when the rule has to work or to explain itself."""

    __slots__ = ("_rule", "code", "name", "needs")

    def __init__(self, code: str, name: str, *needs: Need) -> None:
        self.code = code
        self.name = name
        self.needs = frozenset(needs)
        self._rule: Rule | None = None

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        if self._rule is None:
            module = import_module(f"policyctl.lint.rules.{self.code[:3].lower()}.{self.name.replace('-', '_')}")
            kind = getattr(module, "".join(word.capitalize() for word in self.name.split("-")))
            self._rule = kind()
        return self._rule

    @property
    def severity(self) -> Severity:
        """How much a finding weighs."""
        return self.rule.severity

    def check(self, subject: Subject) -> Iterator[Finding]:
        """Everything that the rule finds."""
        return self.rule.check(subject)
