"""Rules about tests of texts."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.str.address_judged_as_text import AddressJudgedAsText
from policyctl.lint.rules.str.case_sensitive_denial import CaseSensitiveDenial
from policyctl.lint.rules.str.class_of_a_word import ClassOfAWord
from policyctl.lint.rules.str.list_of_forbidden_commands import ListOfForbiddenCommands
from policyctl.lint.rules.str.loose_host import LooseHost
from policyctl.lint.rules.str.loose_path import LoosePath
from policyctl.lint.rules.str.other_spelling import OtherSpelling
from policyctl.lint.rules.str.part_of_a_name import PartOfAName
from policyctl.lint.rules.str.second_recipient import SecondRecipient
from policyctl.lint.rules.str.substring_that_permits import SubstringThatPermits

#: In order of code.
RULES: tuple[Rule, ...] = (
    SubstringThatPermits(),
    LooseHost(),
    ClassOfAWord(),
    CaseSensitiveDenial(),
    ListOfForbiddenCommands(),
    LoosePath(),
    AddressJudgedAsText(),
    SecondRecipient(),
    PartOfAName(),
    OtherSpelling(),
)
