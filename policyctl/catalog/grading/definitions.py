"""Consequences of a definition that is another one than it was."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.catalog.changes.part import Effect, Part
from policyctl.catalog.digest import definition_digest
from policyctl.catalog.drift import Change
from policyctl.catalog.grading.finding import Finding, Side
from policyctl.catalog.grading.posture import Posture, Reach
from policyctl.catalog.grading.words import parts_words
from policyctl.catalog.suspect.finding import Suspicion
from policyctl.catalog.suspect.names import of_names
from policyctl.catalog.suspect.texts import of_texts
from policyctl.diagnostic import Severity
from policyctl.model.catalog import Tool
from policyctl.source.fault import quote

#: What a model acts upon; a title or a further field is for people and programs.
_STEERING = frozenset({Part.DESCRIPTION, Part.INPUT, Part.ANNOTATIONS})
_DECEPTIVE = frozenset({"LST11", "LST12", "LST13", "LST14"})


def changed_under_review(change: Change, posture: Posture) -> Iterator[Finding]:
    """A person judged another definition than the one that agents see."""
    if not _is_redefined(change) or _review(change) is None:
        return
    reach = posture.reach(change.tool.name)
    severity = Severity.WARNING if reach is Reach.DENIED else Severity.ERROR
    message = f"{parts_words(change.differences)} of {quote(change.tool.name)} changed since it was reviewed"
    help_ = "review it again: the class is a person's word about another definition"
    yield _of_change("DRF07", severity, message, help_, change)


def changed_definition(change: Change, posture: Posture) -> Iterator[Finding]:
    """The server says something else about a tool that nobody has reviewed."""
    if not change.differences or (_is_redefined(change) and _review(change) is not None):
        return
    steers = any(
        difference.part in _STEERING and difference.effect is not Effect.NARROWER for difference in change.differences
    )
    is_reached = posture.reach(change.tool.name) > Reach.ASKED
    severity = Severity.WARNING if steers and is_reached else Severity.INFO
    message = f"{parts_words(change.differences)} of {quote(change.tool.name)} changed"
    yield _of_change("DRF10", severity, message, "read what is new before agents do", change)


def deceptive_text(change: Change, posture: Posture) -> Iterator[Finding]:
    """A text that talks to the model, hides something or looks like something else, and was not there before."""
    if change.after is None:
        return
    before = {_sense(odd) for odd in _suspicions(change.before)} if change.before else set[tuple[str, str]]()
    is_denied = posture.reach(change.after.name) is Reach.DENIED
    for odd in _suspicions(change.after):
        if _sense(odd) not in before:
            severity = Severity.WARNING if is_denied else Severity.ERROR
            message = f"new: {odd.message}"
            yield Finding("DRF12", severity, message, odd.help, change, Side.NEW, odd.pointer, key=odd.key)


def _suspicions(tool: Tool) -> list[Suspicion]:
    found = [*(odd for _, odd in of_names([tool])), *of_texts(tool)]
    return [odd for odd in found if odd.code in _DECEPTIVE]


def _sense(odd: Suspicion) -> tuple[str, str]:
    return odd.code, odd.message


def _is_redefined(change: Change) -> bool:
    return (
        change.before is not None
        and change.after is not None
        and bool(change.differences)
        and definition_digest(change.before) != definition_digest(change.after)
    )


def _review(change: Change) -> object | None:
    """The review that this change leaves behind; one of the new definition itself is as good as any."""
    old = change.before.reviewed if change.before else None
    new = change.after.reviewed if change.after else None
    if new is not None and change.after is not None and new.digest == definition_digest(change.after):
        return None
    return new or old


def _of_change(code: str, severity: Severity, message: str, help_: str, change: Change) -> Finding:
    """At the first difference, which is there unless it is one that went."""
    first = change.differences[0].pointer
    return Finding(code, severity, message, help_, change, Side.NEW, f"{change.tool.pointer}/{first}", key=True)
