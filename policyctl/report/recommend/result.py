"""A finished recommendation, as its reports draw it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from policyctl.model.catalog import Catalog
from policyctl.model.values import JSONValue
from policyctl.recommend.merge import Merge
from policyctl.recommend.profile import Approval, Outcome, Profile
from policyctl.recommend.rule import Recommendation


@dataclass(frozen=True, slots=True)
class Advice:
    """What is recommended for one server.

    `document` is the whole policy, hand-written rules included where it is merged; `file` is where it was written, None
    where it was not.
    """

    catalog: Catalog
    recommendations: tuple[Recommendation, ...]
    document: Mapping[str, JSONValue]
    merging: Merge | None = None
    file: str | None = None

    @property
    def doubtful(self) -> tuple[Recommendation, ...]:
        """The tools whose rule is stricter than their class, until somebody decides."""
        return tuple(each for each in self.recommendations if each.doubts)

    @property
    def incomplete(self) -> tuple[Recommendation, ...]:
        """The tools whose rule a person has to complete before a call passes."""
        return tuple(each for each in self.recommendations if each.gap)

    def having(self, outcome: Outcome) -> tuple[Recommendation, ...]:
        """The tools to which the same happens."""
        return tuple(each for each in self.recommendations if each.outcome is outcome)


@dataclass(frozen=True, slots=True)
class RecommendResult:
    """All servers of a run; those in `empty` list no tool. `overrides` is the file of reviews, with its digest."""

    profile: Profile
    approval: Approval
    advices: tuple[Advice, ...]
    empty: tuple[Catalog, ...] = ()
    overrides: tuple[str, str] | None = None
    notes: tuple[str, ...] = field(default=())
    code: int = 0

    @property
    def recommendations(self) -> Iterator[Recommendation]:
        """Those of all servers."""
        for advice in self.advices:
            yield from advice.recommendations
