"""What the description of a tool says: the verbs of its first sentence, and phrases anywhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from policyctl.catalog.classify.act import category_of, object_of
from policyctl.catalog.classify.claim import Claim, Strength, strictest
from policyctl.catalog.classify.lexicon import GERUND, LEXICON, PARTICIPLE, THIRD, Tier, singular
from policyctl.catalog.classify.signals import foreign, phrases
from policyctl.catalog.classify.signals.verbs import PHRASAL
from policyctl.model.catalog import Category

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|[,:/&()]")
_SENTENCE = re.compile(r"(?<=[a-z0-9)\]\"'`])[.!?](?:\s|$)|\n+|[。！；]|;\s")
_SEPARATORS = frozenset({",", "/", "&", "and", "or", ":"})
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: Of a first sentence that goes on for longer, nobody reads the rest.
_SENTENCE_LENGTH, _LEAD_IN_LENGTH, _PHRASES_WITHIN = 400, 16, 20_000


def sentences(text: str) -> tuple[str, ...]:
    """The first two sentences, without marks of Markdown."""
    plain = re.sub(r"[*`#>\[\]\"]+", " ", text[:2_000]).strip()
    return tuple(part.strip()[:_SENTENCE_LENGTH] for part in _SENTENCE.split(plain) if part and part.strip())[:2]


def claim_of_description(text: str, near: frozenset[str]) -> Claim | None:
    """The class that the first sentence with a verb speaks for."""
    for number, sentence in enumerate(sentences(text)):
        found = tuple(_claims(sentence, near))
        if found:
            claim = strictest(found)
            return claim if number == 0 else Claim(claim.category, Strength.WEAK, claim.signal, claim.where, claim.says)
    return None


def _claims(sentence: str, near: frozenset[str]) -> Iterator[Claim]:
    if _CJK.search(sentence):
        yield from _unspaced(sentence)
        return
    tokens = [token.lower().replace("’", "'") for token in _TOKEN.findall(sentence)]
    tokens = list(_phrasal(tokens))
    near = near | frozenset(map(singular, tokens))
    at = _first_verb(tokens)
    if at is not None:
        yield from _from(tokens, at, near)
    elif passive := _passive(tokens):
        yield _claim(passive, tokens, None, Strength.LIKELY, near)
    else:
        yield from _spaced(tokens)


def _phrasal(tokens: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(tokens):
        verb = PHRASAL.get((_base(tokens[at]) or tokens[at], tokens[at + 1] if at + 1 < len(tokens) else ""))
        yield verb or tokens[at]
        at += 2 if verb else 1


def _base(token: str) -> str | None:
    """The verb of which this is the infinitive or `-s` form."""
    if token in LEXICON and LEXICON[token][0] is not Tier.RARELY:
        return token
    return THIRD.get(token)


def _first_verb(tokens: Sequence[str]) -> int | None:
    """Where the leading verb stands: at the start, or behind words that only lead to it."""
    for at, token in enumerate(tokens[:_LEAD_IN_LENGTH]):
        is_led = at == 0 or tokens[at - 1] in {
            "to",
            "users",
            "you",
            "can",
            "will",
            "that",
            "which",
            "tool",
            ":",
            "for",
            "this",
            "api",
            "also",
            "and",
        }
        verb = _base(token)
        if verb and token not in phrases.LEAD_IN:
            tier = LEXICON[verb][0]
            if at == 0 or (is_led and (tier is Tier.ALWAYS or tokens[at - 1] in {"to", "will", "can", "users"})):
                return at
            if tier is Tier.ALWAYS and token != verb and all(before in phrases.LEAD_IN for before in tokens[:at]):
                return at
            if (
                tier is Tier.ALWAYS
                and token != verb
                and token in THIRD
                and LEXICON[verb][1] is not Category.READ
                and at <= 4
            ):
                return at
        if (at == 0 or tokens[at - 1] in {"for", "of", "by"}) and token in GERUND and token not in LEXICON:
            if at == 0 or all(before in phrases.LEAD_IN for before in tokens[:at]):
                return at
    return None


def _from(tokens: Sequence[str], at: int, near: frozenset[str]) -> Iterator[Claim]:
    """The leading verb, and those that `,`, `or`, `and` join to it in the same mood."""
    mood = _mood(tokens[at])
    yield _claim(_verb(tokens[at]), tokens, at, Strength.SURE, near)
    beside = True
    for here in range(at + 1, len(tokens)):
        if tokens[here] in _SEPARATORS:
            continue
        is_joined = tokens[here - 1] in _SEPARATORS
        verb = _verb(tokens[here]) if is_joined and _mood(tokens[here]) == mood else ""
        if verb and (beside or LEXICON[verb][0] is Tier.ALWAYS):
            yield _claim(verb, tokens, here, Strength.SURE if beside else Strength.LIKELY, near)
        else:
            beside = False


def _mood(token: str) -> str:
    if token in LEXICON:
        return "base"
    return "third" if token in THIRD else "gerund" if token in GERUND else ""


def _verb(token: str) -> str:
    return _base(token) or GERUND.get(token, "")


def _passive(tokens: Sequence[str]) -> str | None:
    for before, token in zip(tokens, tokens[1:], strict=False):
        if before in {"is", "are", "be", "been", "gets", "get"} and token in PARTICIPLE:
            verb = PARTICIPLE[token]
            if LEXICON[verb][0] is Tier.ALWAYS and verb not in phrases.VAGUE:
                return verb
    return None


def _claim(verb: str, tokens: Sequence[str], at: int | None, strength: Strength, near: frozenset[str]) -> Claim:
    named = object_of(_clause(tokens[at + 1 :])) if at is not None else ()
    category, says = category_of(verb, named, near)
    if verb in phrases.VAGUE:
        strength = Strength.WEAK
    return Claim(category, strength, "sentence", "description", says, verb, named[-1] if named else "")


def _clause(tokens: Sequence[str]) -> Iterator[str]:
    """The words up to the next sign; joined verbs before the object are passed over."""
    started = False
    for token in tokens:
        if token in _SEPARATORS:
            if started:
                return
        elif token in {"(", ")"}:
            return
        elif not started and _base(token) and LEXICON[_verb(token)][0] is Tier.ALWAYS:
            continue
        else:
            started = started or token not in {"a", "an", "the"}
            yield token


def _spaced(tokens: Sequence[str]) -> Iterator[Claim]:
    for token in tokens[:3]:
        if category := _spaced_verbs().get(token):
            yield Claim(category, Strength.LIKELY, "sentence", "description", f"starts with `{token}`")
            return


def _unspaced(sentence: str) -> Iterator[Claim]:
    """The verb that comes first; at the same place the longest."""
    found = [
        (sentence.find(verb), -len(verb), verb, category)
        for verb, category in _unspaced_verbs().items()
        if verb in sentence
    ]
    if found:
        _, _, verb, category = min(found)
        yield Claim(category, Strength.LIKELY, "sentence", "description", f"its first verb is `{verb}`")


@cache
def _spaced_verbs() -> dict[str, Category]:
    return {verb: category for category, verbs in foreign.SPACED.items() for verb in verbs if verb not in LEXICON}


@cache
def _unspaced_verbs() -> dict[str, Category]:
    return {verb: category for category, verbs in foreign.UNSPACED.items() for verb in verbs}


def phrase_in(text: str, family: Sequence[str]) -> str | None:
    """The first phrase of a family that the text says and does not turn around."""
    lowered = text[:_PHRASES_WITHIN].lower()
    for phrase in family:
        start = 0
        while (at := lowered.find(phrase, start)) >= 0:
            start = at + len(phrase)
            before = lowered[max(0, at - 14) : at]
            is_word = not lowered[at - 1 : at].isalpha() and not lowered[start : start + 1].isalpha()
            if (is_word or not phrase.isascii()) and not any(word in before for word in phrases.NEGATIONS):
                return phrase
    return None
