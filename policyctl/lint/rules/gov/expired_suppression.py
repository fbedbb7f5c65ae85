"""GOV02."""

from __future__ import annotations

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Precision, SuppressionRule


class ExpiredSuppression(SuppressionRule):
    """A suppression is past its end, or hides an error and has none.

    ## Why is this bad?

    Whoever accepted the finding did so for a time, and that time is over. Until somebody has looked again, nobody knows
    whether the reason still holds, so the finding is reported as if the suppression were not there.

    ## What to do instead

    Mend what was found, or look at it again and set a new day: `expires` of an entry in the configuration, `until` in a
    comment. An entry that hides an error needs one.
    """

    code = "GOV02"
    name = "expired-suppression"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    bad = """
version: "1"
default: deny
hide: [drop_table]
tools:
  # policyctl: ignore[LOG04] until 2026-01-31: the rules come back with the new server
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ended on 2026-01-31
  drop_table: {action: deny}
"""
    good = """
version: "1"
default: deny
hide: [drop_table]
tools:
  # policyctl: ignore[LOG04] until 2027-01-31: the rules come back with the new server
  drop_table: {action: deny}
"""
