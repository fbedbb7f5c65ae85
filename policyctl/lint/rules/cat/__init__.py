"""Rules about the catalog itself."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.cat.contradicted_category import ContradictedCategory
from policyctl.lint.rules.cat.deceptive_text import DeceptiveText
from policyctl.lint.rules.cat.guessed_classes import GuessedClasses
from policyctl.lint.rules.cat.mild_claim import MildClaim
from policyctl.lint.rules.cat.odd_name import OddName
from policyctl.lint.rules.cat.reading_that_does_more import ReadingThatDoesMore
from policyctl.lint.rules.cat.understated_risk import UnderstatedRisk
from policyctl.lint.rules.cat.undescribed_tool import UndescribedTool

#: In order of code.
RULES: tuple[Rule, ...] = (
    ContradictedCategory(),
    UnderstatedRisk(),
    MildClaim(),
    OddName(),
    DeceptiveText(),
    UndescribedTool(),
    ReadingThatDoesMore(),
    GuessedClasses(),
)
