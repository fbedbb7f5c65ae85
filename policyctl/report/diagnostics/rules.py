"""The rules behind the codes of diagnostics, whichever command gives them."""

from __future__ import annotations

from policyctl.reading.codes import Code


def rule(code: str) -> Code | None:
    """What a code stands for; None for one that is in no table."""
    # A table is imported when a code of its family is asked for: most runs find nothing.
    if code.startswith(("LST", "DRF")):
        from policyctl.catalog.codes import CODES as OF_CATALOGS

        return OF_CATALOGS.get(code)
    from policyctl.reading.codes import CODES

    return CODES.get(code)


def rule_name(code: str) -> str | None:
    """The name in words of a code."""
    known = rule(code)
    return known.name if known else None
