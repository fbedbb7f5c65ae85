"""Rules about the catalog itself."""

from __future__ import annotations

from policyctl.lint.rule import Rule

#: In order of code.
RULES: tuple[Rule, ...] = ()
