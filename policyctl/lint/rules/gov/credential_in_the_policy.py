"""GOV01."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.secret import secrets_in
from policyctl.lint.subject import Subject
from policyctl.source.pointer import child


class CredentialInThePolicy(Rule):
    """A credential stands in the policy.

    ## Why is this bad?

    A policy is committed, reviewed, copied to gateways and shown in reports. Whoever can read one of these has the credential.

    ## What to do instead

    Revoke it, since it has been seen, and take it out. A rule can test the shape of a credential with a pattern; none needs
    the credential itself.

    ## What it looks at

    Texts with a shape that issuers chose so that credentials can be told from other text. Reports show neither them nor the
    characters behind them.
    """

    code = "GOV01"
    name = "credential-in-the-policy"
    severity = Severity.ERROR
    refs = ("CWE-798", "CWE-312", "MCP01:2025", "AML.T0055")
    # Put together here, so that no scanner takes the example for a credential.
    bad = (
        """
version: "1"
default: deny
tools:
  fetch:
    require:
      - conditions:
          - path: args.header
            op: eq
            value: Bearer """
        + "Q7wLx2Vn9" * 4
        + """
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a bearer token
"""
    )
    good = """
version: "1"
default: deny
tools:
  fetch:
    require:
      - conditions:
          - path: args.header
            op: regex
            value: ^Bearer [A-Za-z0-9]{36}$
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        # By the data and not by the places, which take a syntax tree.
        for pointer, text in _texts(subject.document.data, ""):
            for secret in secrets_in(text):
                yield Finding(
                    pointer,
                    f"{secret.kind} stands in the policy",
                    help="revoke it, and test the shape with a pattern",
                    part=range(secret.start, secret.end),
                )


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield pointer, value
        case dict():
            for key, below in value.items():
                yield from _texts(below, child(pointer, key))
        case list():
            for index, below in enumerate(value):
                yield from _texts(below, child(pointer, index))
        case _:
            return
