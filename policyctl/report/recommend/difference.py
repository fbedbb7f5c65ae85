"""What two policies do differently, with a call for each difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policyctl.diff.result import Change, Direction, PolicyDiff, Unproven, Witness
from policyctl.model.decision import Verdict
from policyctl.report.diff.words import shown
from policyctl.report.number import several
from policyctl.report.page.parts import Block, Cell, Code, Column, Row, Section, Table, listed, say
from policyctl.report.recommend.result import Advice
from policyctl.report.style import Role

_ROWS, _NAMES = 40, 12
_VERDICTS = {Verdict.ALLOW: "allowed", Verdict.DENY: "denied", Verdict.APPROVAL: "for approval"}


def difference_sections(advice: Advice) -> Iterator[Section]:
    """What is weaker by hand, then everything beside the policy in force."""
    if advice.weaker:
        yield _weaker(advice.weaker)
    if advice.against is not None:
        yield from _against(advice.against)


def _against(diff: PolicyDiff) -> Iterator[Section]:
    """What the recommended policy lets through that the present one does not, and the other way round."""
    name = Code(diff.old.name)
    yield Section("beside the policy in force", "over all calls, not only recorded ones", tuple(_counts(diff, name)))
    for direction, title in ((Direction.WIDER, "wider than in force"), (Direction.NARROWER, "narrower than in force")):
        found = [change for change in diff.entries if _witness(change, direction) is not None]
        if found:
            role: Role = "warning" if direction is Direction.WIDER else "info"
            table = differences(found, direction, ("in force", "recommended"), role=role)
            yield Section(title, "each with a smallest call", (table,))


def _weaker(changes: Iterable[Change]) -> Section:
    """Where a hand-written rule lets through what the recommended one does not."""
    table = differences(tuple(changes), Direction.WIDER, ("recommended", "by hand"), role="warning")
    return Section("weaker by hand", "kept all the same: whoever wrote it may know better", (table,))


def differences(changes: Iterable[Change], direction: Direction, names: tuple[str, str], *, role: Role) -> Table:
    """One row a tool: the two verdicts, and the calls that get them."""
    given = tuple(changes)
    columns = (Column("tool", code=True), *(Column(name, rigid=True) for name in names))
    rows = tuple(_row(change, direction, role) for change in given[:_ROWS])
    return Table(columns, rows, more=max(0, len(given) - _ROWS), note_title="call")


def _row(change: Change, direction: Direction, role: Role) -> Row:
    witness = _witness(change, direction)
    if witness is None:
        return Row((Cell(change.name), Cell("?"), Cell("?")), say("not known: ", "; ".join(change.reasons)))
    cells = (_VERDICTS.get(witness.old.verdict, "?"), _VERDICTS.get(witness.new.verdict, "?"))
    return Row((Cell(change.name), Cell(cells[0]), Cell(cells[1], role)), say(*shown(witness, change.name)))


def _witness(change: Change, direction: Direction) -> Witness | None:
    side = change.wider if direction is Direction.WIDER else change.narrower
    return None if isinstance(side, Unproven) else side


def _counts(diff: PolicyDiff, name: Code) -> Iterator[Block]:
    wider, narrower = (
        [change.name for change in diff.entries if _witness(change, direction) is not None] for direction in Direction
    )
    if not diff.entries:
        yield say("decides every call as ", name, " does", role="good")
    if wider:
        yield say(f"lets more through of {several(len(wider), 'tool')}: ", *listed(wider, most=_NAMES), role="warning")
    if narrower:
        yield say(f"lets less through of {several(len(narrower), 'tool')}: ", *listed(narrower, most=_NAMES))
    open_ = [change for change in diff.entries if change.reasons]
    if open_:
        names = listed([change.name for change in open_], most=_NAMES)
        yield say("not known in one direction: ", *names, role="warning")
