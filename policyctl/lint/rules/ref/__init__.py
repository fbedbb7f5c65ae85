"""Rules about names of tools."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules.ref.denial_of_nothing import DenialOfNothing
from policyctl.lint.rules.ref.literal_wildcard import LiteralWildcard
from policyctl.lint.rules.ref.misspelt_tool import MisspeltTool
from policyctl.lint.rules.ref.unchecked_arguments import UncheckedArguments
from policyctl.lint.rules.ref.undecided_tool import UndecidedTool
from policyctl.lint.rules.ref.unlisted_tool import UnlistedTool

#: In order of code.
RULES: tuple[Rule, ...] = (
    UnlistedTool(),
    DenialOfNothing(),
    LiteralWildcard(),
    MisspeltTool(),
    UndecidedTool(),
    UncheckedArguments(),
)
