"""The whole report as a page, in the order in which people should read it: what to decide comes before what is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from policyctl import SEMANTICS, __version__
from policyctl.model.catalog import Category
from policyctl.recommend.profile import Outcome
from policyctl.recommend.rule import Recommendation
from policyctl.report.number import several
from policyctl.report.page.parts import Block, Cell, Code, Column, Row, Section, Sentence, Table, listed, say
from policyctl.report.recommend.holes import hole_section
from policyctl.report.recommend.merging import merge_sections
from policyctl.report.recommend.next import next_section
from policyctl.report.recommend.result import Advice, RecommendResult
from policyctl.report.recommend.words import (
    ROLES,
    class_words,
    doubt_words,
    evidence_words,
    outcome_counts,
    raised_words,
    rule_words,
    said,
)

#: So many tools are listed one by one, and so many named in a sentence.
_ROWS, _NAMES = 40, 12
_SHORT_DIGEST = len("sha256:") + 12

_MEANINGS = {
    Outcome.HIDDEN: "not listed to agents, and denied when called",
    Outcome.DENIED: "listed, and every call is refused",
    Outcome.APPROVAL: "each call waits for a person",
    Outcome.LIMITED: "so many calls of one grant go through",
    Outcome.OPEN: "every call goes through",
}


def sections(result: RecommendResult) -> Iterator[Section]:
    """Server by server."""
    several_servers = len(result.advices) > 1
    for advice in result.advices:
        yield from _of_server(result, advice, named=several_servers)
    yield next_section(result)
    yield _inputs(result)


def _of_server(result: RecommendResult, advice: Advice, *, named: bool) -> Iterator[Section]:
    yield _summary(result, advice, named=named)
    if advice.merging is not None:
        yield from merge_sections(advice.merging)
    if advice.doubtful:
        yield _doubtful(advice)
    if advice.incomplete:
        yield _incomplete(advice)
    for outcome in reversed(Outcome):
        if found := advice.having(outcome):
            yield _outcome(outcome, found)
    yield hole_section(advice)


def _summary(result: RecommendResult, advice: Advice, *, named: bool) -> Section:
    counts = Counter((each.tool.category, each.outcome) for each in advice.recommendations)
    outcomes = [outcome for outcome in Outcome if advice.having(outcome)]
    columns = (
        Column("class", rigid=True),
        Column("tools", number=True),
        *(Column(outcome.value, number=True) for outcome in outcomes),
    )
    rows = []
    for category in (*Category, None):
        total = sum(count for (found, _), count in counts.items() if found is category)
        if total:
            cells = (_count(counts[category, outcome], outcome) for outcome in outcomes)
            rows.append(Row((Cell(category or "none"), Cell(f"{total:,}"), *cells)))
    blocks: list[Block] = [Table(columns, tuple(rows))]
    if advice.file is not None:
        blocks.append(say("written to ", Code(advice.file), role="good"))
    title = f"recommended for {advice.catalog.server_id}" if named else "recommended"
    name = advice.catalog.server_name
    meaning = f"{name}: " if name and not named else ""
    return Section(_title(title), f"{_title(meaning)}profile {result.profile}, default deny", tuple(blocks))


def _title(text: str) -> str:
    """A title has no words of the user that a page could escape by their kind."""
    from policyctl.report.escape import escape_terminal

    return escape_terminal(text)


def _count(number: int, outcome: Outcome) -> Cell:
    return Cell(f"{number:,}", ROLES[outcome]) if number else Cell("·", "quiet")


def _doubtful(advice: Advice) -> Section:
    rows = tuple(
        Row(
            (Cell(each.tool.name), Cell(class_words(each.tool)), Cell(rule_words(each), ROLES[each.outcome])),
            say(doubt_words(each), *_because(each), role="warning"),
        )
        for each in advice.doubtful
    )
    columns = (Column("tool", code=True), Column("class", rigid=True), Column("rule"))
    table = Table(columns, rows[:_ROWS], more=max(0, len(rows) - _ROWS), note_title="doubt")
    advice_ = say("a reviewed entry settles a doubt: see ", Code("--override"))
    return Section("to decide", "where a class is not sure, the stricter rule stands", (table, advice_))


def _because(each: Recommendation) -> Sequence[str | Code]:
    return () if each.evidence is None else (" · ", *said(evidence_words(each.evidence, each.tool)))


def _incomplete(advice: Advice) -> Section:
    rows = tuple(
        Row((Cell(each.tool.name), Cell(each.gap.path), Cell(each.gap.kind)), say("for instance ", Code(example(each))))
        for each in advice.incomplete
        if each.gap is not None
    )
    columns = (Column("tool", code=True), Column("argument", code=True), Column("holds a"))
    table = Table(columns, rows[:_ROWS], more=max(0, len(rows) - _ROWS), note_title="example")
    return Section("to complete", "no call passes until the values are named that may", (table,))


def example(each: Recommendation) -> str:
    """The condition that could stand in place of the one that never holds."""
    from policyctl.report.policy.json_ import quoted

    return "" if each.gap is None else quoted(each.gap.example)


def _outcome(outcome: Outcome, found: tuple[Recommendation, ...]) -> Section:
    """The tools one by one; what is the same for all of them is said once."""
    rules = {rule_words(each) for each in found}
    title = f"{outcome.value}: {several(len(found), 'tool')}"
    meaning = f"{min(rules)}: {_MEANINGS[outcome]}" if len(rules) == 1 and found[0].rate else _MEANINGS[outcome]
    differs = len(rules) > 1
    columns = (
        Column("tool", code=True),
        Column("class", rigid=True),
        *([Column("rule")] if differs else []),
        Column("why"),
    )
    rows = tuple(_row(each, with_rule=differs) for each in found[:_ROWS])
    return Section(title, meaning, (Table(columns, rows, more=max(0, len(found) - _ROWS)),))


def _row(each: Recommendation, *, with_rule: bool) -> Row:
    why, raised = evidence_words(each.evidence, each.tool), raised_words(each)
    rule = (Cell(rule_words(each)),) if with_rule else ()
    cells = (Cell(each.tool.name), Cell(class_words(each.tool)), *rule, Cell(why, "quiet"))
    return Row(cells, say(raised) if raised else None)


def _inputs(result: RecommendResult) -> Section:
    columns = (Column("kind"), Column("file", code=True), Column("sha256", code=True))
    files = {(advice.catalog.name, advice.catalog.digest) for advice in result.advices}
    merged = {
        (advice.merging.present.name, advice.merging.present.digest) for advice in result.advices if advice.merging
    }
    rows = (
        *(_file("catalog", name, digest) for name, digest in sorted(files)),
        *(_file("policy", name, digest) for name, digest in sorted(merged)),
        *([_file("reviews", *result.overrides)] if result.overrides else []),
    )
    table = Table(columns, rows[:_ROWS], more=max(0, len(rows) - _ROWS))
    return Section("inputs", f"policyctl {__version__}, semantics {SEMANTICS}", (table, *_empty(result)))


def _file(kind: str, name: str, digest: str) -> Row:
    return Row((Cell(kind), Cell(name), Cell(digest[:_SHORT_DIGEST], "quiet")))


def _empty(result: RecommendResult) -> Iterator[Sentence]:
    if result.empty:
        names = listed([catalog.server_id for catalog in result.empty], most=_NAMES)
        yield say("no tool is listed for ", *names, ", so there is no policy for it", role="warning")


def checked(result: RecommendResult) -> str:
    """What was looked at and what came of it, on one line."""
    recommendations = tuple(result.recommendations)
    servers = len(result.advices) + len(result.empty)
    parts = (
        f"checked {several(servers, 'server')}",
        several(len(recommendations), "tool"),
        outcome_counts(recommendations),
    )
    return " · ".join(filter(None, parts))
