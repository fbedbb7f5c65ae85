"""The rules for all tools of a server as one policy document."""

from __future__ import annotations

from collections.abc import Iterable

from policyctl.model.catalog import Catalog
from policyctl.model.policy import Default
from policyctl.model.values import JSONValue
from policyctl.recommend.profile import Approval, Profile
from policyctl.recommend.rule import Recommendation, rule_for


def recommend(
    catalog: Catalog, profile: Profile, *, approval: Approval = Approval.PUBLISHED
) -> tuple[Recommendation, ...]:
    """One recommendation a tool, by name: a server may list its tools in another order tomorrow."""
    found = (rule_for(tool, profile, approval=approval) for tool in catalog.tools.values())
    return tuple(sorted(found, key=lambda each: (each.tool.name.casefold(), each.tool.name)))


def compose(recommendations: Iterable[Recommendation]) -> dict[str, JSONValue]:
    """The document in canonical order.

    A hidden name stands in `hide` alone, which is asked first (language §3): whoever takes it out of there meets
    `default: deny` and not a rule that nobody has read.
    """
    given = tuple(recommendations)
    hidden: list[JSONValue] = [each.tool.name for each in given if each.rules is None]
    document: dict[str, JSONValue] = {"version": "1", "default": Default.DENY.value}
    if hidden:
        document["hide"] = hidden
    document["tools"] = {each.tool.name: dict(each.rules) for each in given if each.rules is not None}
    return document
