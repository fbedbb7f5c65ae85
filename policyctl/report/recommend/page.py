"""The whole report as a page, in the order in which people should read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policyctl import SEMANTICS, __version__
from policyctl.model.catalog import Category
from policyctl.recommend.profile import Outcome
from policyctl.report.number import several
from policyctl.report.page.parts import Block, Cell, Code, Column, Row, Section, Sentence, Table, listed, say
from policyctl.report.recommend.holes import finding_section, hole_section
from policyctl.report.recommend.merging import merge_section
from policyctl.report.recommend.next import next_section
from policyctl.report.recommend.result import Advice, RecommendResult
from policyctl.report.recommend.tools import tool_sections
from policyctl.report.recommend.words import ROLES, outcome_counts

_ROWS, _NAMES = 40, 12
_SHORT_DIGEST = len("sha256:") + 12


def sections(result: RecommendResult) -> Iterator[Section]:
    """Server by server, then what to run next."""
    for advice in result.advices:
        yield _summary(result, advice)
        if advice.merging is not None:
            yield merge_section(advice.merging)
        if advice.weaker or advice.against is not None:
            from policyctl.report.recommend.difference import difference_sections

            yield from difference_sections(advice)
        yield from tool_sections(advice)
        yield hole_section(advice)
        if advice.findings:
            yield finding_section(advice.findings)
    if result.advices:
        yield next_section(result)
    yield _inputs(result)


def _summary(result: RecommendResult, advice: Advice) -> Section:
    counts = Counter((each.tool.category, each.outcome) for each in advice.recommendations)
    outcomes = [outcome for outcome in Outcome if any(found is outcome for _, found in counts)]
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
    if advice.merging is not None:
        blocks.append(say("this is what would be recommended: rules by hand come first"))
    return Section(
        f"recommended for {advice.catalog.server_id}", f"profile {result.profile}, default deny", tuple(blocks)
    )


def _count(number: int, outcome: Outcome) -> Cell:
    return Cell(f"{number:,}", ROLES[outcome]) if number else Cell("·", "quiet")


def _inputs(result: RecommendResult) -> Section:
    columns = (Column("kind"), Column("file", code=True), Column("sha256", code=True))
    rows = tuple(
        Row((Cell(kind), Cell(name), Cell(digest[:_SHORT_DIGEST], "quiet"))) for kind, name, digest in result.inputs
    )
    table = Table(columns, rows[:_ROWS], more=max(0, len(rows) - _ROWS))
    return Section(
        "inputs", f"policyctl {__version__}, semantics {SEMANTICS}", (table, *_empty(result), *_unused(result))
    )


def _empty(result: RecommendResult) -> Iterator[Sentence]:
    if result.empty:
        names = listed([catalog.server_id for catalog in result.empty], most=_NAMES)
        yield say("no tool is listed for ", *names, ", so there is no policy for it", role="warning")


def _unused(result: RecommendResult) -> Iterator[Sentence]:
    if result.overrides is not None and result.overrides.unused:
        names = listed(result.overrides.unused, most=_NAMES)
        yield say("entries of ", Code(result.overrides.name), " that decide about no tool: ", *names, role="warning")


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
