"""Rules about logic: what never decides, or always does."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.log.allows_nothing import AllowsNothing
from policyctl.lint.rules.log.and_for_or import AndForOr
from policyctl.lint.rules.log.contradiction import Contradiction
from policyctl.lint.rules.log.denial_of_everything import DenialOfEverything
from policyctl.lint.rules.log.never_decides import NeverDecides
from policyctl.lint.rules.log.no_effect import NoEffect
from policyctl.lint.rules.log.repetition import Repetition
from policyctl.lint.rules.log.rules_on_hidden_tool import RulesOnHiddenTool
from policyctl.lint.rules.log.unmentioned_critical_tool import UnmentionedCriticalTool

#: In order of code.
RULES: tuple[Rule, ...] = (
    Contradiction(),
    DenialOfEverything(),
    NeverDecides(),
    RulesOnHiddenTool(),
    Repetition(),
    NoEffect(),
    AllowsNothing(),
    UnmentionedCriticalTool(),
    AndForOr(),
)
