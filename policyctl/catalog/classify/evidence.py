"""Everything that spoke about a tool, in words: first what decided, then the rest, for and against."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.catalog.classify.claim import Claim, Strength
from policyctl.catalog.classify.decide import Parts, Verdict
from policyctl.catalog.classify.description import phrase_in
from policyctl.catalog.classify.signals import phrases
from policyctl.model.catalog import Category, Evidence


def evidence_of(parts: Parts, verdict: Verdict, description: str) -> Iterator[Evidence]:
    """What spoke for another class says which one, and is called `against`."""
    yield from (claim.evidence for claim in verdict.decisive if claim.category is verdict.category)
    others = (parts.name, parts.sentence, *parts.arguments.raising, *parts.arguments.telling, *verdict.decisive)
    for claim in others:
        if claim is not None and claim.strength is not Strength.HINT:
            yield _seen(claim, verdict.category)
    yield from (claim.evidence for claim in parts.arguments.notes)
    yield from _phrases(parts, verdict, description)
    yield from _claimed(parts, verdict)
    yield from parts.hints.odd


def _seen(claim: Claim, category: Category) -> Evidence:
    if claim.category is category:
        return claim.evidence
    return Evidence("against", claim.where, f"{claim.says}: {claim.category}")


def _phrases(parts: Parts, verdict: Verdict, description: str) -> Iterator[Evidence]:
    if phrase := phrase_in(description, phrases.OVERWRITES):
        yield Evidence("phrase", "description", f"says `{phrase}`: what was there is gone")
    if parts.danger and verdict.category is not Category.DESTRUCTIVE:
        yield Evidence("against", "description", f"says `{parts.danger}`")
    if parts.read_only and verdict.category is Category.READ:
        yield Evidence("phrase", "description", f"says `{parts.read_only}`")
    elif parts.read_only:
        yield Evidence("against", "description", f"says `{parts.read_only}`, which lowers nothing")


def _claimed(parts: Parts, verdict: Verdict) -> Iterator[Evidence]:
    hints, is_read = parts.hints, verdict.category is Category.READ
    if hints.read_only and not is_read:
        says = "the server says that it only reads; it is not trusted, so nothing is lowered"
        yield Evidence("against", "readOnlyHint", says)
    elif hints.read_only:
        yield Evidence("annotation", "readOnlyHint", "the server says that it only reads")
    elif hints.read_only is False and not is_read:
        yield Evidence("annotation", "readOnlyHint", "the server says that it does not only read")
    if hints.destructive is False and verdict.category is Category.DESTRUCTIVE:
        says = "the server says that it destroys nothing; it is not trusted, so nothing is lowered"
        yield Evidence("against", "destructiveHint", says)
