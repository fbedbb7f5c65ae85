"""Which rules decided calls, and which never did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policyctl.report.number import several
from policyctl.report.page.parts import Block, Cell, Code, Column, Part, Row, Section, Sentence, Table, listed, say
from policyctl.report.simulate.first import first_cell, first_column
from policyctl.report.simulate.words import ROLES
from policyctl.simulate.result import IdleRule, RuleRow, Simulation
from policyctl.source.pointer import split

_RULES, _IDLE, _NAMES = 25, 10, 5


def rule_sections(simulation: Simulation) -> Iterator[Section]:
    """What decided, then what lay idle."""
    if simulation.rules:
        yield _deciding(simulation)
    if simulation.idle_rules and simulation.coverage.calls:
        yield _idle(simulation)


def _deciding(simulation: Simulation) -> Section:
    by_policy = len(simulation.policies) > 1
    by_file = len(simulation.traces) > 1
    columns = (
        Column("rule", code=True),
        *([Column("policy", code=True)] if by_policy else []),
        Column("verdict"),
        Column("calls", number=True),
        first_column(by_file=by_file),
    )
    rows = tuple(_row(rule, by_policy=by_policy, by_file=by_file) for rule in simulation.rules[:_RULES])
    table = Table(columns, rows, more=max(0, len(simulation.rules) - _RULES), note_title="message")
    return Section("rules that decided", "below each one what the agent is told", (table,))


def _row(rule: RuleRow, *, by_policy: bool, by_file: bool) -> Row:
    cells = (
        Cell(rule.rule),
        *([Cell(rule.policy)] if by_policy else []),
        Cell(rule.verdict.value, ROLES[rule.verdict]),
        Cell(f"{rule.calls:,}"),
        first_cell(rule.file, rule.line, by_file=by_file),
    )
    return Row(cells, say(rule.message, *_tools(rule)))


def _tools(rule: RuleRow) -> tuple[Part, ...]:
    """The tools of a rule whose own name does not say."""
    if rule.rule.startswith("/tools/"):
        return ()
    return (" · ", *listed(rule.tools, most=_NAMES))


def _idle(simulation: Simulation) -> Section:
    reached = [rule for rule in simulation.idle_rules if rule.reached]
    unreached = [rule for rule in simulation.idle_rules if not rule.reached]
    blocks: list[Block] = []
    if reached:
        blocks.append(_reached(reached, by_policy=len(simulation.policies) > 1))
    if unreached:
        blocks.append(_unreached(unreached))
    return Section("rules that decided nothing here", "idle is no fault: it may be what a rule is for", tuple(blocks))


def _reached(rules: list[IdleRule], *, by_policy: bool) -> Table:
    title = f"{several(len(rules), 'rule')} of tools that were called"
    columns = (Column(title, code=True), *([Column("policy", code=True)] if by_policy else []))
    rows = tuple(Row((Cell(_name(rule)), *([Cell(rule.policy)] if by_policy else []))) for rule in rules[:_IDLE])
    return Table(columns, rows, more=max(0, len(rules) - _IDLE))


def _name(rule: IdleRule) -> str:
    """What the gateway logs; its place where many rules have that name."""
    return rule.pointer if rule.rule.startswith("(") else rule.rule


def _unreached(rules: list[IdleRule]) -> Sentence:
    tools = Counter((rule.policy, _tool(rule)) for rule in rules)
    hidden = tools.pop(next((key for key in tools if key[1] is None), ("", None)), 0)
    named = sorted((tool or "", count) for (_, tool), count in tools.items())
    parts: list[Part] = [f"{several(len(rules), 'rule')} of tools that were never called"]
    if named:
        parts.append(": ")
    for index, (tool, count) in enumerate(named[:_IDLE]):
        parts += [", " if index else "", Code(tool), f" ({count:,})" if count > 1 else ""]
    if len(named) > _IDLE:
        parts.append(f" and {len(named) - _IDLE:,} more tools")
    if hidden:
        parts.append(f"{' and' if named else ':'} {several(hidden, 'hidden name')}")
    return say(*parts)


def _tool(rule: IdleRule) -> str | None:
    segments = split(rule.pointer)
    return segments[1] if segments[0] == "tools" else None
