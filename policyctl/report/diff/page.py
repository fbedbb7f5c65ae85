"""The whole report as a page: what differs first, then what only looks different."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl import SEMANTICS, __version__
from policyctl.diff.compare import ALL_TOOLS, ANY_OTHER
from policyctl.diff.result import Change, Direction, Relation, Side, Unproven, Visibility
from policyctl.report.diff.result import DiffReport
from policyctl.report.diff.words import DIRECTION_ROLES, told
from policyctl.report.number import several
from policyctl.report.page.parts import Block, Cell, Code, Column, Row, Section, Sentence, Table, listed, say
from policyctl.report.simulate.words import ROLES, share, short_digest

_ROWS, _NAMES = 40, 8


def sections(report: DiffReport) -> Iterator[Section]:
    """Every section that has something to say."""
    yield from _differences(report)
    yield from beside(report)


def beside(report: DiffReport) -> Iterator[Section]:
    """Every section but that of the differences."""
    yield from _default(report)
    yield from _visibility(report)
    yield from _gates(report)
    yield from _rewordings(report)
    yield _inputs(report)


def summary(report: DiffReport) -> str:
    """What was compared and what came of it, on one line."""
    diff = report.diff
    tools = [change.relation for change in diff.changes]
    counts = [f"{tools.count(relation):,} {relation}" for relation in Relation if relation in tools]
    if Relation.UNDETERMINED in tools:
        counts[-1] += f" ({share(tools.count(Relation.UNDETERMINED), diff.compared)})"
    rest = [f"{change.name} {change.relation}" for change in diff.entries[len(diff.changes) :]]
    return " · ".join((f"compared {several(diff.compared, 'tool')}", *counts, *rest, f"as a whole {diff.relation}"))


def _differences(report: DiffReport) -> Iterator[Section]:
    entries = report.diff.entries
    if not entries:
        alike = say("none: both policies decide every call alike", role="good")
        yield Section("differences", "", (alike, *remarks(report)))
        return
    has_classes = any(change.risk is not None or change.category is not None for change in entries)
    columns = (
        Column("tool", code=True),
        Column("the new policy is", rigid=True),
        Column("old", rigid=True),
        Column("new", rigid=True),
        *([Column("class")] if has_classes else []),
        *([Column("recorded", number=True)] if report.recorded is not None else []),
    )
    rows = tuple(row for change in entries for row in _rows(report, change, has_classes=has_classes))
    table = Table(columns, rows[:_ROWS], more=max(0, len(rows) - _ROWS), note_title="shown by")
    blocks: tuple[Block, ...] = (table, *recorded_calls(report), *remarks(report))
    yield Section("differences", "each shown by the smallest call, decided by both policies", blocks)


def remarks(report: DiffReport) -> Iterator[Sentence]:
    """What makes one doubt that these are the files that were meant."""
    if report.diff.shares_no_tool:
        yield say("no tool is named by both policies: are they for two servers?", role="warning")
    if report.recorded is not None and report.recorded.contradicted:
        calls = several(report.recorded.contradicted, "call")
        yield say(
            f"{calls} on record as allowed that the old policy denies: the record was made under another one",
            role="warning",
        )


def _rows(report: DiffReport, change: Change, *, has_classes: bool) -> Iterator[Row]:
    for direction, side in ((Direction.WIDER, change.wider), (Direction.NARROWER, change.narrower)):
        if side is not None:
            tail = [Cell(_class(change))] if has_classes else []
            if report.recorded is not None:
                tail.append(Cell(recorded_count(report, change, direction)))
            yield _row(change, direction, side, tail)


def _row(change: Change, direction: Direction, side: Side, tail: list[Cell]) -> Row:
    assert side is not None
    if isinstance(side, Unproven):
        cells = (Cell(change.name), Cell(f"{direction}?", "warning"), Cell(""), Cell(""), *tail)
        return Row(cells, say("undetermined: ", *_reasons(side), role="warning"))
    verdicts = (
        Cell(side.old.verdict.value, ROLES[side.old.verdict]),
        Cell(side.new.verdict.value, ROLES[side.new.verdict]),
    )
    cells = (Cell(change.name), Cell(direction.value, DIRECTION_ROLES[direction]), *verdicts, *tail)
    return Row(cells, say(*told(side, change.name)))


def _reasons(side: Unproven) -> Iterator[str | Code]:
    """Sentences of ours in which every second backtick ends a word of the policy."""
    for number, reason in enumerate(side.reasons):
        yield "; " if number else ""
        for index, part in enumerate(reason.split("`")):
            yield Code(part) if index % 2 else part


def _class(change: Change) -> str:
    return " · ".join(word.value for word in (change.category, change.risk) if word is not None)


def recorded_count(report: DiffReport, change: Change, direction: Direction) -> str:
    """How many recorded calls of the entry change so; empty where that was not asked, or means nothing."""
    if report.recorded is None or change.name == ALL_TOOLS:
        return ""
    if change.name != ANY_OTHER:
        return f"{report.recorded.count(change.name, direction):,}"
    named = {*report.diff.old.tools, *report.diff.new.tools, *report.diff.old.hide, *report.diff.new.hide}
    others = (count for (tool, way), count in report.recorded.changed.items() if way is direction and tool not in named)
    return f"{sum(others):,}"


def recorded_calls(report: DiffReport) -> Iterator[Sentence]:
    """What the record holds, and how much of it changes."""
    recorded = report.recorded
    if recorded is None:
        return
    changed = sum(recorded.changed.values())
    yield say(
        f"of {several(recorded.calls, 'recorded call')}, each taken by itself and before any limit is used up, "
        f"{changed:,} {'is' if changed == 1 else 'are'} decided differently"
    )
    if recorded.undetermined:
        yield say(f"{several(recorded.undetermined, 'call')} not on record in full: they may be", role="warning")
    if report.bad_lines:
        yield say(f"{several(report.bad_lines, 'line')} could not be read", role="warning")


def _default(report: DiffReport) -> Iterator[Section]:
    old, new = report.diff.old.default, report.diff.new.default
    if old is new:
        return
    blocks: list[Block] = [say("changes from ", Code(old), " to ", Code(new))]
    if report.catalog is not None:
        touched = report.diff.touched
        names = listed([change.name for change in touched], most=_NAMES)
        blocks.append(
            say(
                f"{several(len(touched), 'tool')} of the catalog that no policy names {_change(len(touched))}: ", *names
            )
            if touched
            else say("no tool of the catalog that no policy names changes")
        )
    yield Section("default", "what happens to tools that a policy does not list", tuple(blocks))


def _change(number: int) -> str:
    return "changes" if number == 1 else "change"


def _visibility(report: DiffReport) -> Iterator[Section]:
    seen = report.diff.visibility
    if not seen:
        return
    blocks = tuple(
        say(f"{word}: ", *_names([one for one in seen if one.new is shows]))
        for word, shows in (("shown from now on", True), ("hidden from now on", False))
        if any(one.new is shows for one in seen)
    )
    yield Section("visibility", "what agents get to see; hidden tools are denied all the same", blocks)


def _names(seen: list[Visibility]) -> tuple[str | Code, ...]:
    everything = ("every tool that is not named",) if any(one.name is None for one in seen) else ()
    names = listed([one.name for one in seen if one.name is not None], most=_NAMES)
    return (*everything, *((", ",) if everything and names else ()), *names)


def _gates(report: DiffReport) -> Iterator[Section]:
    if not report.gates:
        return
    failed = {failure.gate: failure for failure in report.failures}
    columns = (Column("gate", code=True), Column("entries", number=True), Column("result", rigid=True))
    rows = tuple(
        Row((Cell(f"--fail-on {gate}"), Cell(f"{len(failed[gate].changes):,}"), Cell("FAIL, exit 1", "error")))
        if gate in failed
        else Row((Cell(f"--fail-on {gate}"), Cell("0"), Cell("pass", "good")))
        for gate in report.gates
    )
    yield Section("gates", "differences that this run does not accept", (Table(columns, rows),))


def _rewordings(report: DiffReport) -> Iterator[Section]:
    words = report.rewordings
    if not words:
        return
    columns = (Column("place", code=True), Column("is", rigid=True))
    rows = tuple(Row((Cell(one.pointer), Cell(one.edit.value))) for one in words[:_ROWS])
    table = Table(columns, rows, more=max(0, len(words) - _ROWS))
    yield Section("wording", "what reads otherwise and decides no call otherwise", (table,))


def _inputs(report: DiffReport) -> Section:
    columns = (Column("kind"), Column("file", code=True), Column("sha256", code=True))
    files = [("old policy", report.diff.old), ("new policy", report.diff.new)]
    rows = [_input(kind, file.name, file.digest) for kind, file in files]
    if report.catalog is not None:
        rows.append(_input("catalog", report.catalog.name, report.catalog.digest))
    return Section("inputs", f"policyctl {__version__}, semantics {SEMANTICS}", (Table(columns, tuple(rows)),))


def _input(kind: str, name: str, digest: str) -> Row:
    return Row((Cell(kind), Cell(name), Cell(short_digest(digest), "quiet")))
