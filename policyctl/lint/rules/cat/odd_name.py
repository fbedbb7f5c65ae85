"""CAT04."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyctl.catalog.suspect.names import of_names
from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Precision, Rule, Source
from policyctl.lint.subject import Subject

_TEMPLATE = re.compile(r"\$\{|\{\{|<%|%[sd]|\$\(")


class OddName(Rule):
    """A name in the catalog is a template that nobody filled in, or none that the protocol advises.

    ## Why is this bad?

    Such an entry mostly comes from reading source code instead of asking the server. A rule for it fits no call; and clients
    rename what they cannot call, so that the name in the policy is not the one that is called.

    ## What to do instead

    Import the list that the server gives at run time (`policyctl catalog import`).
    """

    code = "CAT04"
    name = "odd-name"
    severity = Severity.INFO
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    bad = """
{
  "version": "1",
  "server": {"id": "files", "name": "Files"},
  "tools": [
    {"name": "${prefix}_read"},
             ^^^^^^^^^^^^^^^^ template
    {"name": "read file"}
             ^^^^^^^^^^^ the protocol
  ]
}
"""
    good = """
{
  "version": "1",
  "server": {"id": "files", "name": "Files"},
  "tools": [
    {"name": "files_read"},
    {"name": "read_file"}
  ]
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for tool, odd in of_names(subject.tools.values()):
            if odd.code == "LST10":
                is_template = _TEMPLATE.search(tool.name) is not None
                yield Finding(
                    odd.pointer,
                    f"the name `{tool.name}` is a template that nobody filled in" if is_template else odd.message,
                    help="import the list that the server gives" if is_template else odd.help,
                    source=Source.CATALOG,
                )
