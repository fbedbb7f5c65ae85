"""What a policy says about one tool, without its names and places."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from policyctl.cells.atoms import Clause
from policyctl.cells.rules import amounts, passing, refused
from policyctl.cells.values import identity
from policyctl.engine.amount import exact, maximum_of
from policyctl.engine.equality import equal
from policyctl.model.decision import Verdict
from policyctl.model.policy import Action, Default, Limit, Policy, Predicate, ToolRules

#: deny < approval < allow.
HEIGHT = {Verdict.DENY: 0, Verdict.APPROVAL: 1, Verdict.ALLOW: 2}


@dataclass(frozen=True, slots=True)
class Stand:
    """The highest verdict a call of the tool can get, what it has to pass for that, and the limits that count it."""

    height: int
    rules: ToolRules
    limits: tuple[Limit, ...]
    own_limits: tuple[Limit, ...]

    def passes(self, *, approved: bool) -> tuple[Clause, ...]:
        """The calls that get this verdict, or are allowed once `approved`, when no limit is used up."""
        return passing(self.rules, self._counted(approved=approved))

    def refuses(self, *, approved: bool) -> Clause:
        """The calls that do not."""
        return refused(self.rules, self._counted(approved=approved))

    def _counted(self, *, approved: bool) -> tuple[Limit, ...]:
        """The limits that a call comes to: one that waits for a person comes to none."""
        return self.limits if approved or self.height == HEIGHT[Verdict.ALLOW] else ()

    @property
    def common_limits(self) -> tuple[Limit, ...]:
        """The limits that count the calls of every tool."""
        return self.limits[len(self.own_limits) :]

    @property
    def amounts(self) -> frozenset[Hashable]:
        """What limits ask of a single call."""
        return frozenset((atom.path, exact(atom.maximum)) for atom in amounts(self.limits))


_NO_RULES = ToolRules("")
_NOTHING_PASSES = Stand(0, _NO_RULES, (), ())


class Stands:
    """What one policy says about any tool."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._hidden = frozenset(policy.hide)
        self.hides_all = "*" in self._hidden

    def hides(self, tool: str) -> bool:
        """Whether the tool is not listed to agents."""
        return self.hides_all or tool in self._hidden

    def of(self, tool: str) -> Stand:
        """What the policy says about a tool, named or not."""
        rules = self._policy.tools.get(tool)
        if self.hides(tool) or (rules is None and self._policy.default is Default.DENY):
            return _NOTHING_PASSES
        if rules is None:
            return Stand(2, _NO_RULES, self._policy.all_tools_limits, ())
        if rules.action is Action.DENY:
            return _NOTHING_PASSES
        height = 1 if rules.action is Action.REQUIRE_APPROVAL else 2
        limits = self._policy.limits_of(tool)
        own = limits[: len(limits) - len(self._policy.all_tools_limits)]
        return Stand(height, rules, limits, own)


def are_same(old: Stand, new: Stand) -> bool:
    """Whether both stands say the same but for order, repetition and words: then there is nothing to look for."""
    if old.height != new.height:
        return False
    if old.height == 0:
        return True
    return say_same_of_calls(old, new) and limit_keys(old.own_limits) == limit_keys(new.own_limits)


def say_same_of_calls(old: Stand, new: Stand) -> bool:
    """The same for single calls, whatever is used up."""
    if old.height != new.height or old.amounts != new.amounts:
        return False
    return _are_written_alike(old.rules, new.rules) or _calls(old) == _calls(new)


def _are_written_alike(old: ToolRules, new: ToolRules) -> bool:
    """Whether the predicates are the same, one by one: most tools have not been touched."""
    sides = ((*old.require, None, *old.deny_if), (*new.require, None, *new.deny_if))
    return len(sides[0]) == len(sides[1]) and all(map(_is_written_alike, *sides))


def _is_written_alike(old: Predicate | None, new: Predicate | None) -> bool:
    if old is None or new is None:
        return old is new
    return len(old.conditions) == len(new.conditions) and all(
        one.op is other.op and one.path == other.path and equal(one.value, other.value)
        for one, other in zip(old.conditions, new.conditions, strict=True)
    )


def _calls(stand: Stand) -> tuple[Hashable, ...]:
    rules = stand.rules
    required = frozenset(key for predicate in rules.require for key in _conditions(predicate))
    forbidden = frozenset(frozenset(_conditions(predicate)) for predicate in rules.deny_if)
    return required, forbidden


def _conditions(predicate: Predicate) -> Iterator[Hashable]:
    for condition in predicate.conditions:
        value = condition.value
        yield (condition.path, condition.op, identity(value))


def limit_keys(limits: tuple[Limit, ...]) -> frozenset[Hashable]:
    """Limits without their names and places."""
    # A double and an integer that are equal may be different amounts.
    return frozenset((maximum_of(limit), limit.window, limit.scope, limit.amount_from) for limit in limits)
