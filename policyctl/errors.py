"""Why policyctl could not do its job; the user's own mistakes are diagnostics, not exceptions."""

from __future__ import annotations


class PolicyctlError(Exception):
    """The job cannot be done (exit 2): no such file, an option that makes no sense, a broken configuration.

    `message` says what is, in one lower-case sentence; `hint` says what to do about it.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
