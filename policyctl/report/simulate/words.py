"""How the reports of a simulation put counts, verdicts and windows into words."""

from __future__ import annotations

from policyctl.engine.sentences import every
from policyctl.model.decision import Verdict
from policyctl.model.policy import NAMED_WINDOWS
from policyctl.report.style import Role

#: What a verdict looks like.
ROLES: dict[Verdict, Role] = {
    Verdict.ALLOW: "good",
    Verdict.DENY: "error",
    Verdict.APPROVAL: "info",
    Verdict.UNDETERMINED: "warning",
}

#: What a cause of doubt means (language §5).
CAUSES: dict[str, str] = {
    "arguments-absent": "its arguments are not on record",
    "arguments-hashed": "only a hash of its arguments is on record",
    "arguments-unparseable": "its arguments are no object",
    "argument-redacted": "an argument that a rule asks for is redacted",
    "arguments-keys-only": "the name of an argument is on record, its value is not",
    "no-time": "a limit counts the call, and no time says in which window",
    "no-subject": "a limit counts the call, and nothing says whose it is",
    "usage-unknown": "earlier calls leave open how much of a limit is used up",
}

#: What a verdict does.
MEANINGS: dict[Verdict, str] = {
    Verdict.ALLOW: "the call goes through",
    Verdict.DENY: "the call is refused, and the agent is told why",
    Verdict.APPROVAL: "the call waits for a person",
    Verdict.UNDETERMINED: "the record does not say enough",
}

_SHORT_DIGEST = len("sha256:") + 12


def share(part: int, whole: int) -> str:
    """A percentage that says 0 and 100 only where it is all or nothing."""
    if whole == 0 or part in {0, whole}:
        return "0%" if part == 0 else "100%"
    # In integers: a quotient of large counts would round in a way of its own.
    tenths = min(999, max(1, (2_000 * part + whole) // (2 * whole)))
    return f"{tenths // 10}.{tenths % 10}%"


def short_digest(digest: str) -> str:
    """As much of a digest as tells two files apart by eye."""
    return digest[:_SHORT_DIGEST]


def per(window: int) -> str:
    """`a minute`; of a window without a name its seconds, short enough for a column."""
    return every(window) if window in NAMED_WINDOWS.values() else f"in {window:,} s"
