"""One tool on a page: what it does, how sure that is, how it is abused, and what a policy can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from policyctl.catalog.arguments import Argument
from policyctl.catalog.attacks import Threat
from policyctl.catalog.signs import Sign
from policyctl.model.catalog import Evidence, Risk, Tag, Tool
from policyctl.recommend.compose import compose
from policyctl.recommend.rule import Recommendation
from policyctl.recommend.ways import Aim
from policyctl.report.catalog.show.result import ToolPage
from policyctl.report.catalog.show.words import (
    AIMS,
    CONFIDENCE,
    PROFILES,
    RISK_ROLES,
    SIGNS,
    STANDALONE,
    UNCLASSIFIED,
    because,
    doubts,
    pin,
    review,
)
from policyctl.report.page.parts import Block, Cell, Code, Column, Listing, Part, Row, Section, Table, listed, say
from policyctl.report.policy.json_ import render as as_policy
from policyctl.report.recommend.words import rule_words, said
from policyctl.report.style import Role

#: A description is quoted so far; what comes later is often a manual.
LONGEST_DESCRIPTION = 600
_MOST_CHOICES = 8


def sections(page: ToolPage) -> Iterator[Section]:
    """The page, question by question."""
    tool = page.entry.tool
    yield Section(tool.name, _kicker(tool), tuple(_what(page)))
    yield Section("How sure is that?", "what speaks for the class, and against it", tuple(_class(page)))
    if page.arguments:
        yield Section("What can be asked of it?", "the arguments, required ones first", (_arguments(page),))
    yield Section("How is it abused?", "what fits its class, its arguments and its definition", ())
    yield from (_attack(number, threat) for number, threat in enumerate(page.threats, start=1))
    yield Section("Which rule is recommended?", "one for each profile", tuple(_recommended(page)))
    for aim in Aim:
        yield Section(*AIMS[aim], tuple(_ways(page, aim)))
    if page.related:
        yield Section("What belongs to it?", "tools of this server that speak of the same thing", (_related(page),))


def _kicker(tool: Tool) -> str:
    return f"{tool.category or UNCLASSIFIED} · {tool.risk or 'no'} risk"


def description(tool: Tool) -> str | None:
    """The server's words on one line, cut where they become a manual; None if there are none."""
    if tool.description is None or not tool.description.strip():
        return None
    # Only as much is looked at as may be shown: it may have megabytes.
    words = " ".join(tool.description[: LONGEST_DESCRIPTION * 4].split())
    is_cut = len(words) > LONGEST_DESCRIPTION or len(tool.description) > LONGEST_DESCRIPTION * 4
    return f"{words[:LONGEST_DESCRIPTION].rstrip()} …" if is_cut else words


def _what(page: ToolPage) -> Iterator[Block]:
    tool, catalog = page.entry.tool, page.entry.catalog
    yield say("a tool of the server ", Code(catalog.server_id))
    if tool.title is not None and tool.title != tool.name:
        yield say("titled ", Code(tool.title))
    words = description(tool)
    if words is None:
        yield say("the server says nothing about it", role="warning")
    else:
        yield say("the server says: ", Code(words))
    if tool.tags:
        yield say("gives an agent: ", ", ".join(tag for tag in Tag if tag in tool.tags))
    for sign in Sign:
        if sign in page.signs and sign in SIGNS:
            yield say(SIGNS[sign], role="warning")


def _class(page: ToolPage) -> Iterator[Block]:
    tool = page.entry.tool
    risk_role = RISK_ROLES[tool.risk] if tool.risk is not None else None
    yield say(f"class {tool.category or UNCLASSIFIED}, risk {tool.risk or 'not stated'}", role=risk_role)
    yield say(f"confidence {CONFIDENCE[tool.confidence]}")
    yield _reviewed(tool)
    yield say(pin(page.signs))
    for each in signals(tool):
        where = "" if each.where == each.signal else f" ({each.where})"
        yield say(f"{each.signal}{where}: ", *said(each.says), role="warning" if each.signal == "against" else None)
    if not tool.evidence:
        yield say("nothing is on record that speaks for the class", role="quiet")


def signals(tool: Tool) -> tuple[Evidence, ...]:
    """What spoke, but for the person, whose word stands in the review itself."""
    return tuple(each for each in tool.evidence if each.signal != "review")


def _reviewed(tool: Tool) -> Block:
    if tool.reviewed is None:
        return say(review(tool))
    by, on, why = tool.reviewed.by, tool.reviewed.on, tool.reviewed.why
    parts: tuple[Part, ...] = (f"{review(tool)}, by ", Code(by), " on ", Code(on), ": ", Code(why))
    return say(*parts, role="warning" if "another" in review(tool) else None)


def _arguments(page: ToolPage) -> Table:
    columns = (Column("argument", code=True), Column("type"), Column("needed", rigid=True), Column("is used as"))
    return Table((*columns, Column("values")), tuple(map(_argument, page.arguments)))


def _argument(argument: Argument) -> Row:
    role: Role | None = "warning" if argument.kinds else None
    return Row(
        (
            Cell(argument.name),
            Cell(argument.type),
            Cell("yes" if argument.required else "no"),
            Cell(", ".join(argument.kinds), role),
            Cell(choices(argument)),
        )
    )


def choices(argument: Argument) -> str:
    """The first values that the schema allows."""
    shown = ", ".join(map(str, argument.choices[:_MOST_CHOICES]))
    more = len(argument.choices) - _MOST_CHOICES
    return f"{shown} and {more:,} more" if more > 0 else shown


def _attack(number: int, threat: Threat) -> Section:
    pattern = threat.pattern
    return Section(
        f"{number}. {pattern.title}",
        "",
        (
            say(*_because(threat), role="info"),
            say(pattern.how),
            say("Needs: ", pattern.needs),
            say("Stopped by: ", *said(pattern.stops)),
            say(" · ".join(pattern.references), role="quiet"),
        ),
    )


def _because(threat: Threat) -> tuple[Part, ...]:
    names = listed(threat.arguments, most=3)
    return (because(threat), ": ", *names) if names else (because(threat),)


def _recommended(page: ToolPage) -> Iterator[Block]:
    yield say(*said(STANDALONE))
    for policy, agreeing in groupby(page.recommended, key=policy_of):
        recommendations = tuple(agreeing)
        yield from (_profile(recommendation) for recommendation in recommendations)
        yield from (say(doubt, role="warning") for doubt in doubts(recommendations[0]))
        yield Listing(policy, "json")


def _profile(recommendation: Recommendation) -> Block:
    profile = recommendation.profile
    return say(Code(profile.value), f", {PROFILES[profile]}: {rule_words(recommendation)}", role="strong")


def policy_of(recommendation: Recommendation) -> str:
    """The rule as a policy of its own."""
    return as_policy(compose((recommendation,)))


def _ways(page: ToolPage, aim: Aim) -> Iterator[Block]:
    for way in page.ways:
        if way.aim is aim:
            yield say(*said(way.words))
            yield Listing(as_policy(way.policy), "json")


def _related(page: ToolPage) -> Table:
    rows = (
        Row(
            (
                Cell(related.tool.name),
                Cell(related.tool.category or UNCLASSIFIED),
                Cell(related.tool.risk or "–", RISK_ROLES.get(related.tool.risk or Risk.HIGH)),
                Cell(f"{related.relation}: {' '.join(related.words)}"),
            )
        )
        for related in page.related
    )
    return Table((Column("tool", code=True), Column("class"), Column("risk"), Column("why")), tuple(rows))
