"""The rules behind the codes of diagnostics, whichever command gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from policyctl.diagnostic import Severity

if TYPE_CHECKING:
    from policyctl.lint.rule import Rule

#: Where codes are listed: what reading a file gives, lists of tools and their changes, assertions, two policies compared, replays, `lint`.
Table: TypeAlias = Literal["reading", "catalogs", "check", "diff", "replay", "lint"]


@dataclass(frozen=True, slots=True)
class KnownRule:
    """What a code stands for; `refs` are ids of CWE, OWASP and ATLAS, `precision` is None where nobody has judged it."""

    code: str
    name: str
    summary: str
    severity: Severity
    refs: tuple[str, ...] = ()
    precision: str | None = None


#: The tables of families that are not those of reading; a family of which `lint` has the rest is looked for there too.
_TABLES: dict[str, Table] = {
    "LST": "catalogs",
    "DRF": "catalogs",
    "AST": "check",
    "DIF": "diff",
    "RPL": "replay",
    "TRC": "replay",
}


def rule(code: str) -> KnownRule | None:
    """The rule of a code; None for one that is in no table."""
    known = next((known for known in rules_of((_TABLES.get(code[:3], "reading"),)) if known.code == code), None)
    if known is None:
        from policyctl.lint.table import BY_CODE

        # One rule is imported, not all of them.
        known = _of_lint(BY_CODE[code].rule) if code in BY_CODE else None
    return known


def rules_of(tables: Iterable[Table]) -> Iterator[KnownRule]:
    """Every rule of these tables; a table is imported when it comes up, since most runs find nothing."""
    for table in tables:
        match table:
            case "reading":
                from policyctl.reading.codes import CODES

                codes = CODES
            case "catalogs":
                from policyctl.catalog.codes import CODES as OF_CATALOGS

                codes = OF_CATALOGS
            case "check":
                from policyctl.check.codes import CODES as OF_ASSERTIONS

                codes = OF_ASSERTIONS
            case "replay":
                from policyctl.simulate.codes import CODES as OF_REPLAYS

                codes = OF_REPLAYS
            case "diff":
                from policyctl.diff.codes import CODES as OF_COMPARISONS

                codes = OF_COMPARISONS
            case "lint":
                from policyctl.lint.table import every_rule

                yield from map(_of_lint, every_rule())
                continue
        for code in codes.values():
            yield KnownRule(code.code, code.name, code.summary, code.severity, code.refs)


def _of_lint(each: Rule) -> KnownRule:
    return KnownRule(each.code, each.name, each.summary(), each.severity, each.refs, each.precision.value)


def rule_name(code: str) -> str | None:
    """The name in words of a code."""
    known = rule(code)
    return known.name if known else None
