"""What became of a policy that was there."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.recommend.merge import Kept, Merge
from policyctl.recommend.weakness import Weakness
from policyctl.report.number import several
from policyctl.report.page.parts import Block, Cell, Code, Column, Row, Section, Sentence, Table, listed, say
from policyctl.report.recommend.words import ROLES, rule_words

_ROWS, _NAMES = 40, 12

_WEAKER = {
    Weakness.VISIBLE: "agents see it",
    Weakness.CALLABLE: "some calls may go through",
    Weakness.NO_APPROVAL: "no person is asked",
    Weakness.NO_LIMIT: "more calls go through",
    Weakness.NO_BOUNDS: "arguments are not held to the same bounds",
}


def merge_sections(merging: Merge) -> Iterator[Section]:
    """What was kept and what is new, and first of all where what was kept is weaker."""
    yield Section("merged", "hand-written rules stay word for word", tuple(_counts(merging)))
    weaker = tuple(kept for kept in merging.kept if kept.weaker)
    if weaker:
        columns = (Column("tool", code=True), Column("recommended"), Column("by hand"))
        rows = tuple(_row(kept) for kept in weaker[:_ROWS])
        table = Table(columns, rows, more=max(0, len(weaker) - _ROWS))
        yield Section("weaker by hand", "kept all the same: whoever wrote it may know better", (table,))


def _counts(merging: Merge) -> Iterator[Block]:
    if merging.lets_unknown_tools_through:
        yield say(
            "the policy says ",
            Code("default: allow"),
            ", which is kept: a tool that the server adds tomorrow is allowed the same day",
            role="error",
        )
    if "*" in merging.present.hide:
        yield say("the policy hides every tool, so that there is nothing to add", role="warning")
    same = sum(kept.is_as_recommended for kept in merging.kept)
    kept = several(len(merging.kept), "tool keeps its rule", "tools keep their rules")
    yield say(f"{kept} in ", Code(merging.present.name), f", {same:,} of them as recommended")
    yield from _added(merging)
    if merging.unlisted:
        names = listed(merging.unlisted, most=_NAMES)
        yield say("not in the catalog, and kept: ", *names, role="warning")


def _added(merging: Merge) -> Iterator[Sentence]:
    if not merging.added:
        yield say("nothing was missing", role="good")
        return
    yield say("added: ", *listed([each.tool.name for each in merging.added], most=_NAMES))
    if merging.opened:
        names = listed([each.tool.name for each in merging.opened], most=_NAMES)
        yield say("denied by default so far, and callable now: ", *names, role="warning")


def _row(kept: Kept) -> Row:
    each = kept.recommendation
    words = ", ".join(_WEAKER[weakness] for weakness in kept.weaker)
    return Row((Cell(each.tool.name), Cell(rule_words(each), ROLES[each.outcome]), Cell(words, "warning")))
