"""What the description of a tool says: the verbs of its first sentence, and phrases anywhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from policyctl.catalog.classify.claim import Claim, Strength, strictest
from policyctl.catalog.classify.lexicon import LEXICON
from policyctl.catalog.classify.sentence import claims_of_sentence, words_of
from policyctl.catalog.classify.signals import foreign, phrases
from policyctl.model.catalog import Category

_SENTENCE = re.compile(r"(?<=[a-z0-9)\]\"'`])[.!?](?:\s|$)|\n+|[。！；]|;\s")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: Who reads a list of tools does not read on; a phrase may stand further down.
_SENTENCES, _SENTENCE_LENGTH, _READ, _PHRASES_WITHIN = 3, 400, 2_000, 20_000


#: Fewer words make a heading.
_SHORTEST = 3
#: Where a sentence stands that is not the first.
FURTHER_ON = "description, further on"


def sentences(text: str) -> tuple[str, ...]:
    """The first sentences, without marks of Markdown."""
    plain = re.sub(r"[*`#>\[\]\"]+", " ", text[:_READ]).strip()
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
    if _UNSPACED.search(sentence):
        return _unspaced(sentence)
    found = tuple(claims_of_sentence(sentence, near))
    return iter(found) if found else _spaced(words_of(sentence))


def _spaced(tokens: Sequence[str]) -> Iterator[Claim]:
    for token in tokens[:3]:
        if category := _spaced_verbs().get(token):
            yield Claim(category, Strength.LIKELY, "sentence", "description", f"starts with `{token}`")
            return


def _unspaced(sentence: str) -> Iterator[Claim]:
    """The verb that comes first; at the same place the longest."""
    verbs = _unspaced_verbs()
    found = [(sentence.find(verb), -len(verb), verb) for verb in verbs if verb in sentence]
    if found:
        verb = min(found)[2]
        yield Claim(verbs[verb], Strength.LIKELY, "sentence", "description", f"its first verb is `{verb}`")


@cache
def _spaced_verbs() -> dict[str, Category]:
    return {verb: category for category, verbs in foreign.SPACED.items() for verb in verbs if verb not in LEXICON}


@cache
def _unspaced_verbs() -> dict[str, Category]:
    return {verb: category for category, verbs in foreign.UNSPACED.items() for verb in verbs}


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
