"""Rules about approvals."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.apr.approval_of_reading import ApprovalOfReading
from policyctl.lint.rules.apr.promised_approval import PromisedApproval
from policyctl.lint.rules.apr.uncontrolled_critical_tool import UncontrolledCriticalTool
from policyctl.lint.rules.apr.unexplained_approval import UnexplainedApproval
from policyctl.lint.rules.apr.unreachable_approval import UnreachableApproval

#: In order of code.
RULES: tuple[Rule, ...] = (
    UncontrolledCriticalTool(),
    ApprovalOfReading(),
    UnreachableApproval(),
    UnexplainedApproval(),
    PromisedApproval(),
)
