"""Rules about upkeep."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.gov.credential_in_the_policy import CredentialInThePolicy
from policyctl.lint.rules.gov.expired_suppression import ExpiredSuppression
from policyctl.lint.rules.gov.lost_suppression import LostSuppression
from policyctl.lint.rules.gov.unhelpful_denial import UnhelpfulDenial
from policyctl.lint.rules.gov.unreasoned_suppression import UnreasonedSuppression
from policyctl.lint.rules.gov.unused_suppression import UnusedSuppression
from policyctl.lint.rules.gov.voided_suppression import VoidedSuppression

#: In order of code.
RULES: tuple[Rule, ...] = (
    CredentialInThePolicy(),
    ExpiredSuppression(),
    UnhelpfulDenial(),
    UnreasonedSuppression(),
    UnusedSuppression(),
    VoidedSuppression(),
    LostSuppression(),
)
