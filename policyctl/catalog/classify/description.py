"""What the description of a tool says: the verbs of its first sentence, and phrases anywhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policyctl.catalog.classify.abroad import first_verb, is_unspaced
from policyctl.catalog.classify.claim import Claim, Strength, strictest
from policyctl.catalog.classify.grammar import words_of
from policyctl.catalog.classify.sentence import claims_of_sentence
from policyctl.catalog.classify.signals import phrases

_SENTENCE = re.compile(r"(?<=[a-z0-9)\]\"'`])[.!?](?:\s|$)|\n+|[。！；]|;\s")
#: `[DEPRECATED]`, `(admin only)`
_LABEL = re.compile(r"^\s*(?:\[[^\]\n]{1,40}\]|\([^)\n]{1,40}\))\s*[:-]?\s*")
#: Who reads a list of tools does not read on; a phrase may stand further down.
_SENTENCES, _SENTENCE_LENGTH, _READ, _PHRASES_WITHIN = 3, 400, 2_000, 20_000


#: Fewer words make a heading.
_SHORTEST = 3
#: Where a sentence stands that is not the first.
FURTHER_ON = "description, further on"


def sentences(text: str) -> tuple[str, ...]:
    """The first sentences, without marks of Markdown."""
    plain = re.sub(r"[*`#>\[\]\"]+", " ", _LABEL.sub("", text[:_READ])).strip()
    parts = (part.strip()[:_SENTENCE_LENGTH] for part in _SENTENCE.split(plain) if part)
    return tuple(part for part in parts if part)[:_SENTENCES]


def claim_of_description(text: str, near: frozenset[str]) -> Claim | None:
    """The class that the first sentence with a clear verb speaks for; a vague one speaks where there is no other."""
    vague: Claim | None = None
    is_first = True
    for sentence in sentences(text):
        found = tuple(_claims(sentence, near))
        clear = tuple(claim for claim in found if claim.strength > Strength.WEAK)
        if clear:
            claim = strictest(clear)
            later = replace(claim, strength=min(claim.strength, Strength.LIKELY), where=FURTHER_ON)
            return claim if is_first else later
        # A heading such as "Purpose" is no sentence.
        is_first = is_first and len(words_of(sentence)) < _SHORTEST
        vague = vague or (strictest(found) if found else None)
    return vague


def _claims(sentence: str, near: frozenset[str]) -> Iterator[Claim]:
    found = () if is_unspaced(sentence) else tuple(claims_of_sentence(sentence, near))
    yield from found
    if not found and (foreign := first_verb(words_of(sentence), sentence)):
        verb, category = foreign
        yield Claim(category, Strength.LIKELY, "sentence", "description", f"its first verb is `{verb}`")


def phrase_in(text: str, family: Sequence[str]) -> str | None:
    """The first phrase of a family that the text says and does not turn around."""
    lowered = text[:_PHRASES_WITHIN].lower()
    return next((phrase for phrase in family if _says(lowered, phrase)), None)


def _says(text: str, phrase: str) -> bool:
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        is_whole = not (text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()) or not phrase.isascii()
        if is_whole and not any(word in text[max(0, start - 14) : start] for word in phrases.NEGATIONS):
            return True
        start = text.find(phrase, end)
    return False
