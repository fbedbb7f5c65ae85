"""Every rule, in order of code. A code is never used again, also not for a rule that is gone."""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.lint.rule import Rule
from policyctl.lint.rules import apr, arg, cat, flw, gov, lim, log, num, ref, sch, trc
from policyctl.lint.rules import str as texts


@dataclass(frozen=True, slots=True)
class Family:
    """Rules about one thing, whose codes start with the same letters."""

    code: str
    about: str
    rules: tuple[Rule, ...]


#: In the order in which they are listed.
FAMILIES = (
    Family("SCH", "the document as it is written", sch.RULES),
    Family("REF", "names of tools", ref.RULES),
    Family("ARG", "arguments and their types", arg.RULES),
    Family("STR", "tests of texts", texts.RULES),
    Family("NUM", "numbers and money", num.RULES),
    Family("LIM", "limits and counters", lim.RULES),
    Family("APR", "approvals", apr.RULES),
    Family("LOG", "logic: what never decides, or always does", log.RULES),
    Family("FLW", "flows from tool to tool, and ways around a denial", flw.RULES),
    Family("CAT", "the catalog itself", cat.RULES),
    Family("TRC", "what recorded calls show", trc.RULES),
    Family("GOV", "upkeep", gov.RULES),
)

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.rules)

BY_CODE = {rule.code: rule for rule in RULES}
BY_NAME = {rule.name: rule for rule in RULES}
BY_FAMILY = {family.code: family for family in FAMILIES}
