"""REF04."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Fix, Severity
from policyctl.lint.likeness import same_but_for_spelling
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import EVERYTHING, Subject, tool_pointer
from policyctl.model.policy import Default
from policyctl.source.edit import rename, replace


class MisspeltTool(Rule):
    """A name differs from that of a tool in case, separators or a prefix alone.

    ## Why is this bad?

    Names are exact and case-sensitive. `Delete-Repo` is not `delete_repo`, and `mcp__github__delete_repo` is what one client
    calls it, not what the server does. The rule is never looked at, and the tool is decided by the default.

    ## What to do instead

    Write the name as the catalog has it, which is as the server lists it.
    """

    code = "REF04"
    name = "misspelt-tool"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-178", "CWE-561", "MCP09:2025")
    bad = """
{
  "version": "1",
  "default": "allow",
  "tools": {
    "mcp__github__delete_repo": {"action": "deny"}
    ^^^^^^^^^^^^^^^^^^^^^^^^^^ `delete_repo`
  }
}
"""
    good = """
{
  "version": "1",
  "default": "allow",
  "tools": {
    "delete_repo": {"action": "deny"}
  }
}
"""
    catalog = """[{"name": "delete_repo", "category": "Destructive", "risk": "Critical"}, {"name": "get_repo"}]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        named = set(subject.policy.tools) | subject.hidden
        unnamed = [name for name in subject.tools if name not in named]
        for index, name in enumerate(subject.policy.hide):
            if name != EVERYTHING and name not in subject.tools and (right := same_but_for_spelling(name, unnamed)):
                pointer = f"/hide/{index}"
                edit = replace(subject.document, pointer, right)
                hidden = Fix("name the tool", (edit,), is_safe=False)
                yield _finding(name, right, pointer, hidden, at_key=False)
        for name in subject.policy.tools:
            if name not in subject.tools and (right := same_but_for_spelling(name, unnamed)):
                pointer = tool_pointer(name)
                # Under deny the rules would open a tool that is shut now: that is for its author to do.
                is_narrower = subject.policy.default is Default.ALLOW
                edit = rename(subject.document, pointer, right)
                fix = Fix("name the tool", (edit,), is_safe=False) if is_narrower else None
                yield _finding(name, right, pointer, fix, at_key=True)


def _finding(name: str, right: str, pointer: str, fix: Fix | None, *, at_key: bool) -> Finding:
    return Finding(
        pointer,
        f"`{name}` is none of the server's tools, and `{right}` is",
        help=f"write `{right}`: names are exact",
        at_key=at_key,
        fix=fix,
    )
