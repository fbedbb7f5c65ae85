"""What became of a policy that was there."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.recommend.merge import Merge
from policyctl.report.number import several
from policyctl.report.page.parts import Block, Code, Section, Sentence, listed, say

_NAMES = 12


def merge_section(merging: Merge) -> Section:
    """What was kept and what is new."""
    return Section("merged", "hand-written rules stay word for word", tuple(_counts(merging)))


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
