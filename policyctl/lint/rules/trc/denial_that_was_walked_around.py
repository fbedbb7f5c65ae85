"""TRC04."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject


class DenialThatWasWalkedAround(Rule):
    """After one tool was denied, another one was given the same object and let through.

    ## Why is this bad?

    An agent that is refused tries another way: a file that `delete_file` may not touch is removed by a shell. In the
    recording that would have worked, so the denial protects nothing.

    ## What to do instead

    Bound the other tool too, or find out that it did something else with the object: reading what one may not change is
    no way around.

    ## What it cannot see

    It compares the texts of arguments within a session, from eight characters on. Tools that the catalog knows to read
    only are passed over.
    """

    code = "TRC04"
    name = "denial-that-was-walked-around"
    severity = Severity.WARNING
    precision = Precision.MEDIUM
    needs = frozenset({Need.TRACES})
    refs = ("MCP06:2025", "ASI02")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "delete_file": {"action": "deny"},
                              ^^^^^^ `run`
    "run": {}
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "delete_file": {"action": "deny"},
    "run": {"action": "require_approval"}
  }
}
"""
    trace = (
        '{"tool": "delete_file", "session": "s", "args": {"path": "/srv/ledger.db"}}\n'
        '{"tool": "run", "session": "s", "args": {"command": "rm /srv/ledger.db"}}\n'
    )

    def check(self, subject: Subject) -> Iterator[Finding]:
        for facts in subject.traces.bypasses if subject.traces else ():
            times = "once" if facts.calls == 1 else f"{facts.calls:,} times"
            yield Finding(
                facts.pointer,
                f"`{facts.denied}` was denied, and `{facts.other}` was then let through with the same object {times}",
                help=f"bound `{facts.other}` too; the first such call is on line {facts.first[1]:,} of the recording",
            )
