"""What became of each assertion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from policyctl.cells.trial import Burst
from policyctl.cells.valid import SchemaFit
from policyctl.check.meant import Meant
from policyctl.model.assertion import Assertion, Assertions
from policyctl.model.call import Call
from policyctl.model.catalog import Catalog
from policyctl.model.decision import Decision
from policyctl.model.policy import Policy


class Outcome(StrEnum):
    """Every answer there is."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDETERMINED = "undetermined"
    CHECKS_NOTHING = "checks nothing"


@dataclass(frozen=True, slots=True)
class Breach:
    """A tool that shows that an assertion does not hold, and where the policy says so.

    `call` is the smallest call that shows it and `decision` the engine's; where no call of the tool is allowed, it is one
    that should be. `is_approved`: a person's approval for exactly this call is on record. `is_other`: the tool stands for
    all that nobody names. `schema` is None where no catalog has an input schema of the tool.
    """

    tool: str
    call: Call
    decision: Decision
    pointer: str
    is_approved: bool = False
    is_smallest: bool = True
    is_other: bool = False
    schema: SchemaFit | None = None


@dataclass(frozen=True, slots=True)
class Overrun:
    """Calls of one grant within one window, all allowed by the engine, and more than may be; each in a session of its own.

    `pointers` are the places of the policy that bound the tools of these calls most, in their order.
    """

    bursts: tuple[Burst, ...]
    pointers: tuple[str, ...]
    is_approved: bool = False
    other: str | None = None

    @property
    def count(self) -> int:
        """How many calls it takes."""
        return sum(burst.count for burst in self.bursts)

    @property
    def tools(self) -> tuple[str, ...]:
        """The tools in the order of their first calls."""
        return tuple(dict.fromkeys(burst.call.tool for burst in self.bursts))


@dataclass(frozen=True, slots=True)
class Unproven:
    """Why it is not known whether there is such a call, or such a sequence."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One assertion under one policy. `breaches` begin with the smallest call; `reasons` are sentences."""

    assertion: Assertion
    outcome: Outcome
    meant: Meant
    breaches: tuple[Breach, ...] = ()
    overrun: Overrun | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Every assertion of a file under one policy, in the order of the file."""

    policy: Policy
    catalog: Catalog | None
    assertions: Assertions
    verdicts: tuple[Verdict, ...]

    @property
    def tools(self) -> int:
        """How many tools were looked at that the policy or the catalog names."""
        return len({name for verdict in self.verdicts for name in verdict.meant.tools})


def counted(verdicts: Iterable[Verdict]) -> dict[Outcome, int]:
    """How many there are of each outcome, none left out."""
    outcomes = [verdict.outcome for verdict in verdicts]
    return {outcome: outcomes.count(outcome) for outcome in Outcome}
