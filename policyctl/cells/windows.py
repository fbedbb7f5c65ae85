"""Which limit follows from which."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from policyctl.engine.amount import maximum_of
from policyctl.model.policy import Limit


def implies(held: Limit, target: Limit) -> bool:
    """Whether no sequence for which `held` has room takes more than `target` has; the two count the same for the same subject."""
    if (held.scope, held.amount_from) != (target.scope, target.amount_from):
        return False
    return most_windows(held.window, target.window) * Fraction(maximum_of(held)) <= Fraction(maximum_of(target))


def most_windows(window: int, within: int) -> int:
    """How many windows of one length at most have an instant in common with one of another.

    Both lie at multiples of their length, so that they are shifted against each other by a multiple of what divides both.
    """
    return (window - gcd(window, within) + within - 1) // window + 1
