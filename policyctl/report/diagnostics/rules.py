"""The rules behind the codes of diagnostics, whichever command gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from policyctl.diagnostic import Severity

#: Where codes are listed: what reading a file gives, what lists of tools and their changes give, what a
#: replay gives, what `lint` gives.
Table: TypeAlias = Literal["reading", "catalogs", "replay", "lint"]


@dataclass(frozen=True, slots=True)
class KnownRule:
    """What a code stands for; `refs` are ids of CWE, OWASP and ATLAS, `precision` is None where nobody has judged it."""

    code: str
    name: str
    summary: str
    severity: Severity
    refs: tuple[str, ...] = ()
    precision: str | None = None


_TABLES: dict[str, tuple[Table, ...]] = {
    "LST": ("catalogs",),
    "DRF": ("catalogs",),
    "RPL": ("replay",),
    "TRC": ("replay", "lint"),
}


def rule(code: str) -> KnownRule | None:
    """The rule of a code; None for one that is in no table."""
    return next((known for known in rules_of(_TABLES.get(code[:3], ("reading", "lint"))) if known.code == code), None)


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
            case "replay":
                from policyctl.simulate.codes import CODES as OF_REPLAYS

                codes = OF_REPLAYS
            case "lint":
                yield from _of_lint()
                continue
        for code in codes.values():
            yield KnownRule(code.code, code.name, code.summary, code.severity, code.refs)


def _of_lint() -> Iterator[KnownRule]:
    from policyctl.lint.table import RULES

    for each in RULES:
        precision = each.precision.value
        yield KnownRule(each.code, each.name, each.summary(), each.severity, each.refs, precision)


def rule_name(code: str) -> str | None:
    """The name in words of a code."""
    known = rule(code)
    return known.name if known else None
