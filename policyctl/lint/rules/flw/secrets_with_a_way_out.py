"""FLW02."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.open_tools import loose_tools, opened_at, with_tag
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import listing
from policyctl.model.catalog import Category, Tag


class SecretsWithAWayOut(Rule):
    """One session may read credentials and send to anybody.

    ## Why is this bad?

    What an agent has read it can send: in a mail, in a web address, in a comment. A credential is short, and one call is
    enough. It needs no attacker either, only a model that wants to be helpful.

    ## What to do instead

    Deny reading credentials, or let a person see each read (`action: require_approval`). If agents have to use a
    credential, the server should, and not show it.

    ## What it looks at

    Reading tools that the catalog tags with `credentials`, and tools that send and whose arguments no rule looks at.
    """

    code = "FLW02"
    name = "secrets-with-a-way-out"
    severity = Severity.ERROR
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-200", "CWE-522", "MCP01:2025", "MCP10:2025", "AML.T0098")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "get_secret": {},
    ^^^^^^^^^^^^ `post_message`
    "post_message": {}
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "get_secret": {"action": "require_approval"},
    "post_message": {}
  }
}
"""
    catalog = """[
      {"name": "get_secret", "category": "Read", "risk": "High", "tags": ["credentials", "private-data"]},
      {"name": "post_message", "category": "Write", "risk": "Medium", "tags": ["external-sink"]}
    ]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        readers = (tool for tool in subject.open_tools if tool.category is Category.READ)
        secrets = with_tag(readers, Tag.CREDENTIALS)
        sinks = [name for name in with_tag(loose_tools(subject), Tag.EXTERNAL_SINK) if name not in secrets]
        if secrets and sinks:
            pointer, at_key = opened_at(subject, secrets[0])
            yield Finding(
                pointer,
                f"a session may read credentials ({listing(secrets)}) and send them anywhere ({listing(sinks)})",
                help="deny reading them, or let a person see each read",
                at_key=at_key,
            )
