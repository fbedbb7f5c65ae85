"""Rules about approvals."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.apr.uncontrolled_critical_tool import UncontrolledCriticalTool

#: In order of code.
RULES: tuple[Rule, ...] = (UncontrolledCriticalTool(),)
