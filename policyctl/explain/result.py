"""How one call was decided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policyctl.diagnostic import Position
from policyctl.engine.amount import Amount, Unaccountable, UnknownAmount
from policyctl.engine.book import Interval
from policyctl.engine.decide import Room
from policyctl.engine.ledger import Windows
from policyctl.engine.record import Found
from policyctl.engine.truth import Truth
from policyctl.model.call import Call
from policyctl.model.decision import Decision
from policyctl.model.policy import Condition, Limit, Policy, Predicate


class State(StrEnum):
    """What came of a stage."""

    PASSED = "passed"
    DENIES = "denies"
    ASKS = "asks"
    OPEN = "open"
    NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True)
class ConditionView:
    """One condition, what stands at its path, and why it holds or does not; `reason` is None where that is plain."""

    condition: Condition
    found: Found
    truth: Truth
    reason: str | None


@dataclass(frozen=True, slots=True)
class PredicateView:
    """One predicate; `truth` is None where an earlier one has decided. `remark` says what a missing argument does."""

    predicate: Predicate
    position: Position | None
    truth: Truth | None
    conditions: tuple[ConditionView, ...]
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class LimitView:
    """One limit, what is used up, and what the call takes; `room` is None where an earlier limit has decided."""

    limit: Limit
    position: Position | None
    used: Interval
    taken: Amount | UnknownAmount | Unaccountable
    subject: tuple[str | None, ...] | None
    room: Room | None


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage: what came of it and why, in a sentence, then what it looked at."""

    name: str
    state: State
    says: str
    predicates: tuple[PredicateView, ...] = ()
    limits: tuple[LimitView, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """The line of a trace that holds the call; `repeats` says that a replay drops it as one that came before."""

    file: str
    line: int
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """A call under a policy, all stages in order, and the decision.

    `tool` is the policy's name for the tool; `position` the place of the rule that decided, where the file is at hand;
    `near` a name of the policy that the tool's may have meant; `facts` what the record lacks, if that is the trouble.
    `preset` says that usage was given and not replayed.
    """

    policy: Policy
    call: Call
    tool: str
    stages: tuple[StageView, ...]
    decision: Decision
    position: Position | None = None
    near: str | None = None
    facts: tuple[str, ...] = ()
    origin: Origin | None = None
    preset: tuple[str, ...] = ()
    windows: Windows = Windows.FIXED
