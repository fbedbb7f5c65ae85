"""Everything that `validate` says about one file."""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.diagnostic import Diagnostic
from policyctl.model.policy import Policy
from policyctl.reading.dialect import Dialect, dialect_findings
from policyctl.reading.policy import read_policy
from policyctl.source.decode import decode_leniently
from policyctl.source.document import Document
from policyctl.source.read import Format, digest_of, read_document


@dataclass(frozen=True, slots=True)
class CheckedPolicy:
    """One file and what is wrong with it; `policy` is None exactly if there is an error.

    `text` is what excerpts are taken from; `tools` counts the tools that the file names, None where it cannot be read;
    `document` is there wherever the file has the form of one.
    """

    name: str
    digest: str
    text: str
    policy: Policy | None
    tools: int | None
    diagnostics: tuple[Diagnostic, ...]
    document: Document | None = None


def check_policy(name: str, raw: bytes, *, format: Format | None, dialect: Dialect) -> CheckedPolicy:
    """Read one policy file as far as it can be read."""
    document = read_document(name, raw, format=format)
    if not isinstance(document, Document):
        return CheckedPolicy(name, digest_of(raw), decode_leniently(raw), None, None, document)
    reading = read_policy(document)
    found = reading.diagnostics
    if reading.policy is not None:
        found = (*found, *dialect_findings(reading.policy, document, dialect))
    return CheckedPolicy(name, document.digest, document.text, reading.policy, _tools(document), found, document)


def _tools(document: Document) -> int | None:
    tools = document.data.get("tools", {}) if type(document.data) is dict else None
    return len(tools) if type(tools) is dict else None
