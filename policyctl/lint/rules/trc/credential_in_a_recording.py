"""TRC06."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject


class CredentialInARecording(Rule):
    """An argument in a recorded call holds a credential.

    ## Why is this bad?

    The agent saw it, the server got it, and the recording keeps it for everybody who can read the file. Whoever copies
    the trace into a repository publishes it.

    ## What to do instead

    Revoke the credential, find out where the agent had it from, and record such arguments as `redacted`. policyctl shows
    neither the value nor a part of it.

    ## What it cannot see

    It knows credentials by the shape that their issuers gave them, and passes over words that stand in for one.
    """

    code = "TRC06"
    name = "credential-in-a-recording"
    severity = Severity.ERROR
    needs = frozenset({Need.TRACES})
    refs = ("CWE-532", "CWE-312", "MCP01:2025", "AML.T0055")
    bad = """
{"version": "1", "default": "allow"}
"""
    good = """
{"version": "1", "default": "allow", "description": "judged with a recording in which the header is redacted"}
"""
    # Put together here, so that no scanner takes the example for a credential.
    trace = '{"tool": "fetch", "args": {"headers": {"Authorization": "Bearer ' + "Q7wLx2Vn9" * 4 + '"}}}\n'
    good_trace = '{"tool": "fetch", "args": {"headers": {}}, "redacted": ["/headers/Authorization"]}\n'
    finds_in_trace = ((1, "a bearer token"),)

    def check(self, subject: Subject) -> Iterator[Finding]:
        for facts in subject.traces.secrets if subject.traces else ():
            times = "a recorded call" if facts.calls == 1 else f"{facts.calls:,} recorded calls"
            yield Finding(
                "",
                f"the argument `{facts.path}` of `{facts.tool}` holds {facts.kind} in {times}",
                help="revoke it, and redact the argument where calls are recorded",
                place=facts.first,
            )
