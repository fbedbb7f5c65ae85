"""Rules about the document as it is written."""

from __future__ import annotations

from policyctl.lint.rule import Rule

#: In order of code.
RULES: tuple[Rule, ...] = ()
