"""How near the calls came to each limit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from policyctl.engine.amount import Amount, maximum_of, minus
from policyctl.model.time import format_instant
from policyctl.report.number import number, several
from policyctl.report.page.parts import Block, Cell, Code, Column, Part, Row, Section, Sentence, Table, say
from policyctl.report.simulate.words import per
from policyctl.report.style import Role
from policyctl.simulate.result import LimitRow, Simulation
from policyctl.source.pointer import format_path, split

_LIMITS, _BAR = 20, 10
_WINDOWS = {"fixed": "fixed windows, aligned to UTC", "sliding": "sliding windows"}
_LEGEND = say(
    "peak: the fullest window; what it leaves of the maximum is the head-room; "
    "enough: the smallest maximum that would have denied nothing",
    role="quiet",
)
_UNCERTAIN = say("≥: undetermined calls may have used up more", role="quiet")
_FULL, _NEAR = Fraction(1), Fraction(4, 5)


def limit_sections(simulation: Simulation) -> Iterator[Section]:
    """One section; none without limits."""
    if not simulation.limits or not simulation.coverage.calls:
        return
    reached = sorted((row for row in simulation.limits if is_reached(row)), key=_rank)
    blocks: list[Block] = []
    if reached:
        blocks.append(_table(reached, by_policy=len(simulation.policies) > 1))
    idle = len(simulation.limits) - len(reached)
    if idle:
        blocks.append(say(f"{several(idle, 'limit')} counted no call"))
    legend = (_LEGEND, _UNCERTAIN) if any(row.uncertain for row in reached) else (_LEGEND,)
    yield Section("limits", f"in {_WINDOWS[simulation.windows]}", (*legend, *blocks))


def is_reached(row: LimitRow) -> bool:
    """Whether any call came as far as this limit."""
    return bool(row.subjects or row.denied or row.uncertain)


def _rank(row: LimitRow) -> tuple[bool, Fraction]:
    """Those that denied, then the fullest; else as in the policy."""
    return (not row.denied, -_use(row))


def _use(row: LimitRow) -> Fraction:
    return Fraction(row.peak) / Fraction(maximum_of(row.limit))


def _table(rows: list[LimitRow], *, by_policy: bool) -> Table:
    columns = (
        Column("limit", code=True),
        *([Column("policy", code=True)] if by_policy else []),
        Column("at most", number=True),
        Column("peak", number=True),
        Column("use of it", rigid=True),
        Column("denied", number=True),
        Column("enough", number=True),
    )
    shown = tuple(_row(row, by_policy=by_policy) for row in rows[:_LIMITS])
    return Table(columns, shown, more=max(0, len(rows) - _LIMITS), note_title="more")


def _row(row: LimitRow, *, by_policy: bool) -> Row:
    cells = (
        Cell(name_of(row)),
        *([Cell(row.policy)] if by_policy else []),
        Cell(f"{number(row.limit.maximum)} {per(row.limit.window)}"),
        Cell(f"{'≥ ' if row.uncertain else ''}{number(row.peak)}"),
        _bar(_use(row)),
        Cell(f"{row.denied:,}", "error") if row.denied else Cell("·", "quiet"),
        Cell(number(row.demand)),
    )
    return Row(cells, _note(row))


def name_of(row: LimitRow) -> str:
    """The tool and the counter, which say more than a pointer and are shorter."""
    segments = split(row.limit.pointer)
    whose = segments[1] if segments[0] == "tools" else "all tools"
    return f"{whose} · {row.limit.counter or 'rate_limit'}"


def _bar(use: Fraction) -> Cell:
    """Full blocks only for a full window, and one as soon as there is any use."""
    filled = min(_BAR, int(use * _BAR)) or (1 if use else 0)
    role: Role = "error" if use >= _FULL else "warning" if use >= _NEAR else "good"
    return Cell(f"{'█' * filled}{'░' * (_BAR - filled)} {int(use * 100):>3}%", role)


def _note(row: LimitRow) -> Sentence:
    parts = _counted(row)
    for clause in (_fullest(row), _sliding(row)):
        parts += ["; ", *clause] if clause else []
    return say(*parts)


def _counted(row: LimitRow) -> list[Part]:
    scope = f"each {row.limit.scope.value}"
    return [f"{scope}, sum of ", Code(format_path(row.limit.amount_from))] if row.limit.amount_from else [scope]


def _fullest(row: LimitRow) -> list[Part]:
    if row.peak_subject is None:
        return []
    at = "" if row.peak_at is None else f" at {format_instant(row.peak_at)}"
    return ["fullest for ", Code(row.peak_subject), at]


def _sliding(row: LimitRow) -> list[Part]:
    """A burst across the edge of two windows gets through both of them."""
    if row.sliding_denied is None or row.sliding_denied == row.denied:
        return []
    if row.sliding_denied > row.denied:
        more = row.sliding_denied - row.denied
        return [f"a burst across two windows: sliding ones would deny {several(more, 'more call', 'more calls')}"]
    return [f"sliding windows would deny {several(row.denied - row.sliding_denied, 'call')} fewer"]


def headroom(row: LimitRow) -> Amount:
    """What the fullest window leaves free."""
    return minus(maximum_of(row.limit), row.peak)
