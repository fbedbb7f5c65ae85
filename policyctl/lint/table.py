"""Every rule, in order of code. A code is never used again, also not for a rule that is gone."""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.lint.listed import Listed
from policyctl.lint.rule import Need, Rule


@dataclass(frozen=True, slots=True)
class Family:
    """Rules about one thing, whose codes start with the same letters."""

    code: str
    about: str
    listed: tuple[Listed, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules themselves, each imported."""
        return tuple(listed.rule for listed in self.listed)


#: In the order in which they are listed.
FAMILIES = (
    Family(
        "SCH",
        "the document as it is written",
        (
            Listed("SCH06", "unseen-character"),
            Listed("SCH07", "oversized-condition"),
        ),
    ),
    Family(
        "REF",
        "names of tools",
        (
            Listed("REF01", "unlisted-tool", Need.CATALOG),
            Listed("REF02", "denial-of-nothing", Need.CATALOG),
            Listed("REF03", "literal-wildcard"),
            Listed("REF04", "misspelt-tool", Need.CATALOG),
            Listed("REF06", "undecided-tool", Need.CATALOG),
            Listed("REF09", "unchecked-arguments", Need.CATALOG),
        ),
    ),
    Family(
        "ARG",
        "arguments and their types",
        (
            Listed("ARG01", "unknown-argument", Need.CATALOG),
            Listed("ARG02", "fail-open-denial"),
            Listed("ARG03", "denied-default", Need.CATALOG),
            Listed("ARG04", "denied-omission", Need.CATALOG),
            Listed("ARG05", "inapplicable-operator", Need.CATALOG),
            Listed("ARG06", "second-type", Need.CATALOG),
            Listed("ARG07", "impossible-constant", Need.CATALOG),
            Listed("ARG09", "one-element-is-enough", Need.CATALOG),
            Listed("ARG10", "unbounded-sibling", Need.CATALOG),
            Listed("ARG11", "free-form-argument", Need.CATALOG),
            Listed("ARG12", "self-reported-control"),
            Listed("ARG13", "omitted-safety-switch"),
            Listed("ARG14", "index-in-path"),
        ),
    ),
    Family(
        "STR",
        "tests of texts",
        (
            Listed("STR01", "substring-that-permits"),
            Listed("STR02", "loose-host"),
            Listed("STR03", "class-of-a-word"),
            Listed("STR05", "case-sensitive-denial"),
            Listed("STR06", "list-of-forbidden-commands"),
            Listed("STR07", "loose-path"),
            Listed("STR08", "address-judged-as-text"),
            Listed("STR09", "second-recipient"),
            Listed("STR10", "part-of-a-name", Need.CATALOG),
            Listed("STR11", "other-spelling", Need.CATALOG),
        ),
    ),
    Family(
        "NUM",
        "numbers and money",
        (
            Listed("NUM01", "missing-lower-bound"),
            Listed("NUM02", "free-currency", Need.CATALOG),
            Listed("NUM03", "doubtful-unit"),
            Listed("NUM04", "split-amounts", Need.CATALOG),
            Listed("NUM06", "disputed-boundary"),
            Listed("NUM07", "inexact-number"),
        ),
    ),
    Family(
        "LIM",
        "limits and counters",
        (
            Listed("LIM03", "unreachable-limit"),
            Listed("LIM04", "misleading-counter"),
            Listed("LIM05", "boundary-burst", Need.CATALOG),
            Listed("LIM06", "separate-counters", Need.CATALOG),
            Listed("LIM07", "limit-per-session", Need.CATALOG),
            Listed("LIM09", "uncountable-amount", Need.CATALOG),
            Listed("LIM10", "no-limit", Need.CATALOG),
            Listed("LIM11", "unbounded-extraction", Need.CATALOG),
            Listed("LIM12", "batch-counted-once", Need.CATALOG),
        ),
    ),
    Family(
        "APR",
        "approvals",
        (
            Listed("APR01", "uncontrolled-critical-tool", Need.CATALOG),
            Listed("APR02", "approval-of-reading", Need.CATALOG),
            Listed("APR03", "unreachable-approval"),
            Listed("APR07", "unexplained-approval"),
            Listed("APR08", "promised-approval"),
        ),
    ),
    Family(
        "LOG",
        "logic: what never decides, or always does",
        (
            Listed("LOG01", "contradiction"),
            Listed("LOG02", "denial-of-everything"),
            Listed("LOG03", "never-decides"),
            Listed("LOG04", "rules-on-hidden-tool"),
            Listed("LOG05", "repetition"),
            Listed("LOG06", "no-effect"),
            Listed("LOG07", "allows-nothing"),
            Listed("LOG08", "unmentioned-critical-tool", Need.CATALOG),
            Listed("LOG10", "and-for-or"),
        ),
    ),
    Family(
        "FLW",
        "flows from tool to tool, and ways around a denial",
        (
            Listed("FLW01", "lethal-trifecta", Need.CATALOG),
            Listed("FLW02", "secrets-with-a-way-out", Need.CATALOG),
            Listed("FLW03", "way-around-a-denial", Need.CATALOG),
            Listed("FLW04", "bulk-variant-open", Need.CATALOG),
            Listed("FLW05", "other-version-open", Need.CATALOG),
            Listed("FLW06", "unbounded-dispatcher", Need.CATALOG),
            Listed("FLW08", "rights-in-reach", Need.CATALOG),
        ),
    ),
    Family(
        "CAT",
        "the catalog itself",
        (
            Listed("CAT01", "contradicted-category", Need.CATALOG),
            Listed("CAT02", "understated-risk", Need.CATALOG),
            Listed("CAT03", "mild-claim", Need.CATALOG),
            Listed("CAT04", "odd-name", Need.CATALOG),
            Listed("CAT05", "deceptive-text", Need.CATALOG),
            Listed("CAT06", "undescribed-tool", Need.CATALOG),
            Listed("CAT07", "reading-that-does-more", Need.CATALOG),
            Listed("CAT09", "guessed-classes", Need.CATALOG),
        ),
    ),
    Family(
        "TRC",
        "what recorded calls show",
        (
            Listed("TRC01", "rule-that-never-decided", Need.TRACES),
            Listed("TRC02", "rule-that-decides-everything", Need.TRACES),
            Listed("TRC03", "call-of-unlisted-tool", Need.CATALOG, Need.TRACES),
            Listed("TRC04", "denial-that-was-walked-around", Need.TRACES),
            Listed("TRC05", "limit-far-from-use", Need.TRACES),
            Listed("TRC06", "credential-in-a-recording", Need.TRACES),
            Listed("TRC07", "undecidable-recording", Need.TRACES),
        ),
    ),
    Family(
        "GOV",
        "upkeep",
        (
            Listed("GOV01", "credential-in-the-policy"),
            Listed("GOV02", "expired-suppression"),
            Listed("GOV03", "unhelpful-denial", Need.CATALOG),
            Listed("GOV05", "unreasoned-suppression"),
            Listed("GOV08", "unused-suppression"),
            Listed("GOV09", "voided-suppression"),
            Listed("GOV10", "lost-suppression"),
        ),
    ),
)

LISTED: tuple[Listed, ...] = tuple(listed for family in FAMILIES for listed in family.listed)

BY_CODE = {listed.code: listed for listed in LISTED}
BY_NAME = {listed.name: listed for listed in LISTED}
BY_FAMILY = {family.code: family for family in FAMILIES}


def every_rule() -> tuple[Rule, ...]:
    """The rules themselves, each imported: for pages, and for tests."""
    return tuple(listed.rule for listed in LISTED)
