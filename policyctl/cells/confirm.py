"""Sequences of calls, made under both policies by the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, repeat

from msgspec import structs

from policyctl.cells.trial import Burst, about, approval_for
from policyctl.engine.amount import Unaccountable, UnknownAmount, amount_of
from policyctl.engine.decide import decide
from policyctl.engine.ledger import Ledger
from policyctl.engine.record import Record
from policyctl.model.call import Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Policy, Scope

#: Longer bursts are not made call by call: all but their last call are entered into the counts. Where all bursts together
#: are longer than `MOST_IN_ALL`, that goes for each: a call for which there is room after its equals had room before them.
MOST_CALLS, MOST_IN_ALL = 2_000, 4_000


@dataclass(slots=True)
class Made:
    """One policy as calls are made under it."""

    policy: Policy
    ledger: Ledger
    is_approved: bool
    number: int = 0

    def call(self, call: Call) -> Decision:
        """The decision about one more call, which counts if it is allowed."""
        self.number += 1
        if self.is_approved:
            self.ledger.approve(approval_for(call, self.number), call.tool)
        decision = decide(self.policy, call, self.ledger)
        self.ledger.settle(decision, call)
        return decision

    def enter(self, burst: Burst, scope: Scope) -> None:
        """Counts all calls of a burst as allowed, for limits of this scope: of the other no two calls share a subject."""
        for limit in self.policy.limits_of(burst.call.tool):
            taken = amount_of(limit, Record.of(burst.call))
            if limit.scope is scope and not isinstance(taken, Unaccountable | UnknownAmount):
                self.ledger.use_up(limit, burst.call, taken * burst.count)


def confirm(
    bursts: Sequence[Burst], admits: Policy, refuses: Policy, *, scope: Scope, is_approved: bool
) -> tuple[tuple[Burst, ...], Decision, Decision] | None:
    """The bursts up to the first call that `refuses` denies, and both decisions about it.

    None unless `admits` allows every call up to there. Of the other scope than `scope` each call has a subject of its own.
    """
    tools = {burst.call.tool for burst in bursts}
    policies = about(admits, tools), about(refuses, tools)
    made = [Made(policy, Ledger(policy), is_approved) for policy in policies]
    done: list[Burst] = []
    most = MOST_CALLS if sum(burst.count for burst in bursts) <= MOST_IN_ALL else 1
    for number, part in enumerate(part for burst in bursts for part in _parts(burst, most)):
        done.append(part)
        if part.count > 1:
            for policy in made:
                policy.enter(part, scope)
            continue
        call = _with_a_subject_of_its_own(part.call, scope, number)
        admitted, refused = (policy.call(call) for policy in made)
        if admitted.verdict is not Verdict.ALLOW:
            return None
        if refused.verdict is not Verdict.ALLOW:
            return tuple(_joined(done)), admitted, refused
    return None


def _parts(burst: Burst, most: int) -> Iterator[Burst]:
    if burst.count > most:
        yield Burst(burst.call, burst.count - 1)
        yield Burst(burst.call, 1)
    else:
        yield from repeat(Burst(burst.call, 1), burst.count)


def _joined(parts: Iterable[Burst]) -> Iterator[Burst]:
    for _, group in groupby(parts, key=lambda part: id(part.call)):
        same = tuple(group)
        yield Burst(same[0].call, sum(part.count for part in same))


def _with_a_subject_of_its_own(call: Call, scope: Scope, number: int) -> Call:
    if scope is Scope.GRANT:
        return structs.replace(call, session=f"session-{number}")
    return structs.replace(call, grant=f"grant-{number}")
