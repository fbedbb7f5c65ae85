"""GOV05."""

from __future__ import annotations

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Precision, SuppressionRule


class UnreasonedSuppression(SuppressionRule):
    """A suppression does not say why.

    ## Why is this bad?

    A finding that is hidden without a reason cannot be looked at again by anybody else: they do not know what would have to
    change. Such a suppression hides nothing.

    ## What to do instead

    Write the reason behind the code, in a sentence that still makes sense in a year.
    """

    code = "GOV05"
    name = "unreasoned-suppression"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    bad = """
version: "1"
default: deny
hide: [drop_table]
tools:
  # policyctl: ignore[LOG04]
  ^^^^^^^^^^^^^^^^^^^^^^^^^^ without a reason
  drop_table: {action: deny}
"""
    good = """
version: "1"
default: deny
hide: [drop_table]
tools:
  # policyctl: ignore[LOG04] the rules come back with the new server
  drop_table: {action: deny}
"""
