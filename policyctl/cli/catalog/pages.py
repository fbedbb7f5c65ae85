"""What several analyses say about one tool, put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policyctl.catalog.arguments import arguments_of
from policyctl.catalog.attacks import threats_to
from policyctl.catalog.related import Neighbourhood
from policyctl.catalog.select import Entry, riskiest_first
from policyctl.catalog.signs import signs_of
from policyctl.recommend.profile import Profile
from policyctl.recommend.rule import rule_for
from policyctl.recommend.ways import ways
from policyctl.report.catalog.show.result import ToolPage


def pages(entries: Iterable[Entry]) -> Iterator[ToolPage]:
    """The pages of these tools, the riskiest first, whatever their server."""
    neighbourhoods: dict[int, Neighbourhood] = {}
    for entry in sorted(entries, key=lambda entry: riskiest_first(entry.tool)):
        known = neighbourhoods.get(id(entry.catalog))
        if known is None:
            known = neighbourhoods[id(entry.catalog)] = Neighbourhood.of(entry.catalog)
        yield _page(entry, known)


def _page(entry: Entry, neighbourhood: Neighbourhood) -> ToolPage:
    tool = entry.tool
    return ToolPage(
        entry=entry,
        arguments=arguments_of(tool),
        threats=threats_to(tool),
        signs=signs_of(tool),
        recommended=tuple(rule_for(tool, profile) for profile in Profile),
        ways=ways(tool),
        related=neighbourhood.related(tool),
    )
