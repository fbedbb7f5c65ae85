"""From a class to its risk: by default one follows from the other; a few things make it graver."""

from __future__ import annotations

from collections.abc import Sequence

from policyctl.catalog.classify.act import is_one_of
from policyctl.catalog.classify.signals import things
from policyctl.model.catalog import Category, Evidence, Risk

DEFAULT = {
    Category.READ: Risk.LOW,
    Category.WRITE: Risk.MEDIUM,
    Category.EXECUTE: Risk.HIGH,
    Category.DESTRUCTIVE: Risk.CRITICAL,
    Category.FINANCIAL: Risk.CRITICAL,
}


def risk_of(category: Category, named: Sequence[str], *, may_destroy: bool) -> tuple[Risk, Evidence | None]:
    """The risk, and why it is not the default one; `named` is the object of the name."""
    default = DEFAULT[category]
    if may_destroy and category is Category.EXECUTE:
        return Risk.CRITICAL, Evidence("risk", "destructiveHint", "what runs may destroy, the server says")
    if default.rank >= Risk.HIGH.rank:
        return default, None
    if may_destroy and category is Category.WRITE:
        return Risk.HIGH, Evidence("risk", "destructiveHint", "what was there may be lost, the server says")
    if is_one_of(named, things.SECRET, things.SECRET_PAIRS):
        return Risk.HIGH, Evidence("risk", "name", f"`{named[-1]}`: who has one can act as its owner")
    if category is Category.WRITE and is_one_of(named, things.ACCESS, things.ACCESS_PAIRS):
        return Risk.HIGH, Evidence("risk", "name", f"`{named[-1]}` says who may do what")
    return default, None
