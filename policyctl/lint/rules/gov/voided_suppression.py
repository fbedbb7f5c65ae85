"""GOV09."""

from __future__ import annotations

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Precision, SuppressionRule


class VoidedSuppression(SuppressionRule):
    """What a suppression was written for has changed since.

    ## Why is this bad?

    `policyctl suppress` notes a digest of the rule that was looked at. Another digest means that somebody changed the rule,
    and nobody has looked at the finding since: it is reported again.

    The digest stands in the configuration; in a comment there is none, since it stands beside what it is about.

    ## What to do instead

    Look at the finding again, and renew the entry with `policyctl suppress` if it can still be accepted.
    """

    code = "GOV09"
    name = "voided-suppression"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    configuration = """
[[suppress]]
rule = "LOG04"
policy = "policy.yaml"
at = "/tools/drop_table"
reason = "the rules come back with the new server"
content = "sha256:d0d769ecf60b35a5631eb99e528363dbd1f0034b27486b26d7a836f34febfef5"
"""
    bad = """
version: "1"
default: deny
hide: [drop_table]
tools:
  drop_table: {action: deny, reason: "Changed since."}
"""
    good = """
version: "1"
default: deny
hide: [drop_table]
tools:
  drop_table: {action: deny}
"""
