"""Rules about limits and counters."""

from __future__ import annotations

from policyctl.lint.rule import Rule

#: In order of code.
RULES: tuple[Rule, ...] = ()
