"""REF03."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import EVERYTHING, Subject, tool_pointer
from policyctl.lint.wording import listing


class LiteralWildcard(Rule):
    """A name has a star in it, as if it stood for several tools.

    ## Why is this bad?

    Names are exact: `delete_*` is a tool that is called so, and there is none. What it should have denied, limited or
    allowed is decided by the default. Only `*` alone, in `hide`, stands for every tool.

    ## What to do instead

    Write each tool out. `policyctl recommend --merge` adds those that a policy does not mention.
    """

    code = "REF03"
    name = "literal-wildcard"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    refs = ("CWE-155", "CWE-862", "MCP02:2025")
    bad = """
{
  "version": "1",
  "default": "allow",
  "tools": {
    "delete_*": {"action": "deny"}
    ^^^^^^^^^^ `delete_*`
  }
}
"""
    good = """
{
  "version": "1",
  "default": "allow",
  "tools": {
    "delete_branch": {"action": "deny"}
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for index, name in enumerate(subject.policy.hide):
            if name != EVERYTHING:
                yield from _star(subject, name, f"/hide/{index}", at_key=False)
        for name in subject.policy.tools:
            yield from _star(subject, name, tool_pointer(name), at_key=True)


def _star(subject: Subject, name: str, pointer: str, *, at_key: bool) -> Iterator[Finding]:
    if "*" not in name or name in subject.tools:
        return
    start, _, end = name.partition("*")
    meant = [tool for tool in subject.tools if tool.startswith(start) and tool.endswith(end)]
    yield Finding(
        pointer,
        f"`{name}` is the name of one tool, and stands for no others",
        help=f"write each of them out: {listing(meant, most=5)}" if meant else "write each tool out",
        at_key=at_key,
    )
