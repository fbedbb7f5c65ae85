"""GOV10."""

from __future__ import annotations

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Precision, SuppressionRule


class LostSuppression(SuppressionRule):
    """A suppression names no rule, or a file that is not there.

    ## Why is this bad?

    It hides nothing, and whoever reads it believes that it does. A misspelt code is the usual cause, or a word for all rules,
    which there is none.

    ## What to do instead

    Name one rule by its code (`policyctl rule` lists them), and the file by its present name.
    """

    code = "GOV10"
    name = "lost-suppression"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    bad = """
version: "1"
default: deny
hide: [drop_table]
tools:
  # policyctl: ignore[LOG40] the rules come back with the new server
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `LOG40` is no rule
  drop_table: {}
"""
    good = """
version: "1"
default: deny
hide: [drop_table]
tools:
  # policyctl: ignore[LOG04] the rules come back with the new server
  drop_table: {action: deny}
"""
