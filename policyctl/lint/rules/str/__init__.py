"""Rules about tests of texts."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.str.loose_host import LooseHost
from policyctl.lint.rules.str.substring_that_permits import SubstringThatPermits

#: In order of code.
RULES: tuple[Rule, ...] = (SubstringThatPermits(), LooseHost())
