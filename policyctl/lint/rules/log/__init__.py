"""Rules about logic: what never decides, or always does."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.log.rules_on_hidden_tool import RulesOnHiddenTool

#: In order of code.
RULES: tuple[Rule, ...] = (RulesOnHiddenTool(),)
