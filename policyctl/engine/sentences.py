"""What the engine tells an agent where the policy leaves the message to it; no argument's value stands in any."""

from __future__ import annotations

from policyctl.model.policy import NAMED_WINDOWS, Limit, Predicate
from policyctl.source.pointer import format_path

HIDDEN = "this tool is not available here"
UNLISTED = "the policy does not list this tool, and what it does not list is denied"
DENIED = "the policy denies this tool"
APPROVAL = "a person has to approve this call first"

_WINDOW_NAMES = {seconds: name for name, seconds in NAMED_WINDOWS.items()}


def unmet(predicate: Predicate) -> str:
    """For a `require` that does not hold."""
    return f"a requirement on {_subjects(predicate)} is not met"


def forbidden(predicate: Predicate) -> str:
    """For a `deny_if` that holds."""
    return f"a condition on {_subjects(predicate)} forbids this call"


def exhausted(limit: Limit) -> str:
    """For a limit without room."""
    what = f"{limit.maximum} of {format_path(limit.amount_from)}" if limit.amount_from else _calls(limit)
    return f"the limit of {what} {every(limit.window)} is used up"


def unaccountable(limit: Limit) -> str:
    """For a call whose amount is missing or is no number that could be counted."""
    path = format_path(limit.amount_from or ())
    return f"{path} counts against a limit and has to be a number that is not negative"


def every(window: int) -> str:
    """`a minute`, `every 90 seconds`."""
    name = _WINDOW_NAMES.get(window)
    return f"every {window} seconds" if name is None else f"{'an' if name == 'hour' else 'a'} {name}"


def _calls(limit: Limit) -> str:
    return f"{limit.maximum} call" if limit.maximum == 1 else f"{limit.maximum} calls"


def _subjects(predicate: Predicate) -> str:
    paths = dict.fromkeys(format_path(condition.path) for condition in predicate.conditions)
    return " and ".join(paths) or "every call"
