"""Rules about flows from tool to tool, and ways around a denial."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.flw.bulk_variant_open import BulkVariantOpen
from policyctl.lint.rules.flw.lethal_trifecta import LethalTrifecta
from policyctl.lint.rules.flw.other_version_open import OtherVersionOpen
from policyctl.lint.rules.flw.rights_in_reach import RightsInReach
from policyctl.lint.rules.flw.secrets_with_a_way_out import SecretsWithAWayOut
from policyctl.lint.rules.flw.unbounded_dispatcher import UnboundedDispatcher
from policyctl.lint.rules.flw.way_around_a_denial import WayAroundADenial

#: In order of code.
RULES: tuple[Rule, ...] = (
    LethalTrifecta(),
    SecretsWithAWayOut(),
    WayAroundADenial(),
    BulkVariantOpen(),
    OtherVersionOpen(),
    UnboundedDispatcher(),
    RightsInReach(),
)
