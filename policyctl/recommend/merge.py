"""A hand-written policy and the recommendation for the tools that it says nothing about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policyctl.model.policy import Default, Policy
from policyctl.model.values import JSONValue
from policyctl.recommend.rule import EVERY_TOOL, Recommendation


@dataclass(frozen=True, slots=True)
class Kept:
    """A tool that the policy decided already.

    `rules` are the hand-written ones as data; None for a name in `hide`.
    """

    recommendation: Recommendation
    rules: Mapping[str, JSONValue] | None

    @property
    def is_as_recommended(self) -> bool:
        """Whether the policy says word for word what would be recommended."""
        return self.rules == self.recommendation.rules


@dataclass(frozen=True, slots=True)
class Merge:
    """What was kept, what is added, and the data that comes of it.

    `unlisted` are names of the policy that the catalog does not have. `data` is the policy's document; `hide` and `tools`
    are the additions alone, as a policy writes them.
    """

    present: Policy
    kept: tuple[Kept, ...]
    added: tuple[Recommendation, ...]
    unlisted: tuple[str, ...]
    data: Mapping[str, Any]

    @property
    def hide(self) -> tuple[str, ...]:
        """The names to add to `hide`."""
        return tuple(each.tool.name for each in self.added if each.rules is None)

    @property
    def tools(self) -> dict[str, JSONValue]:
        """The rules to add to `tools`."""
        return {each.tool.name: dict(each.rules) for each in self.added if each.rules is not None}

    @property
    def lets_unknown_tools_through(self) -> bool:
        """Whether a tool that the server adds tomorrow is allowed."""
        return self.present.default is Default.ALLOW and EVERY_TOOL not in self.present.hide

    @property
    def opened(self) -> tuple[Recommendation, ...]:
        """The added tools that `default: deny` refused so far, and that some call gets through to now."""
        was_denied = self.present.default is Default.DENY
        return tuple(each for each in self.added if was_denied and each.outcome.lets_calls_through)


def merge(present: Policy, data: Mapping[str, Any], recommendations: Iterable[Recommendation]) -> Merge:
    """Keep every decision of the policy, whose document is `data`, and add one for each tool that has none."""
    given = tuple(recommendations)
    hidden = frozenset(present.hide)
    decided = {each.tool.name for each in given if _decides(present, hidden, each.tool.name)}
    added = tuple(each for each in given if each.tool.name not in decided)
    known = {each.tool.name for each in given}
    named = dict.fromkeys((*present.hide, *present.tools))
    return Merge(
        present=present,
        kept=tuple(_kept(data, hidden, (each for each in given if each.tool.name in decided))),
        added=added,
        unlisted=tuple(name for name in named if name not in known and name != EVERY_TOOL),
        data=data,
    )


def merged_data(merging: Merge) -> dict[str, Any]:
    """The whole document that the merged text has to say."""
    merged = dict(merging.data)
    if merging.hide:
        merged["hide"] = [*merged.get("hide", ()), *merging.hide]
    if merging.tools:
        merged["tools"] = {**merged.get("tools", {}), **merging.tools}
    return merged


def _decides(present: Policy, hidden: frozenset[str], name: str) -> bool:
    return EVERY_TOOL in hidden or name in hidden or name in present.tools


def _kept(data: Mapping[str, Any], hidden: frozenset[str], decided: Iterable[Recommendation]) -> Iterator[Kept]:
    for each in decided:
        name = each.tool.name
        if name in hidden or EVERY_TOOL in hidden:
            yield Kept(each, None)
        else:
            yield Kept(each, data["tools"][name])
