"""CAT09."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.carried import is_doubtful
from policyctl.lint.rule import Finding, Need, Precision, Rule, Source
from policyctl.lint.subject import Subject
from policyctl.lint.wording import listing

#: Of so many tools one doubtful class is what is to be expected.
_EXPECTED = 10


class GuessedClasses(Rule):
    """More than one class in ten is hardly more than a guess.

    ## Why is this bad?

    Recommended rules take the strictest class that a tool may be of, so such tools ask for more approvals than they need; and
    rules that go by the class say nothing, or the wrong thing, about them.

    ## What to do instead

    Look at these tools (`policyctl catalog show`) and record a review, or write overrides.
    """

    code = "CAT09"
    name = "guessed-classes"
    severity = Severity.INFO
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    bad = """
{
  "version": "1",
  "server": {"id": "odds", "name": "Odds"},
  "tools": [
  ^^^^^^^ 1 of 2 tools
    {"name": "frobnicate", "category": "Write", "risk": "Medium", "confidence": "low"},
    {"name": "read_file", "category": "Read", "risk": "Low", "confidence": "high"}
  ]
}
"""
    good = """
{
  "version": "1",
  "server": {"id": "odds", "name": "Odds"},
  "tools": [
    {"name": "read_file", "category": "Read", "risk": "Low", "confidence": "high"}
  ]
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        guessed = [tool.name for tool in subject.tools.values() if is_doubtful(tool)]
        if len(guessed) * _EXPECTED > len(subject.tools):
            yield Finding(
                "/tools",
                f"the classes of {len(guessed):,} of {len(subject.tools):,} tools are hardly more than guesses: "
                f"{listing(guessed)}",
                help="look at them with `policyctl catalog show`, and record reviews or overrides",
                at_key=True,
                source=Source.CATALOG,
            )
