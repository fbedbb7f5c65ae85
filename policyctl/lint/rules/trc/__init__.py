"""Rules about what recorded calls show."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.trc.call_of_unlisted_tool import CallOfUnlistedTool
from policyctl.lint.rules.trc.credential_in_a_recording import CredentialInARecording
from policyctl.lint.rules.trc.denial_that_was_walked_around import DenialThatWasWalkedAround
from policyctl.lint.rules.trc.limit_far_from_use import LimitFarFromUse
from policyctl.lint.rules.trc.rule_that_decides_everything import RuleThatDecidesEverything
from policyctl.lint.rules.trc.rule_that_never_decided import RuleThatNeverDecided
from policyctl.lint.rules.trc.undecidable_recording import UndecidableRecording

#: In order of code.
RULES: tuple[Rule, ...] = (
    RuleThatNeverDecided(),
    RuleThatDecidesEverything(),
    CallOfUnlistedTool(),
    DenialThatWasWalkedAround(),
    LimitFarFromUse(),
    CredentialInARecording(),
    UndecidableRecording(),
)
