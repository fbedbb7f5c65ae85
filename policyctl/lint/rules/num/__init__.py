"""Rules about numbers and money."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.num.disputed_boundary import DisputedBoundary
from policyctl.lint.rules.num.doubtful_unit import DoubtfulUnit
from policyctl.lint.rules.num.free_currency import FreeCurrency
from policyctl.lint.rules.num.inexact_number import InexactNumber
from policyctl.lint.rules.num.missing_lower_bound import MissingLowerBound
from policyctl.lint.rules.num.split_amounts import SplitAmounts

#: In order of code.
RULES: tuple[Rule, ...] = (
    MissingLowerBound(),
    FreeCurrency(),
    DoubtfulUnit(),
    SplitAmounts(),
    DisputedBoundary(),
    InexactNumber(),
)
