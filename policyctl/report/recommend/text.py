"""The report of a recommendation for people."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.report.number import several
from policyctl.report.page.parts import Code, Sentence, listed, say
from policyctl.report.page.text import draw, line_of
from policyctl.report.recommend.page import checked, sections
from policyctl.report.recommend.result import Advice, RecommendResult
from policyctl.report.style import Style

#: Narrower than this, tables are cut more than they tell.
_NARROWEST = 60
_NAMES = 5
_RELATIONS = {
    "equal": "decides every call alike",
    "narrower": "lets less through",
    "wider": "lets more through",
    "incomparable": "lets more through of some tools and less of others",
    "undetermined": "not every difference is known",
}


def render(result: RecommendResult, *, color: bool, width: int) -> str:
    """Every section; the last line says what was checked."""
    style = Style(color)
    page = draw(sections(result), style, max(width, _NARROWEST))
    return f"{page}\n\n{style.paint(checked(result), 'strong')}\n"


def short(result: RecommendResult, style: Style) -> str:
    """What somebody has to know who pipes the policy on: what is open to doubt, and the counts."""
    lines = [
        style.paint(line_of(sentence), sentence.role) if sentence.role else line_of(sentence)
        for advice in result.advices
        for sentence in _warnings(advice)
    ]
    return "\n".join([*lines, style.paint(checked(result), "strong")])


def _warnings(advice: Advice) -> Iterator[Sentence]:
    if advice.merging is not None and advice.merging.lets_unknown_tools_through:
        yield say("the policy allows tools that it does not list, which is kept", role="error")
    if advice.weaker:
        names = listed([change.name for change in advice.weaker], most=_NAMES)
        yield say("weaker by hand than recommended, and kept: ", *names, role="warning")
    if advice.against is not None:
        yield say("beside ", Code(advice.against.old.name), f": {_RELATIONS[advice.against.relation]}", role="info")
    if advice.doubtful:
        count = several(len(advice.doubtful), "tool is", "tools are")
        names = listed([each.tool.name for each in advice.doubtful], most=_NAMES)
        yield say(f"{count} doubtful and held to the stricter rule: ", *names, role="warning")
    if advice.incomplete:
        count = several(len(advice.incomplete), "tool is", "tools are")
        names = listed([each.tool.name for each in advice.incomplete], most=_NAMES)
        yield say(f"{count} denied until a person names the values that may pass: ", *names, role="warning")
