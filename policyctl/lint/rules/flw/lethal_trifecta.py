"""FLW01."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.open_tools import loose_tools, opened_at, with_tag
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import listing
from policyctl.model.catalog import Tag


class LethalTrifecta(Rule):
    """One session may read what is private and what strangers wrote, and send to anybody.

    ## Why is this bad?

    A page, a mail or a ticket can hold words that the model takes for orders. If the same session can read private data and
    has a way out, whoever wrote those words gets the data. No single call looks wrong, and no rule about one tool sees it.

    ## What to do instead

    Break one of the three: let a person see what leaves (`action: require_approval` on the tools that send), bound where it
    may go (`require` on recipient or address), or give the tools to different grants.

    ## What it looks at

    The tags of the tools in the catalog. A tool that sends counts only if no rule looks at its arguments,
    and none that fetches from any address counts as one that reads what is private.
    """

    code = "FLW01"
    name = "lethal-trifecta"
    severity = Severity.ERROR
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-200", "CWE-201", "ASI01", "MCP06:2025", "AML.T0086")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "read_inbox": {},
    "fetch_page": {},
    "send_mail": {"rate_limit": {"max": 30, "window": "hour"}}
    ^^^^^^^^^^^ `read_inbox`
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "read_inbox": {},
    "fetch_page": {},
    "send_mail": {"action": "require_approval", "rate_limit": {"max": 30, "window": "hour"}}
  }
}
"""
    catalog = """[
      {"name": "read_inbox", "category": "Read", "risk": "Low", "tags": ["private-data"]},
      {"name": "fetch_page", "category": "Read", "risk": "Low", "tags": ["untrusted-content"]},
      {"name": "send_mail", "category": "Write", "risk": "Medium", "tags": ["external-sink"]}
    ]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        # What fetches from any address reads private data only if somebody knows where it is.
        private = with_tag(
            (tool for tool in subject.open_tools if Tag.EXTERNAL_SINK not in tool.tags), Tag.PRIVATE_DATA
        )
        untrusted = with_tag(subject.open_tools, Tag.UNTRUSTED_CONTENT)
        sinks = with_tag(loose_tools(subject), Tag.EXTERNAL_SINK)
        if private and untrusted and sinks:
            pointer, at_key = opened_at(subject, sinks[0])
            yield Finding(
                pointer,
                f"a session may read what is private ({listing(private)}) and what strangers wrote "
                f"({listing(untrusted)}), and send it anywhere ({listing(sinks)})",
                help="let a person see what leaves, or bound where it may go",
                at_key=at_key,
            )
