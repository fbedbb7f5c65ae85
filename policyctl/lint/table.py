"""Every rule, in order of code. A code is never used again, also not for a rule that is gone."""

from __future__ import annotations

from policyctl.lint.rule import Rule
from policyctl.lint.rules import apr, arg, cat, flw, gov, lim, log, num, ref, sch, trc
from policyctl.lint.rules import str as texts

#: The families in the order in which they are listed.
FAMILIES = {
    "SCH": sch.RULES,
    "REF": ref.RULES,
    "ARG": arg.RULES,
    "STR": texts.RULES,
    "NUM": num.RULES,
    "LIM": lim.RULES,
    "APR": apr.RULES,
    "LOG": log.RULES,
    "FLW": flw.RULES,
    "CAT": cat.RULES,
    "TRC": trc.RULES,
    "GOV": gov.RULES,
}

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES.values() for rule in family)

BY_CODE = {rule.code: rule for rule in RULES}
BY_NAME = {rule.name: rule for rule in RULES}
