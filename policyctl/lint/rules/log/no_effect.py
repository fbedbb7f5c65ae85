"""LOG06."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Edit, Fix, Severity
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import EVERYTHING, Subject, tool_pointer
from policyctl.model.policy import Action, Default, ToolRules
from policyctl.source.edit import remove
from policyctl.source.pointer import join

_HELP = "remove it, or say what was meant"


class NoEffect(Rule):
    """An entry changes nothing.

    ## Why is this bad?

    It looks like a decision. `{}` allows a tool under `default: deny`; under `default: allow` the tool is allowed anyway.
    A `require` without conditions asks for nothing, though somebody meant to ask for something. A `reason` of a tool
    that is neither denied nor approved is shown to nobody. Beside a star, names in `hide` hide nothing more.

    ## What to do instead

    Remove it, or write what was meant.

    ## How much it weighs

    A `require` without conditions is a warning. The rest is information. With a catalog, `{}` of a tool that the server has
    is taken for a decision: `REF06` asks for one about every tool.
    """

    code = "LOG06"
    name = "no-effect"
    severity = Severity.INFO
    precision = Precision.VERY_HIGH
    refs = ("CWE-561",)
    bad = """
{
  "version": "1",
  "default": "allow",
  "tools": {
    "list_charges": {},
    ^^^^^^^^^^^^^^ allowed anyway
    "create_charge": {"rate_limit": {"max": 5, "window": "hour"}}
  }
}
"""
    good = """
{
  "version": "1",
  "default": "allow",
  "tools": {
    "create_charge": {"rate_limit": {"max": 5, "window": "hour"}}
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        yield from _names_beside_a_star(subject)
        for rules in subject.policy.tools.values():
            if not subject.is_hidden(rules.name):
                yield from _of_tool(subject, rules)


def _names_beside_a_star(subject: Subject) -> Iterator[Finding]:
    names = [index for index, name in enumerate(subject.policy.hide) if name != EVERYTHING]
    if EVERYTHING in subject.hidden and names:
        yield Finding(
            join("hide", names[0]), "the star hides every tool, so names beside it change nothing", help=_HELP
        )


def _of_tool(subject: Subject, rules: ToolRules) -> Iterator[Finding]:
    pointer = tool_pointer(rules.name)
    is_idle = subject.policy.default is Default.ALLOW and rules == ToolRules(rules.name)
    # Of a tool that the server is known to have it is a decision, and `REF06` asks for one.
    if is_idle and rules.name not in subject.tools:
        yield Finding(
            pointer,
            f"`{rules.name}` is allowed anyway, by the default",
            help=_HELP,
            at_key=True,
        )
    if rules.reason is not None and rules.action in {None, Action.ALLOW}:
        yield Finding(
            f"{pointer}/reason",
            "this reason is shown to nobody, since no `action` denies or asks a person",
            help=_HELP,
            at_key=True,
            fix=_fix(remove(subject.document, f"{pointer}/reason")),
        )
    for predicate in rules.require:
        if not predicate.conditions:
            yield Finding(
                f"{predicate.pointer}/conditions",
                "a `require` without conditions asks for nothing",
                help=_HELP,
                fix=_fix(remove(subject.document, predicate.pointer)),
                severity=Severity.WARNING,
            )


def _fix(edit: Edit | None) -> Fix | None:
    return Fix("remove it", (edit,), is_safe=True) if edit else None
