"""REF06."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import listing
from policyctl.model.catalog import Risk, Tool
from policyctl.model.policy import Default

#: What an unmentioned tool weighs; LOG08 speaks of the critical ones.
_WEIGHTS = {Risk.HIGH: Severity.ERROR, Risk.MEDIUM: Severity.WARNING, Risk.LOW: Severity.INFO}


class UndecidedTool(Rule):
    """The default lets tools pass about which the policy says nothing.

    ## Why is this bad?

    Nobody can tell whether these tools are allowed on purpose. When the server adds one, it is allowed without anybody
    having looked at it.

    ## What to do instead

    Give each tool an entry, if only `{}`, which says that it was thought of; or use `default: deny`, under which a tool
    has to be listed to be called. `policyctl recommend --merge` writes what is missing.

    ## What it looks at

    Tools of the catalog under `default: allow`, one finding for all of one risk: High is an error, Medium a warning, Low
    information. Of critical ones *unmentioned-critical-tool* speaks. Under `default: deny` what is not listed is denied.
    """

    code = "REF06"
    name = "undecided-tool"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-276", "CWE-862", "MCP02:2025", "MCP07:2025")
    bad = """
{
  "version": "1",
  "default": "allow",
             ^^^^^^^ `add_comment`
  "tools": {
    "get_issue": {}
  }
}
"""
    good = """
{
  "version": "1",
  "default": "allow",
  "tools": {
    "get_issue": {},
    "add_comment": {"rate_limit": {"max": 30, "window": "hour"}}
  }
}
"""
    catalog = """[
      {"name": "get_issue", "category": "Read", "risk": "Low"},
      {"name": "add_comment", "category": "Write", "risk": "Medium"}
    ]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        if subject.policy.default is not Default.ALLOW:
            return
        unmentioned = [tool for tool in subject.open_tools if tool.name not in subject.policy.tools]
        for risk, weight in _WEIGHTS.items():
            tools = [tool for tool in unmentioned if tool.risk is risk]
            if tools:
                yield _finding(tools, risk, weight)


def _finding(tools: list[Tool], risk: Risk, weight: Severity) -> Finding:
    names = listing((tool.name for tool in tools), most=4)
    counted = "a tool" if len(tools) == 1 else f"{len(tools):,} tools"
    return Finding(
        "/default",
        f"the default lets {counted} of {risk.value} risk pass unmentioned: {names}",
        help="list them, if only with `{}`, or use `default: deny`",
        severity=weight,
    )
