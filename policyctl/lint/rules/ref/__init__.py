"""Rules about names of tools."""

from __future__ import annotations

from policyctl.lint.rule import Rule

#: In order of code.
RULES: tuple[Rule, ...] = ()
