"""Rules about the document as it is written."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.sch.oversized_condition import OversizedCondition
from policyctl.lint.rules.sch.unseen_character import UnseenCharacter

#: In order of code.
RULES: tuple[Rule, ...] = (UnseenCharacter(), OversizedCondition())
