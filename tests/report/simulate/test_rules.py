"""Rules that decided, and rules that did not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from policyctl.report.page.parts import Sentence, Table
from policyctl.report.page.text import line_of
from policyctl.report.simulate.rules import rule_sections
from policyctl.simulate.result import Simulation

Simulate = Callable[..., Simulation]

NEVER = {"conditions": [{"path": "args.x", "op": "eq", "value": 1}]}
POLICY = {
    "version": "1",
    "default": "deny",
    "hide": ["h", "i"],
    "tools": {
        "a": {"deny_if": [NEVER], "action": "require_approval", "reason": "ask"},
        "b": {"deny_if": [NEVER, NEVER]},
        "c": {"action": "deny"},
    },
}


def told(simulation: Simulation) -> Iterator[str]:
    for section in rule_sections(simulation):
        yield section.title
        for block in section.blocks:
            if isinstance(block, Table):
                yield from (" ".join(cell.text for cell in row.cells) for row in block.rows)
                yield from (line_of(row.note) for row in block.rows if row.note)
            elif isinstance(block, Sentence):
                yield line_of(block)


def test_rules_are_shown_with_what_the_agent_is_told_and_idle_ones_apart(simulated: Simulate) -> None:
    trace = [{"tool": "a", "args": {}}, {"tool": "x"}, {"tool": "y"}, {"tool": "h"}]
    assert list(told(simulated(POLICY, trace))) == [
        "rules that decided",
        "(default deny) deny 2 2",
        "(hidden) deny 1 4",
        "/tools/a/action approval 1 1",
        "the policy does not list this tool, and what it does not list is denied · `x`, `y`",
        "this tool is not available here · `h`",
        "ask",
        "rules that decided nothing here",
        "/tools/a/deny_if/args.x-eq",
        "4 rules of tools that were never called: `b` (2), `c` and 1 hidden name",
    ]


def test_with_two_policies_and_traces_each_row_names_its_own(simulated: Simulate) -> None:
    simulation = simulated(POLICY, [{"tool": "c"}])
    twice = replace(simulation, policies=simulation.policies * 2, traces=simulation.traces * 2)
    assert list(told(twice))[1] == "/tools/c/action policy.json deny 1 trace.jsonl:1"
