"""TRC03."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.reading.suggest import closest


class CallOfUnlistedTool(Rule):
    """An agent called a tool that the catalog does not have.

    ## Why is this bad?

    Either the catalog is old, and the tool has no class and no reviewed rule, or the call went to a server that nobody
    knows of. In both cases the policy was written without the tool in mind.

    ## What to do instead

    Renew the catalog with `policyctl catalog import`. If the tool belongs to another server, replay its calls under the
    policy of that one: `policyctl simulate --server`.
    """

    code = "TRC03"
    name = "call-of-unlisted-tool"
    severity = Severity.ERROR
    needs = frozenset({Need.CATALOG, Need.TRACES})
    refs = ("MCP09:2025",)
    bad = """
{"version": "1", "default": "allow"}
"""
    good = """
{"version": "1", "default": "allow", "description": "judged with a recording without `wipe`"}
"""
    catalog = """[{"name": "read"}]"""
    trace = '{"tool": "read", "args": {}}\n{"tool": "wipe", "args": {}}\n'
    good_trace = '{"tool": "read", "args": {}}\n'
    finds_in_trace = ((2, "`wipe`"),)

    def check(self, subject: Subject) -> Iterator[Finding]:
        for facts in subject.traces.tools.values() if subject.traces else ():
            if facts.in_catalog is False and facts.first:
                near = closest(facts.name, subject.tools)
                yield Finding(
                    "",
                    f"the catalog has no tool `{facts.name}`, of which {facts.calls:,} "
                    f"{'call is' if facts.calls == 1 else 'calls are'} recorded",
                    help=f"renew the catalog, or see whether `{near}` was meant" if near else "renew the catalog",
                    place=facts.first,
                )
