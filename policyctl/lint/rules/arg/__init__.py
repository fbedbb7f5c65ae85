"""Rules about arguments and their types."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.arg.denied_default import DeniedDefault
from policyctl.lint.rules.arg.denied_omission import DeniedOmission
from policyctl.lint.rules.arg.fail_open_denial import FailOpenDenial
from policyctl.lint.rules.arg.free_form_argument import FreeFormArgument
from policyctl.lint.rules.arg.impossible_constant import ImpossibleConstant
from policyctl.lint.rules.arg.inapplicable_operator import InapplicableOperator
from policyctl.lint.rules.arg.index_in_path import IndexInPath
from policyctl.lint.rules.arg.omitted_safety_switch import OmittedSafetySwitch
from policyctl.lint.rules.arg.one_element_is_enough import OneElementIsEnough
from policyctl.lint.rules.arg.second_type import SecondType
from policyctl.lint.rules.arg.self_reported_control import SelfReportedControl
from policyctl.lint.rules.arg.unbounded_sibling import UnboundedSibling
from policyctl.lint.rules.arg.unknown_argument import UnknownArgument

#: In order of code.
RULES: tuple[Rule, ...] = (
    UnknownArgument(),
    FailOpenDenial(),
    DeniedDefault(),
    DeniedOmission(),
    InapplicableOperator(),
    SecondType(),
    ImpossibleConstant(),
    OneElementIsEnough(),
    UnboundedSibling(),
    FreeFormArgument(),
    SelfReportedControl(),
    OmittedSafetySwitch(),
    IndexInPath(),
)
