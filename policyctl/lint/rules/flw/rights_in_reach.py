"""FLW08."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.names import singular, words
from policyctl.lint.open_tools import loose_tools, opened_at
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import listing
from policyctl.model.catalog import Category, Tag, Tool

_RIGHTS = frozenset({
    "permission", "role", "acl", "privilege", "collaborator", "credential", "secret", "password", "firewall", "iam",
})  # fmt: skip
#: What opens no more than the session that there is.
_PASSING = frozenset({"listen", "stream", "session", "cookie", "otp"})
#: Words that say so only beside another, or with nothing but a verb before them.
_BESIDE = {
    "policy": frozenset({"access", "bucket", "security", "network", "retention", "password", "iam", "rbac"}),
    "log": frozenset({"audit", "access", "activity", "event", "security"}),
}


class RightsInReach(Rule):
    """An agent may change rights, credentials or the record of what was done, with nobody looking.

    ## Why is this bad?

    A right that an agent can give it can give to itself, or to whoever asks nicely. A policy bounds what may be done with
    the rights that there are; a tool that changes rights changes what the policy is about.

    ## What to do instead

    Hide such tools, or let a person see each call: `action: require_approval`.

    ## What it looks at

    Tools that are not of class Read, that the catalog tags with `credentials` or whose names speak of rights or of audit
    logs, and about whose arguments no rule says anything. Keys and cookies of a session are passed over.
    """

    code = "FLW08"
    name = "rights-in-reach"
    severity = Severity.ERROR
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-269", "CWE-732", "ASI03", "MCP02:2025", "AML.T0081")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "add_collaborator": {"rate_limit": {"max": 5, "window": "hour"}}
    ^^^^^^^^^^^^^^^^^^ `add_collaborator`
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "add_collaborator": {"action": "require_approval", "rate_limit": {"max": 5, "window": "hour"}}
  }
}
"""
    catalog = """[{"name": "add_collaborator", "category": "Write", "risk": "High"}]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        found = [tool.name for tool in loose_tools(subject) if _is_about_rights(tool)]
        listed = [name for name in found if name in subject.policy.tools]
        for name in listed:
            pointer, at_key = opened_at(subject, name)
            yield _finding(pointer, f"`{name}` changes", at_key=at_key)
        unlisted = [name for name in found if name not in subject.policy.tools]
        if unlisted:
            does = "changes" if len(unlisted) == 1 else "change"
            yield _finding("/default", f"the default opens {listing(unlisted)}, which {does}", at_key=False)


def _finding(pointer: str, what: str, *, at_key: bool) -> Finding:
    return Finding(
        pointer,
        f"{what} rights, credentials or records, and nobody looks",
        help="hide it, or let a person see each call: `action: require_approval`",
        at_key=at_key,
    )


def _is_about_rights(tool: Tool) -> bool:
    if tool.category is None or tool.category is Category.READ:
        return False
    named = tuple(singular(word) for word in words(tool.name))
    lasts = Tag.CREDENTIALS in tool.tags and _PASSING.isdisjoint(named)
    is_said = lasts or not _RIGHTS.isdisjoint(named) or named[:1] == ("grant",)
    erases = tool.category is Category.DESTRUCTIVE and ("audit" in named or _is_about("log", named))
    return is_said or erases or _is_about("policy", named)


def _is_about(thing: str, named: tuple[str, ...]) -> bool:
    """Whether the thing is the kind that is meant: a policy for access, and not one of an insurance."""
    return thing in named and (len(named) == 2 or not _BESIDE[thing].isdisjoint(named))
