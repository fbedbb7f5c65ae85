"""One tool to its class, with everything that spoke for it and against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policyctl.catalog.classify.act import object_of
from policyctl.catalog.classify.annotations import hints_of
from policyctl.catalog.classify.arguments import claims_of_arguments
from policyctl.catalog.classify.claim import Claim, Strength
from policyctl.catalog.classify.decide import Parts, Verdict, decide, destroys
from policyctl.catalog.classify.description import claim_of_description, phrase_in
from policyctl.catalog.classify.hidden import findings
from policyctl.catalog.classify.lexicon import LEXICON, singular
from policyctl.catalog.classify.name import claim_of_words
from policyctl.catalog.classify.risk import risk_of
from policyctl.catalog.classify.schema import properties_of
from policyctl.catalog.classify.signals import phrases
from policyctl.catalog.classify.split import split, without_server
from policyctl.catalog.classify.tags import Subject, tags_of
from policyctl.catalog.digest import is_stale
from policyctl.model.catalog import Category, Confidence, Evidence, Tool

_MOST_EVIDENCE = 10


def classify(tool: Tool, *, server: str = "", trusted: bool = False) -> Tool:
    """The tool with category, risk, tags, confidence and evidence; a person's review wins, and is flagged where stale.

    `trusted` believes the annotations of the server also where they make a class milder.
    """
    judged = _classified(tool, server, trusted=trusted)
    review = tool.reviewed
    if review is None:
        return judged
    by_person = [Evidence("review", "reviewed", f"{review.why} ({review.by}, {review.on})")]
    if is_stale(tool):
        by_person.append(Evidence("stale review", "reviewed", "the definition has changed since it was reviewed"))
    if judged.category is not review.category:
        by_person.append(Evidence("against", "signals", f"without the review it would be {judged.category}"))
    return replace(
        judged,
        category=review.category,
        risk=review.risk,
        confidence=Confidence.LOW if is_stale(tool) else Confidence.HIGH,
        evidence=(*by_person, *judged.evidence)[:_MOST_EVIDENCE],
    )


def _classified(tool: Tool, server: str, *, trusted: bool) -> Tool:
    words = without_server(split(tool.name), server)
    near = frozenset(map(singular, (*words, *split(server))))
    description = tool.description or tool.title or ""
    odd = findings(tool)
    properties = properties_of(tool.input_schema)
    parts = Parts(
        name=claim_of_words(words, near) or claim_of_words(split(tool.name), near),
        sentence=claim_of_description(description, near),
        arguments=claims_of_arguments(properties, near),
        danger=phrase_in(description, phrases.DANGER),
        read_only=phrase_in(description, phrases.READ_ONLY),
        hints=hints_of(tool.annotations),
        is_suspect=bool(odd),
        is_described=bool(tool.description),
    )
    verdict = decide(parts, trusted=trusted)
    named = _objects(words, parts)
    risk, graver = risk_of(verdict.category, named[0] if named else (), may_destroy=destroys(parts.hints))
    evidence = (*odd, *_evidence(parts, verdict, description), *parts.hints.odd, *((graver,) if graver else ()))
    is_soft = phrase_in(description, phrases.SOFT) or "soft" in words or "trash" in words
    subject = Subject(
        category=verdict.category,
        words=words,
        verbs=frozenset(claim.verb for claim in (parts.name, parts.sentence) if claim and claim.verb),
        named=named,
        properties=properties,
        is_for_good=(bool(parts.danger) and verdict.category is not Category.READ)
        or (verdict.category is Category.DESTRUCTIVE and not is_soft),
    )
    return replace(
        tool,
        category=verdict.category,
        risk=risk,
        tags=tags_of(subject),
        confidence=verdict.confidence,
        evidence=tuple(dict.fromkeys(evidence))[:_MOST_EVIDENCE],
    )


def _objects(words: tuple[str, ...], parts: Parts) -> tuple[tuple[str, ...], ...]:
    """What the name is about, and what the sentence is about."""
    at = next((at for at, word in enumerate(words) if parts.name and word == parts.name.verb), -1)
    of_name = object_of(words[at + 1 :]) or object_of(word for word in words if word not in LEXICON)
    of_sentence = (parts.sentence.thing,) if parts.sentence and parts.sentence.thing else ()
    return tuple(named for named in (of_name, of_sentence) if named)


def _evidence(parts: Parts, verdict: Verdict, description: str) -> Iterator[Evidence]:
    """First what decided, then the rest of what spoke; what spoke for another class is called so."""
    yield from (claim.evidence for claim in verdict.decisive if claim.category is verdict.category)
    others = (parts.name, parts.sentence, *parts.arguments.raising, *parts.arguments.telling, *verdict.decisive)
    for claim in others:
        if claim is not None and claim.strength is not Strength.HINT:
            yield _seen(claim, verdict.category)
    yield from (claim.evidence for claim in parts.arguments.notes)
    if phrase := phrase_in(description, phrases.OVERWRITES):
        yield Evidence("phrase", "description", f"says `{phrase}`: what was there is gone")
    if parts.danger and verdict.category is not Category.DESTRUCTIVE:
        yield Evidence("against", "description", f"says `{parts.danger}`")
    if parts.read_only and verdict.category is Category.READ:
        yield Evidence("phrase", "description", f"says `{parts.read_only}`")
    elif parts.read_only:
        yield Evidence("against", "description", f"says `{parts.read_only}`, which lowers nothing")
    yield from _claimed(parts, verdict)


def _seen(claim: Claim, category: Category) -> Evidence:
    if claim.category is category:
        return claim.evidence
    return Evidence("against", claim.where, f"{claim.says}: {claim.category}")


def _claimed(parts: Parts, verdict: Verdict) -> Iterator[Evidence]:
    hints, is_read = parts.hints, verdict.category is Category.READ
    if hints.read_only and not is_read:
        yield Evidence(
            "against", "readOnlyHint", "the server says that it only reads; it is not trusted, so nothing is lowered"
        )
    elif hints.read_only:
        yield Evidence("annotation", "readOnlyHint", "the server says that it only reads")
    elif hints.read_only is False and not is_read:
        yield Evidence("annotation", "readOnlyHint", "the server says that it does not only read")
    if hints.destructive is False and verdict.category is Category.DESTRUCTIVE:
        yield Evidence(
            "against",
            "destructiveHint",
            "the server says that it destroys nothing; it is not trusted, so nothing is lowered",
        )
