"""From a class to its risk: by default one follows from the other; a few things make it graver."""

from __future__ import annotations

from policyctl.catalog.classify.act import is_one_of
from policyctl.catalog.classify.signals import things
from policyctl.catalog.classify.signals.verbs import SWITCHES
from policyctl.catalog.classify.subject import Subject
from policyctl.model.catalog import Category, Evidence, Risk

DEFAULT = {
    Category.READ: Risk.LOW,
    Category.WRITE: Risk.MEDIUM,
    Category.EXECUTE: Risk.HIGH,
    Category.DESTRUCTIVE: Risk.CRITICAL,
    Category.FINANCIAL: Risk.CRITICAL,
}


def risk_of(subject: Subject, *, may_destroy: bool) -> tuple[Risk, Evidence | None]:
    """The risk, and why it is not the default one; `may_destroy` is what the server says itself."""
    named = subject.named[0] if subject.named else ()
    match subject.category:
        case Category.EXECUTE if may_destroy:
            return Risk.CRITICAL, Evidence("risk", "destructiveHint", "what runs may destroy, the server says")
        case Category.WRITE if may_destroy:
            return Risk.HIGH, Evidence("risk", "destructiveHint", "what was there may be lost, the server says")
        case Category.READ | Category.WRITE if is_one_of(named, things.SECRET, things.SECRET_PAIRS):
            return Risk.HIGH, Evidence("risk", "name", f"`{named[-1]}`: who has one can act as its owner")
        case Category.WRITE if is_one_of(named, things.ACCESS, things.ACCESS_PAIRS):
            return Risk.HIGH, Evidence("risk", "name", f"`{named[-1]}` says who may do what")
        case Category.WRITE if _is_door_to_loss(subject):
            return Risk.HIGH, Evidence("risk", "name", "switches a way to lose money")
        case Category.READ if subject.opens:
            return Risk.MEDIUM, Evidence("risk", "arguments", "opens an address that the caller chooses")
        case _:
            return DEFAULT[subject.category], None


def _is_door_to_loss(subject: Subject) -> bool:
    return (
        not subject.verbs.isdisjoint(SWITCHES)
        and not things.DOOR_TO_LOSS.isdisjoint(subject.words)
        and things.LAID_OUT.isdisjoint(subject.words)
    )
