"""A finished recommendation, as its reports draw it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyctl.diagnostic import Diagnostic
from policyctl.model.catalog import Catalog
from policyctl.model.values import JSONValue
from policyctl.recommend.evidence import warnings
from policyctl.recommend.merge import Merge
from policyctl.recommend.profile import Approval, Outcome, Profile
from policyctl.recommend.rule import Recommendation

if TYPE_CHECKING:
    # Both are slow to import, and most runs have none.
    from policyctl.catalog.attacks import Threat
    from policyctl.diff.result import Change, PolicyDiff


@dataclass(frozen=True, slots=True)
class Advice:
    """What is recommended for one server.

    `document` is the whole policy, hand-written rules included where it is merged, and `weaker` are the hand-written rules
    that let through more than recommended ones. `against` compares the policy in force with this one. `file` is where the
    policy was written, None where it was not. `findings` are what lint says of its flows and limits.
    """

    catalog: Catalog
    recommendations: tuple[Recommendation, ...]
    document: Mapping[str, JSONValue]
    merging: Merge | None = None
    weaker: tuple[Change, ...] = ()
    against: PolicyDiff | None = None
    file: str | None = None
    findings: tuple[Diagnostic, ...] = ()

    @property
    def written(self) -> tuple[Recommendation, ...]:
        """Those that stand in the policy: beside hand-written rules the added ones alone."""
        return self.recommendations if self.merging is None else self.merging.added

    @property
    def doubtful(self) -> tuple[Recommendation, ...]:
        """The tools that a person should look at: the class is not sure, or the texts are not what they seem."""
        return tuple(each for each in self.written if each.doubts or warnings(each.tool))

    @property
    def incomplete(self) -> tuple[Recommendation, ...]:
        """The tools whose rule a person has to complete before a call passes."""
        return tuple(each for each in self.written if each.gap)

    def having(self, outcome: Outcome) -> tuple[Recommendation, ...]:
        """The tools to which the same happens."""
        return tuple(each for each in self.written if each.outcome is outcome)


@dataclass(frozen=True, slots=True)
class OverridesFile:
    """Its name, and the names and patterns in it that decide about no tool."""

    name: str
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecommendResult:
    """All servers of a run; those in `empty` list no tool. `overrides` is the file of classes that people have set."""

    profile: Profile
    approval: Approval
    advices: tuple[Advice, ...]
    empty: tuple[Catalog, ...] = ()
    overrides: OverridesFile | None = None
    code: int = 0

    @property
    def inputs(self) -> tuple[tuple[str, str, str], ...]:
        """Kind, name and digest of every file that was read."""
        catalogs = {(each.name, each.digest) for each in (*(advice.catalog for advice in self.advices), *self.empty)}
        merged = (advice.merging.present for advice in self.advices if advice.merging)
        compared = (advice.against.old for advice in self.advices if advice.against)
        policies = {(policy.name, policy.digest) for policy in (*merged, *compared)}
        return (
            *(("catalog", *file) for file in sorted(catalogs)),
            *(("policy", *file) for file in sorted(policies)),
            *((("overrides", self.overrides.name, ""),) if self.overrides else ()),
        )

    @property
    def recommendations(self) -> Iterator[Recommendation]:
        """Those of all servers."""
        for advice in self.advices:
            yield from advice.recommendations


@dataclass(frozen=True, slots=True)
class Explanation:
    """One tool: its rule under every profile, the one that was asked for among them, and how it can be abused."""

    catalog: Catalog
    profile: Profile
    recommendations: Mapping[Profile, Recommendation]
    threats: tuple[Threat, ...]

    @property
    def recommended(self) -> Recommendation:
        """The rule that was asked for."""
        return self.recommendations[self.profile]
