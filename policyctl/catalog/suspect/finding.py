"""One thing that a reader of a definition should know about."""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.diagnostic import Severity


@dataclass(frozen=True, slots=True)
class Suspicion:
    """`pointer` is the place in the tool's document, of its key if `key` says so; the rest as in a diagnostic."""

    code: str
    severity: Severity
    pointer: str
    message: str
    help: str
    key: bool = False
