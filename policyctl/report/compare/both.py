"""What either side comes to, side by side: limits, approvals and sessions of known outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from policyctl.report.compare.words import arrow
from policyctl.report.number import number, several
from policyctl.report.page.parts import Block, Cell, Column, Row, Section, Sentence, Table, say
from policyctl.report.simulate.labels import labels_section
from policyctl.report.simulate.limits import headroom, is_reached, name_of
from policyctl.report.simulate.words import per
from policyctl.simulate.compare.result import Comparison, LimitPair
from policyctl.simulate.result import ApprovalLoad, LimitRow

_LIMITS = 20
_NOBODY = ApprovalLoad(0, 0, 0, None, 0)


def both_sections(comparison: Comparison) -> Iterator[Section]:
    """Each only if there is something to say."""
    if not comparison.calls:
        return
    yield from _limits(comparison)
    yield from _approvals(comparison)
    if comparison.new.labels is not None:
        by_file = len(comparison.new.traces) > 1
        yield labels_section(comparison.new.labels, by_file=by_file, base=comparison.base.labels)


def _limits(comparison: Comparison) -> Iterator[Section]:
    reached = [pair for pair in comparison.limits if any(map(is_reached, _sides(pair)))]
    idle = len(comparison.limits) - len(reached)
    blocks = (*_reached(reached, by_policy=len(comparison.new.policies) > 1), *_idle(idle))
    if blocks:
        yield Section("limits", "those that differ, or were not asked for the same; base → new", blocks)


def _sides(pair: LimitPair) -> list[LimitRow]:
    return [row for row in (pair.base, pair.new) if row is not None]


def _idle(number: int) -> Iterator[Sentence]:
    if number:
        yield say(f"{several(number, 'limit differs', 'limits differ')} that counted no call")


def _reached(pairs: list[LimitPair], *, by_policy: bool) -> Iterator[Block]:
    if not pairs:
        return
    columns = (
        Column("limit", code=True),
        *([Column("policy", code=True)] if by_policy else []),
        Column("at most", number=True),
        Column("peak", number=True),
        Column("left", number=True),
        Column("denied", number=True),
        Column("enough", number=True),
    )
    yield say(
        "peak: the fullest window; left: what it leaves of the maximum; "
        "enough: the smallest maximum that would have denied nothing",
        role="quiet",
    )
    rows = tuple(_limit(pair, by_policy=by_policy) for pair in pairs[:_LIMITS])
    yield Table(columns, rows, more=max(0, len(pairs) - _LIMITS))


def _limit(pair: LimitPair, *, by_policy: bool) -> Row:
    row = pair.new or pair.base
    assert row is not None
    cells = (
        Cell(name_of(row)),
        *([Cell(row.policy)] if by_policy else []),
        _both(pair, lambda each: f"{number(each.limit.maximum)} {per(each.limit.window)}"),
        _both(pair, lambda each: f"{'≥ ' if each.uncertain else ''}{number(each.peak)}"),
        _both(pair, lambda each: number(headroom(each))),
        _both(pair, lambda each: f"{each.denied:,}"),
        _both(pair, lambda each: number(each.demand)),
    )
    return Row(cells, None if pair.base and pair.new else say("new" if pair.base is None else "gone"))


def _both(pair: LimitPair, of: Callable[[LimitRow], str]) -> Cell:
    values = [of(row) for row in _sides(pair)]
    return Cell(arrow(values[0], values[-1]))


def _approvals(comparison: Comparison) -> Iterator[Section]:
    base, new = comparison.base.approvals, comparison.new.approvals
    if base is None and new is None:
        return
    before, after = base or _NOBODY, new or _NOBODY
    columns = (Column("people are asked"), Column("base", number=True), Column("new", number=True))
    rows = (
        _load("about so many calls", before.calls, after.calls),
        _load("in so many sessions", before.sessions, after.sessions),
        _load("at most in one session", before.most_in_a_session, after.most_in_a_session),
        _load("at most in an hour", before.most_in_an_hour or 0, after.most_in_an_hour or 0),
        _load("again about a tool of the session", before.repeats, after.repeats),
    )
    yield Section("approvals", "how often a person would be asked", (Table(columns, rows),))


def _load(title: str, before: int, after: int) -> Row:
    return Row((Cell(title), Cell(f"{before:,}"), Cell(f"{after:,}")))
