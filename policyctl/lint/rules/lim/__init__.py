"""Rules about limits and counters."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.lim.batch_counted_once import BatchCountedOnce
from policyctl.lint.rules.lim.boundary_burst import BoundaryBurst
from policyctl.lint.rules.lim.limit_per_session import LimitPerSession
from policyctl.lint.rules.lim.misleading_counter import MisleadingCounter
from policyctl.lint.rules.lim.no_limit import NoLimit
from policyctl.lint.rules.lim.separate_counters import SeparateCounters
from policyctl.lint.rules.lim.unbounded_extraction import UnboundedExtraction
from policyctl.lint.rules.lim.uncountable_amount import UncountableAmount
from policyctl.lint.rules.lim.unreachable_limit import UnreachableLimit

#: In order of code.
RULES: tuple[Rule, ...] = (
    UnreachableLimit(),
    MisleadingCounter(),
    BoundaryBurst(),
    SeparateCounters(),
    LimitPerSession(),
    UncountableAmount(),
    NoLimit(),
    UnboundedExtraction(),
    BatchCountedOnce(),
)
