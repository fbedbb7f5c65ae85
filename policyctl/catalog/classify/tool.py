"""One tool to its class, with everything that spoke for it and against it."""

from __future__ import annotations

from dataclasses import replace

from policyctl.catalog.classify.act import object_of
from policyctl.catalog.classify.annotations import hints_of
from policyctl.catalog.classify.arguments import claims_of_arguments
from policyctl.catalog.classify.decide import Parts, decide, destroys
from policyctl.catalog.classify.description import claim_of_description, phrase_in
from policyctl.catalog.classify.evidence import evidence_of
from policyctl.catalog.classify.hidden import findings
from policyctl.catalog.classify.lexicon import LEXICON, singular
from policyctl.catalog.classify.name import claim_of_words
from policyctl.catalog.classify.risk import risk_of
from policyctl.catalog.classify.schema import properties_of
from policyctl.catalog.classify.signals import phrases
from policyctl.catalog.classify.split import split, without_server
from policyctl.catalog.classify.subject import Subject
from policyctl.catalog.classify.tags import tags_of
from policyctl.catalog.digest import is_stale
from policyctl.model.catalog import Category, Confidence, Evidence, Tool

_MOST_EVIDENCE = 10
#: What a name calls so can be fetched back.
_SOFT = frozenset({"soft", "trash"})


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
    parts = Parts(
        name=claim_of_words(words, near) or claim_of_words(split(tool.name), near),
        sentence=claim_of_description(description, near),
        arguments=claims_of_arguments(properties := properties_of(tool.input_schema), near),
        danger=phrase_in(description, phrases.DANGER),
        read_only=phrase_in(description, phrases.READ_ONLY),
        hints=hints_of(tool.annotations),
        is_suspect=bool(odd),
        is_described=bool(tool.description),
    )
    verdict = decide(parts, trusted=trusted)
    verbs = frozenset(claim.verb for claim in (parts.name, parts.sentence) if claim and claim.verb)
    subject = Subject(verdict.category, words, verbs, _objects(words, parts), properties)
    risk, graver = risk_of(subject, may_destroy=destroys(parts.hints))
    evidence = (*odd, *evidence_of(parts, verdict, description), *((graver,) if graver else ()))
    return replace(
        tool,
        category=verdict.category,
        risk=risk,
        tags=tags_of(subject, for_good=_is_for_good(parts, verdict.category, words, description)),
        confidence=verdict.confidence,
        evidence=tuple(dict.fromkeys(evidence))[:_MOST_EVIDENCE],
    )


def _objects(words: tuple[str, ...], parts: Parts) -> tuple[tuple[str, ...], ...]:
    """What the name is about, and what the sentence is about."""
    at = next((at for at, word in enumerate(words) if parts.name and word == parts.name.verb), -1)
    of_name = object_of(words[at + 1 :]) or object_of(word for word in words if word not in LEXICON)
    of_sentence = (parts.sentence.thing,) if parts.sentence and parts.sentence.thing else ()
    return tuple(named for named in (of_name, of_sentence) if named)


def _is_for_good(parts: Parts, category: Category, words: tuple[str, ...], description: str) -> bool:
    if category is not Category.DESTRUCTIVE:
        return parts.danger is not None and category is not Category.READ
    return _SOFT.isdisjoint(words) and phrase_in(description, phrases.SOFT) is None
