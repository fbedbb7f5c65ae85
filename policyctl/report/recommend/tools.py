"""The tools of a server one by one: first what a person has to decide, then what is done about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyctl.recommend.profile import Outcome
from policyctl.recommend.rule import Recommendation
from policyctl.report.number import several
from policyctl.report.page.parts import Cell, Code, Column, Part, Row, Section, Table, say
from policyctl.report.policy.json_ import quoted
from policyctl.report.recommend.result import Advice
from policyctl.report.recommend.words import (
    ROLES,
    class_words,
    doubt_words,
    evidence_words,
    raised_words,
    rule_words,
    said,
)

#: So many tools are listed in a table.
_ROWS = 40
_TOOL, _CLASS = Column("tool", code=True), Column("class", rigid=True)
_MEANINGS = {
    Outcome.HIDDEN: "not listed to agents, and denied when called",
    Outcome.DENIED: "listed, and every call is refused",
    Outcome.APPROVAL: "each call waits for a person",
    Outcome.LIMITED: "so many calls of one grant go through",
    Outcome.OPEN: "every call goes through",
}


def tool_sections(advice: Advice) -> Iterator[Section]:
    """What to decide, what to complete, then the strictest rules first."""
    if advice.doubtful:
        yield _doubtful(advice.doubtful)
    if advice.incomplete:
        yield _incomplete(advice.incomplete)
    for outcome in reversed(Outcome):
        if found := advice.having(outcome):
            yield _outcome(outcome, found)


def _doubtful(found: Sequence[Recommendation]) -> Section:
    rows = tuple(
        Row(
            (Cell(each.tool.name), Cell(class_words(each.tool)), Cell(rule_words(each), ROLES[each.outcome])),
            say(*said(doubt_words(each)), *_because(each), role="warning"),
        )
        for each in found[:_ROWS]
    )
    table = Table(
        (_TOOL, _CLASS, Column("rule", rigid=True)), rows, more=max(0, len(found) - _ROWS), note_title="doubt"
    )
    settle = say("a reviewed entry of the catalog settles a doubt, and so does an entry of ", Code("--override FILE"))
    return Section("to decide", "where a class is not sure, the stricter rule stands", (table, settle))


def _because(each: Recommendation) -> tuple[Part, ...]:
    if each.evidence is None or each.evidence.where == "catalog":
        return ()
    return (" · ", *said(evidence_words(each.evidence, each.tool)))


def _incomplete(found: Sequence[Recommendation]) -> Section:
    rows = tuple(
        Row(
            (Cell(each.tool.name), Cell(each.gap.path), Cell(each.gap.kind)),
            say("for instance ", Code(quoted(each.gap.example))),
        )
        for each in found[:_ROWS]
        if each.gap is not None
    )
    columns = (_TOOL, Column("argument", code=True), Column("holds a"))
    table = Table(columns, rows, more=max(0, len(found) - _ROWS), note_title="example")
    return Section("to complete", "no call passes until the values are named that may", (table,))


def _outcome(outcome: Outcome, found: Sequence[Recommendation]) -> Section:
    """What is the same for all of them is said once."""
    rules = {rule_words(each) for each in found}
    differs = len(rules) > 1
    meaning = f"{min(rules)}: {_MEANINGS[outcome]}" if found[0].rate and not differs else _MEANINGS[outcome]
    columns = (_TOOL, _CLASS, *([Column("rule", rigid=True)] if differs else []), Column("why", prose=True))
    rows = tuple(_row(each, with_rule=differs) for each in found[:_ROWS])
    table = Table(columns, rows, more=max(0, len(found) - _ROWS))
    return Section(f"{outcome.value}: {several(len(found), 'tool')}", meaning, (table,))


def _row(each: Recommendation, *, with_rule: bool) -> Row:
    why, raised = evidence_words(each.evidence, each.tool), raised_words(each)
    rule = (Cell(rule_words(each)),) if with_rule else ()
    cells = (Cell(each.tool.name), Cell(class_words(each.tool)), *rule, Cell(why, "quiet"))
    return Row(cells, say(raised) if raised else None)
