"""What of a policy another reader of the language would not understand."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from policyctl.diagnostic import Diagnostic, Severity
from policyctl.model.policy import Policy
from policyctl.source.document import Document
from policyctl.source.pointer import child


class Dialect(StrEnum):
    """Whose reader a policy is written for: this project's, or the gateway that the form comes from."""

    POLICYCTL = "policyctl"
    POLICYLAYER = "policylayer"


#: Keys of a tool that the vendor's pages promise and its documentation does not describe.
_PROMISED = {
    "action": "write a `deny_if` with an empty condition list instead; `policyctl fmt --dialect policylayer` does",
    "reason": "move the text to an `on_deny`; `policyctl fmt --dialect policylayer` does",
    "rate_limit": "a limit in `limits` is documented, but it counts by grant and not by session",
}


def dialect_findings(policy: Policy, document: Document, dialect: Dialect) -> tuple[Diagnostic, ...]:
    """Extensions that a valid `policy` in this `document` uses and the `dialect` does not have, in order of the file."""
    if dialect is Dialect.POLICYCTL:
        return ()
    found = (
        Diagnostic("SCH40", severity, message, document.name, document.key_span(pointer), pointer, help_)
        for severity, pointer, message, help_ in _extensions(policy, document.data)
    )
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))


def _extensions(policy: Policy, data: dict[str, Any]) -> Iterator[tuple[Severity, str, str, str]]:
    for limits, pointer in _limit_lists(policy, data):
        for index, limit in enumerate(limits):
            yield from _of_limit(limit, f"{pointer}/{index}")
    for name in policy.tools:
        rules, pointer = data["tools"][name], child("/tools", name)
        for key, help_ in _PROMISED.items():
            if key in rules:
                message = f"`{key}` stands on the vendor's tool pages, but not in its documentation"
                yield Severity.INFO, f"{pointer}/{key}", message, help_
        if type(rules.get("rate_limit", {}).get("window")) in {int, float}:
            yield _seconds(f"{pointer}/rate_limit/window")


def _limit_lists(policy: Policy, data: dict[str, Any]) -> Iterator[tuple[list[dict[str, Any]], str]]:
    yield data.get("all_tools", {}).get("limits", []), "/all_tools/limits"
    for name in policy.tools:
        yield data["tools"][name].get("limits", []), f"{child('/tools', name)}/limits"


def _of_limit(limit: dict[str, Any], pointer: str) -> Iterator[tuple[Severity, str, str, str]]:
    if type(limit["window"]) is not str:
        yield _seconds(f"{pointer}/window")
    if limit.get("scope") == "session":
        message = "a limit by session is unknown to the gateway"
        yield Severity.WARNING, f"{pointer}/scope", message, "count by grant: leave `scope` out"
    if "amount_from" in limit:
        message = "a limit on amounts is unknown to the gateway"
        yield Severity.WARNING, f"{pointer}/amount_from", message, "limit each call with a condition on the argument"
    if "on_deny" in limit:
        message = "the message of a limit is unknown to the gateway"
        yield Severity.WARNING, f"{pointer}/on_deny", message, "leave `on_deny` out of the limit"


def _seconds(pointer: str) -> tuple[Severity, str, str, str]:
    message = "a window in seconds is unknown to the gateway"
    return Severity.WARNING, pointer, message, "write `minute`, `hour` or `day`"
