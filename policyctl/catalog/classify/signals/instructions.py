"""How a description tries to steer the class of its tool: patterns over its lower-case text, each with what is said of it.

Instructions of other kinds, and characters that nobody sees, are found for every report (`policyctl/catalog/suspect`).
"""

from __future__ import annotations

STEERING: tuple[tuple[str, str], ...] = (
    (
        r"\b(?:classify|treat|consider|label|mark) (?:this|it|the tool)\b[^.]{0,30}\b(?:as )?(?:read|read-only|safe|low risk|harmless)\b",
        "says how it wants to be classified",
    ),
    (r"\byou (?:are|must) now\b", "gives the model another role"),
)
