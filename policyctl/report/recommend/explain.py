"""Everything about one tool, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from policyctl.model.values import JSONValue
from policyctl.recommend.rule import Recommendation
from policyctl.recommend.step import Step
from policyctl.report.escape import code_span, disarm_commands
from policyctl.report.page import markdown
from policyctl.report.page.parts import Block, Cell, Code, Column, Listing, Row, Section, Table, say
from policyctl.report.page.text import draw
from policyctl.report.policy.json_ import entries, quoted
from policyctl.report.recommend.result import Explanation
from policyctl.report.recommend.words import ROLES, class_words, doubt_words, raised_words, rule_words, said
from policyctl.report.style import Style

_NARROWEST = 60


def render(explanation: Explanation, *, color: bool, width: int) -> str:
    """The page on a terminal."""
    return draw(sections(explanation), Style(color), max(width, _NARROWEST)) + "\n"


def render_markdown(explanation: Explanation) -> str:
    """The page for a comment."""
    title = f"## policyctl recommend: {code_span(explanation.recommended.tool.name)}"
    return disarm_commands(f"{title}\n\n{markdown.draw(sections(explanation))}\n")


def sections(explanation: Explanation) -> Iterator[Section]:
    """What it is, how it is abused, what the policy does about it, and what could be done instead."""
    each = explanation.recommended
    yield _tool(explanation)
    yield _class(each)
    if explanation.threats:
        yield _attacks(explanation)
    yield _rule(explanation)
    if each.loosen:
        yield Section("to let more through", "", tuple(_steps(each.tool.name, each.loosen)))
    if each.tighten:
        yield Section("to let less through", "", tuple(_steps(each.tool.name, each.tighten)))
    yield _profiles(explanation)


def _tool(explanation: Explanation) -> Section:
    tool = explanation.recommended.tool
    server = (say("of the server ", Code(explanation.catalog.server_id)),)
    # A description may have a megabyte; what it is for stands at its start.
    described = (say("the server says: ", Code(tool.description[:300])),) if tool.description else ()
    return Section("tool", "", (say(Code(tool.name), role="strong"), *server, *described))


def _class(each: Recommendation) -> Section:
    tool = each.tool
    blocks: list[Block] = []
    confidence = f", confidence {tool.confidence}" if tool.confidence else ""
    tags = f" · {', '.join(sorted(tool.tags))}" if tool.tags else ""
    if each.doubts:
        blocks.append(say(doubt_words(each), role="warning"))
    if tool.reviewed is not None:
        review = tool.reviewed
        blocks.append(say("reviewed by ", Code(review.by), " on ", Code(review.on), ": ", Code(review.why)))
    if tool.evidence:
        columns = (Column("signal"), Column("where", code=True), Column("says"))
        rows = tuple(
            Row((Cell(one.signal), Cell(one.where), Cell(one.says, "quiet" if one.signal == "against" else None)))
            for one in tool.evidence
        )
        blocks.append(Table(columns, rows))
    return Section(
        f"class: {class_words(tool)}{confidence}{tags}", "", tuple(blocks) or (say("no evidence is on record"),)
    )


def _attacks(explanation: Explanation) -> Section:
    blocks: list[Block] = []
    for threat in explanation.threats:
        pattern = threat.pattern
        blocks.append(say(pattern.title, f" ({', '.join(pattern.references)})", role="strong"))
        blocks.append(say(pattern.how))
        blocks.append(say("stopped by: ", pattern.stops))
    return Section("how it can be abused", "patterns that fit a tool of this kind", tuple(blocks))


def _rule(explanation: Explanation) -> Section:
    each = explanation.recommended
    blocks: list[Block] = [say(rule_words(each), role=ROLES[each.outcome]), _written(each.tool.name, each.rules)]
    if raised := raised_words(each):
        blocks.append(say(raised))
    if each.gap is not None:
        blocks.append(say("no call passes until the values of ", Code(each.gap.path), " are named", role="warning"))
    return Section("rule", f"profile {explanation.profile}", tuple(blocks))


def _written(name: str, rules: Mapping[str, JSONValue] | None) -> Listing:
    """The part of the policy that speaks of the tool, as it stands there."""
    if rules is None:
        return Listing(f'"hide": [{quoted(name)}]', "json")
    return Listing("\n".join(line.removeprefix("    ") for line in entries({name: rules})), "json")


def _steps(name: str, steps: Iterable[Step]) -> Iterator[Block]:
    for step in steps:
        yield say(*said(step.words))
        if step.rules is not None:
            yield _written(name, step.rules)


def _profiles(explanation: Explanation) -> Section:
    columns = (Column("profile", rigid=True), Column("rule"))
    rows = tuple(
        Row(
            (
                Cell(f"{profile}{' (this one)' if profile is explanation.profile else ''}"),
                Cell(rule_words(each), ROLES[each.outcome]),
            )
        )
        for profile, each in explanation.recommendations.items()
    )
    return Section("by profile", "", (Table(columns, rows),))
