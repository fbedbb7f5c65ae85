"""What one part of a tool says about its class."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from policyctl.model.catalog import Category, Evidence


class Strength(IntEnum):
    """How much a claim weighs against another one."""

    HINT = 0
    WEAK = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """`signal` is the family that speaks, `where` the part of the tool, `says` what it says in words."""

    category: Category
    strength: Strength
    signal: str
    where: str
    says: str
    verb: str = ""
    thing: str = ""

    @property
    def evidence(self) -> Evidence:
        """What a reader sees."""
        return Evidence(self.signal, self.where, self.says)


def strictest(claims: tuple[Claim, ...]) -> Claim:
    """The claim of the highest class; of equal ones the strongest, of these the first."""
    return max(claims, key=lambda claim: (claim.category.rank, claim.strength))
