"""LOG01."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from policyctl.cells.atoms import Literal
from policyctl.cells.rules import amounts
from policyctl.diagnostic import Severity
from policyctl.lint.exclusive import exclusions
from policyctl.lint.logic import MOST_CONDITIONS, Part, condition_parts, conflict
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import joined, name_of, quota
from policyctl.model.policy import ToolRules


class Contradiction(Rule):
    """No call can meet what `require` asks for.

    ## Why is this bad?

    Every condition of every `require` has to hold. Where they exclude each other, all calls of the tool are denied, each
    with a message that sends the agent after something that would be denied as well.

    ## What to do instead

    Correct the condition that is not meant. A tool that nobody is to use is denied by `action: deny`, or hidden.

    ## What it looks at

    It is worked out over all JSON values, patterns included, and a limit with `amount_from` counts as the condition that
    the amount is no more than its maximum. Two values that one argument would have to have at once are a matter of `LOG10`.
    """

    code = "LOG01"
    name = "contradiction"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    refs = ("CWE-570", "CWE-670")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer": {
      "require": [
        {"conditions": [{"path": "args.amount", "op": "gt", "value": 100}]},
        {"conditions": [{"path": "args.amount", "op": "lt", "value": 50}]}
                                                                     ^^ no call meets
      ]
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer": {
      "require": [
        {"conditions": [{"path": "args.amount", "op": "gt", "value": 100}]},
        {"conditions": [{"path": "args.amount", "op": "lt", "value": 500}]}
      ]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            told = {f"{exclusion.pointer}/value" for exclusion in exclusions(rules.require)}
            cores = (conflict(parts) for parts in _by_argument(subject, rules) if len(parts) <= MOST_CONDITIONS)
            core = next((core for core in cores if core), ())
            if core and core[-1].pointer not in told:
                yield Finding(
                    core[-1].pointer,
                    f"no call meets {joined([part.text for part in core])}, so `{rules.name}` is always denied",
                    help="correct the condition that is not meant",
                )


def _by_argument(subject: Subject, rules: ToolRules) -> Iterable[list[Part]]:
    """Every condition that has to hold, and every amount that has to fit, apart by argument."""
    found: dict[str, list[Part]] = defaultdict(list)
    for predicate in rules.require:
        for condition, part in zip(predicate.conditions, condition_parts(predicate), strict=True):
            found[condition.path[0]].append(part)
    limits = [limit for limit in subject.policy.limits_of(rules.name) if limit.amount_from]
    for limit, atom in zip(limits, amounts(limits), strict=True):
        text = f"the limit {name_of(limit)} of {quota(limit)}"
        found[atom.path[0]].append(Part(f"{limit.pointer}/max", text, ((Literal(atom, holds=True),),)))
    return found.values()
