"""The report on classes as a page, in the order in which people should read it: what is odd, what is doubtful, then all."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.model.catalog import Category, Confidence, Evidence, Risk
from policyctl.report.catalog.classified.result import ClassifiedTool, ClassifyResult, gravity
from policyctl.report.page.parts import Cell, Code, Column, Part, Row, Section, Sentence, Table, say
from policyctl.report.style import Role

_TOOLS, _DOUBTFUL, _FINDINGS, _EVIDENCE = 200, 50, 50, 5
_ROLES: dict[Risk, Role | None] = {Risk.LOW: "quiet", Risk.MEDIUM: None, Risk.HIGH: "warning", Risk.CRITICAL: "error"}
_BY = {"signals": "", "override": "override", "review": "review", "catalog": "as it was"}


def sections(result: ClassifyResult) -> Iterator[Section]:
    """Only those that have something to say."""
    if not result.tools:
        return
    yield _classes(result)
    yield from _findings(result)
    yield from _doubtful(result)
    yield _tools(result)
    yield from _unused(result)


def _classes(result: ClassifyResult) -> Section:
    columns = (
        Column("class"),
        Column("tools", number=True),
        *(Column(risk, number=True) for risk in reversed(Risk)),
        Column("doubtful", number=True),
    )
    rows = tuple(_class(result, category) for category in reversed(Category))
    return Section("classes", "what the tools can do, and what a wrong call can cost", (Table(columns, rows),))


def _class(result: ClassifyResult, category: Category) -> Row:
    counts = [result.count(category, risk) for risk in reversed(Risk)]
    doubtful = sum(each.category is category for each in result.doubtful)
    cells = (
        Cell(_number(number), _ROLES[risk] if number else "quiet")
        for number, risk in zip(counts, reversed(Risk), strict=True)
    )
    return Row((Cell(category), Cell(_number(sum(counts))), *cells, Cell(_number(doubtful))))


def _number(number: int) -> str:
    return f"{number:,}" if number else "·"


def _findings(result: ClassifyResult) -> Iterator[Section]:
    found = tuple(result.findings)
    if not found:
        return
    columns = (Column("tool", code=True), Column("finding", rigid=True), Column("where"))
    rows = tuple(
        Row((Cell(each.tool.name), Cell(odd.signal, "error"), Cell(odd.where)), _sentence(odd.says))
        for each, odd in found[:_FINDINGS]
    )
    table = Table(columns, rows, more=max(0, len(found) - _FINDINGS), note_title="what")
    yield Section("findings", "texts that hide or talk to a model; they never make a class milder", (table,))


def _doubtful(result: ClassifyResult) -> Iterator[Section]:
    doubtful = result.doubtful
    if not doubtful:
        return
    columns = (Column("tool", code=True), Column("class"), Column("risk"))
    rows = tuple(
        Row((Cell(each.tool.name), Cell(each.category), Cell(each.risk, _ROLES[each.risk])), _weighed(each))
        for each in doubtful[:_DOUBTFUL]
    )
    table = Table(columns, rows, more=max(0, len(doubtful) - _DOUBTFUL), note_title="evidence")
    yield Section("doubtful", "signals are weak or speak against each other: look at these first", (table,))


def _weighed(each: ClassifiedTool) -> Sentence:
    """For and against in one sentence."""
    parts: list[Part] = []
    for evidence in each.tool.evidence[:_EVIDENCE]:
        parts += ["; "] if parts else []
        parts += ["but "] if evidence.signal == "against" and parts else []
        parts += [f"{evidence.where}: ", *_parts(evidence.says)]
    return say(*(parts or ["nothing is known of it"]))


def _tools(result: ClassifyResult) -> Section:
    by_server = len(result.catalogs) > 1
    tools = sorted(result.tools, key=gravity)
    shows_by = any(each.by != "signals" for each in tools)
    columns = (
        Column("tool", code=True),
        *([Column("server", code=True)] if by_server else []),
        Column("class", rigid=True),
        Column("risk", rigid=True),
        Column("sure", rigid=True),
        *([Column("by", rigid=True)] if shows_by else []),
        Column("because", prose=True),
    )
    rows = tuple(_tool(each, by_server=by_server, shows_by=shows_by) for each in tools[:_TOOLS])
    return Section("tools", "gravest first", (Table(columns, rows, more=max(0, len(tools) - _TOOLS)),))


def _tool(each: ClassifiedTool, *, by_server: bool, shows_by: bool) -> Row:
    tool = each.tool
    return Row(
        (
            Cell(tool.name),
            *([Cell(each.server)] if by_server else []),
            Cell(each.category),
            Cell(each.risk, _ROLES[each.risk]),
            Cell(tool.confidence or "", "warning" if tool.confidence is Confidence.LOW else None),
            *([Cell(_BY[each.by])] if shows_by else []),
            Cell(_because(each.decisive)),
        )
    )


def _because(evidence: Evidence | None) -> str:
    if evidence is None:
        return ""
    return evidence.says if evidence.where in {"name", "reviewed"} else f"{evidence.where}: {evidence.says}"


def _unused(result: ClassifyResult) -> Iterator[Section]:
    if result.unused:
        sentences = tuple(say(Code(each.tool), " in ", Code(each.place)) for each in result.unused)
        yield Section("unused overrides", "they name no tool that is here", sentences)


def _sentence(says: str) -> Sentence:
    return say(*_parts(says))


def _parts(says: str) -> Iterator[Part]:
    """Words in backticks are the tool's own."""
    for number, part in enumerate(says.split("`")):
        if part:
            yield Code(part) if number % 2 else part


def checked(result: ClassifyResult) -> str:
    """What was classified, on one line."""
    servers, tools = len(result.catalogs), len(result.tools)
    doubtful, odd = len(result.doubtful), len({(each.server, each.tool.name) for each, _ in result.findings})
    parts = [f"classified {tools:,} {'tool' if tools == 1 else 'tools'}"]
    parts += [f"of {servers:,} servers"] if servers > 1 else []
    counts = [f"{doubtful:,} doubtful"] if doubtful else []
    counts += [f"{odd:,} with a finding"] if odd else []
    counts += ["annotations trusted"] if result.trusted else []
    return " · ".join((" ".join(parts), *counts))
