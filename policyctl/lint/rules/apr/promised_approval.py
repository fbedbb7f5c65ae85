"""APR08."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.names import words
from policyctl.lint.promises import promise_in
from policyctl.lint.quotas import own_limits
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.subject import Subject, tool_pointer
from policyctl.model.catalog import Category
from policyctl.model.policy import Action, Limit, Predicate, ToolRules

#: An argument with such a name lets the caller answer what the message asks for.
_ANSWERS = frozenset({"approval", "approved", "approver", "confirm", "confirmed", "confirmation", "ticket", "review", "reviewer", "signed"})  # fmt: skip


class PromisedApproval(Rule):
    """A message promises an approval that nothing can give.

    ## Why is this bad?

    A denial is final: no recorded approval opens it. A person who reads the policy believes that somebody is asked; an
    agent that reads the message waits for an answer that never comes, asks again, or looks for another way.

    ## What to do instead

    Use `action: require_approval` with the message as its `reason` if a person is to decide. If nobody is, say so in the
    message, and what to do instead.

    ## How much it weighs

    The vendor recommends for tools that move money a `deny_if` without conditions and such a message. There, and where no
    catalog tells the class, this is information: the form is known, and it denies. On other tools a denial of every
    call with such a message is an error; a denial of some calls, or an exhausted limit, a warning.

    ## What it cannot see

    It knows phrases of the larger European languages, Chinese, Japanese and Korean. A message about an approval that the
    call itself carries as an argument is left alone.
    """

    code = "APR08"
    name = "promised-approval"
    severity = Severity.ERROR
    refs = ("CWE-1059", "ASI09")
    catalog = '[{"name": "delete_project", "category": "Destructive", "risk": "Critical"}]'
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "delete_project": {
      "deny_if": [{"conditions": [], "on_deny": "Requires human approval."}]
                                                 ^^^^^^^^^^^^^^^^^^^^^^^ no approval
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "delete_project": {
      "action": "require_approval", "reason": "Requires human approval."
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for limit in subject.policy.all_tools_limits:
            yield from _partial(limit)
        for rules in subject.policy.tools.values():
            if subject.is_hidden(rules.name):
                continue
            yield from _whole(subject, rules)
            if not subject.is_shut(rules.name):
                sources: tuple[Predicate | Limit, ...] = (*rules.require, *rules.deny_if, *own_limits(rules))
                for source in sources:
                    yield from _partial(source)


def _whole(subject: Subject, rules: ToolRules) -> Iterator[Finding]:
    """Denials of every call."""
    places = [(f"{tool_pointer(rules.name)}/reason", rules.reason)] if rules.action is Action.DENY else []
    places += [(f"{each.pointer}/on_deny", each.on_deny) for each in rules.deny_if if not each.conditions]
    tool = subject.tools.get(rules.name)
    is_published = tool is None or tool.category in {None, Category.FINANCIAL}
    for pointer, message in places:
        part = promise_in(message)
        if part is not None:
            yield Finding(
                pointer,
                f"`{rules.name}` is always denied, and no approval changes that",
                help="use `action: require_approval`, or say in the message what to do instead",
                part=part,
                severity=Severity.INFO if is_published else None,
            )


def _partial(source: Predicate | Limit) -> Iterator[Finding]:
    """Denials of some calls."""
    part = promise_in(source.on_deny)
    if part is None or (isinstance(source, Predicate) and (not source.conditions or _can_be_answered(source))):
        return
    yield Finding(
        f"{source.pointer}/on_deny",
        "the call is denied, and no approval changes that",
        help="say in the message what to do instead, or use `action: require_approval` for the tool",
        part=part,
        severity=Severity.WARNING,
    )


def _can_be_answered(predicate: Predicate) -> bool:
    return any(not _ANSWERS.isdisjoint(words(key)) for condition in predicate.conditions for key in condition.path)
