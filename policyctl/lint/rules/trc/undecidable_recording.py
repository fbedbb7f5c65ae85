"""TRC07."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject


class UndecidableRecording(Rule):
    """Some recorded calls could not be decided, so that nothing can be said about the rules they meet.

    ## Why is this bad?

    It is not the policy that is wrong: the record leaves out what its rules ask for. But whoever reads that a rule decided
    nothing should know how much of the recording could tell.

    ## What to do instead

    `policyctl simulate` lists the facts that would have to be recorded.
    """

    code = "TRC07"
    name = "undecidable-recording"
    severity = Severity.INFO
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.TRACES})
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
  ^^^^^^^ 1 of 2
    "pay": {"require": [{"conditions": [{"path": "args.to", "op": "eq", "value": "me"}]}]}
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "pay": {"action": "deny", "reason": "Nobody pays."}
  }
}
"""
    trace = '{"tool": "pay", "args": {"to": "me"}}\n{"tool": "pay", "args_state": "hashed"}\n'

    def check(self, subject: Subject) -> Iterator[Finding]:
        traces = subject.traces
        if traces is None or not traces.undetermined:
            return
        causes = ", ".join(f"`{cause}` ({calls:,})" for cause, calls in list(traces.causes.items())[:3])
        yield Finding(
            "/tools" if subject.policy.tools else "",
            f"{traces.undetermined:,} of {traces.calls:,} recorded calls could not be decided: {causes}",
            help="`policyctl simulate` says what to record",
            at_key=bool(subject.policy.tools),
        )
