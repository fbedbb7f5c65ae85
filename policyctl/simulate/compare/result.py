"""Everything that a comparison of two policies over recorded calls found, ready to be rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policyctl.engine.amount import Amount
from policyctl.model.catalog import Category, Risk
from policyctl.model.decision import Verdict
from policyctl.simulate.compare.change import Change, Standing
from policyctl.simulate.compare.pairs import Sample
from policyctl.simulate.result import Counts, GateResult, LimitRow, Simulation

#: Calls by what becomes of them.
Changes = Mapping[Change, int]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """How many calls change in one way, and how many of them are surely so."""

    change: Change
    calls: int
    by_standing: Mapping[Standing, int]


@dataclass(frozen=True, slots=True)
class ToolChanges:
    """The calls of one tool of one server, by the name that the new policy has for it."""

    server: str | None
    tool: str
    category: Category | None
    risk: Risk | None
    base: Counts
    new: Counts
    changes: Changes


@dataclass(frozen=True, slots=True)
class RuleSide:
    """What one policy said: rule, place and message of its answer, or why it has none (`cause`)."""

    policy: str
    verdict: Verdict
    rule: str
    pointer: str | None
    message: str
    cause: str | None


@dataclass(frozen=True, slots=True)
class RulePair:
    """The calls that one rule decided and now another one does; allowing is a rule without a name."""

    change: Change
    server: str | None
    base: RuleSide
    new: RuleSide
    calls: int
    by_standing: Mapping[Standing, int]
    tools: tuple[str, ...]
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class LimitPair:
    """One limit under both policies; None where it does not exist."""

    base: LimitRow | None
    new: LimitRow | None


@dataclass(frozen=True, slots=True)
class AmountSum:
    """A sum over `calls`, of which `counted` have a number; None where it would give away the value of an argument."""

    calls: int
    counted: int
    total: Amount | None


@dataclass(frozen=True, slots=True)
class AmountRow:
    """An amount of one tool: what the new policy alone lets through, and what the base policy alone did."""

    server: str | None
    tool: str
    path: tuple[str, ...]
    let_through: AmountSum
    stopped: AmountSum


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole answer. Each side is the simulation that it would be alone, with the gates that are about it.

    `matrix` counts calls by the verdict of the base policy and that of the new one. `compared` are the calls that both
    decided. `strangers` are pairs of policies that name tools and no tool in common. `gates` are those of both sides and
    those on changes; `code` is the exit code.
    """

    base: Simulation
    new: Simulation
    matrix: Mapping[tuple[Verdict, Verdict], int]
    changes: tuple[ChangeRow, ...]
    changed_sessions: int
    tools: tuple[ToolChanges, ...]
    classes: tuple[tuple[str, Changes], ...]
    risks: tuple[tuple[str, Changes], ...]
    rules: tuple[RulePair, ...]
    limits: tuple[LimitPair, ...]
    amounts: tuple[AmountRow, ...]
    strangers: tuple[tuple[str, str], ...]
    gates: tuple[GateResult, ...]
    code: int

    @property
    def calls(self) -> int:
        """Every call that the policies are for."""
        return self.new.coverage.calls

    @property
    def compared(self) -> int:
        """Calls that both sides decided."""
        return self.calls - self.count(Change.UNDETERMINED)

    def count(self, *changes: Change) -> int:
        """How many calls change in one of these ways."""
        return sum(row.calls for row in self.changes if row.change in changes)

    @property
    def is_same(self) -> bool:
        """Whether both sides are the same files, byte by byte, so that nothing can change."""
        return [policy.digest for policy in self.base.policies] == [policy.digest for policy in self.new.policies]
