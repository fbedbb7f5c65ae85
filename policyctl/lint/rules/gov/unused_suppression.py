"""GOV08."""

from __future__ import annotations

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Precision, SuppressionRule


class UnusedSuppression(SuppressionRule):
    """A suppression hides nothing.

    ## Why is this bad?

    What it was for is mended or gone. Left where it is, it would hide the next finding of that rule at the same place, about
    which nobody has decided anything.

    ## What to do instead

    Remove it.
    """

    code = "GOV08"
    name = "unused-suppression"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    bad = """
version: "1"
default: deny
hide: [drop_table]
tools:
  # policyctl: ignore[LOG04] the rules come back with the new server
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `LOG04` finds nothing
  drop_table: {}
"""
    good = """
version: "1"
default: deny
hide: [drop_table]
tools:
  drop_table: {}
"""
