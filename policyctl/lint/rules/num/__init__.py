"""Rules about numbers and money."""

from __future__ import annotations

from policyctl.lint.rule import Rule

#: In order of code.
RULES: tuple[Rule, ...] = ()
