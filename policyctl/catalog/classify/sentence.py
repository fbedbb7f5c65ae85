"""The verbs of a sentence in English, and what they act on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policyctl.catalog.classify.act import category_of, is_one_of, object_of
from policyctl.catalog.classify.claim import Claim, Strength
from policyctl.catalog.classify.lexicon import GERUND, LEXICON, PARTICIPLE, THIRD, Tier, singular
from policyctl.catalog.classify.name import TAKEN_BACK
from policyctl.catalog.classify.signals import phrases, things
from policyctl.catalog.classify.signals.verbs import COMPOUND, LIGHT, PHRASAL, PLURALS
from policyctl.model.catalog import Category

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|[,:/&()]")
#: A verb at the start has no such word behind it.
_AFTER_NOUNS = frozenset({"and", "of", "by", "with", "in", "between", "per"})
_SEPARATORS = frozenset({",", "/", "&", "and", "or", ":"})
_ENDS = _SEPARATORS | {"("}
#: A verb further on belongs to another clause.
_LEAD_IN_LENGTH = 16


def claims_of_sentence(sentence: str, near: frozenset[str]) -> Iterator[Claim]:
    """A claim for the leading verb and each that is joined to it; nothing where there is no verb."""
    tokens = tuple(_joined([token.lower().replace("’", "'") for token in _TOKEN.findall(sentence)]))
    if not tokens or tokens[0] in phrases.CONDITIONS:
        return
    near |= frozenset(map(singular, tokens))
    at, is_led_in = _first_verb(tokens)
    if at is not None:
        is_aside = not {"which", "that"}.isdisjoint(tokens[:at])
        # "The search API of the server retrieves …": a subject of its own.
        is_main = is_led_in or (tokens[at] in THIRD and LEXICON[THIRD[tokens[at]]][1] is Category.READ)
        most = Strength.WEAK if is_aside and not is_led_in else Strength.SURE if is_main else Strength.LIKELY
        yield from _from(tokens, at, near, most)
    elif passive := _passive(tokens):
        yield _claim(passive, (), Strength.LIKELY, near)
    elif _provides(tokens):
        yield Claim(Category.READ, Strength.LIKELY, "sentence", "description", "says what it provides")


def words_of(sentence: str) -> list[str]:
    """The words of a sentence, in lower case."""
    return [token.lower() for token in _TOKEN.findall(sentence)]


def _joined(tokens: Sequence[str]) -> Iterator[str]:
    """Two words that are one verb or one thing as one."""
    at = 0
    while at < len(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        one = PHRASAL.get((_base(tokens[at]) or tokens[at], following)) or COMPOUND.get((tokens[at], following))
        yield one or tokens[at]
        at += 2 if one else 1


def _base(word: str) -> str | None:
    """The verb of which this is the infinitive or the `-s` form; what a function returns is read."""
    if word == "return":
        return "retrieve"
    if word in LEXICON and LEXICON[word][0] is not Tier.RARELY:
        return word
    return THIRD.get(word)


def _first_verb(tokens: Sequence[str]) -> tuple[int | None, bool]:
    """Where the leading verb stands, and whether the words before only lead to it; else it may be about something else."""
    is_led_in = True
    for at, word in enumerate(tokens[:_LEAD_IN_LENGTH]):
        before = tokens[at - 1] if at else ""
        if word not in phrases.LEAD_IN and _is_verb_here(word, before, at, is_led_in=is_led_in):
            return at, is_led_in
        is_led_in = is_led_in and word in phrases.LEAD_IN
    return None, False


def _is_verb_here(token: str, before: str, at: int, *, is_led_in: bool) -> bool:
    verb = _base(token)
    if verb:
        is_always = LEXICON[verb][0] is Tier.ALWAYS
        is_third = token != verb
        if at == 0 or (before in phrases.MODALS and (is_led_in or before in {"users", "to"})):
            return is_always or at == 0 or before in {"to", "users", "will", "can", ":"}
        # "The server returns …", "This endpoint creates …"
        if not (is_always and is_third) or token in PLURALS:
            return False
        return is_led_in or at <= 4 or LEXICON[verb][1] is Category.READ
    return token in GERUND and (at == 0 or (before in {"for", "of"} and is_led_in))


def _from(tokens: Sequence[str], at: int, near: frozenset[str], most: Strength) -> Iterator[Claim]:
    """The leading verb, and those that `,`, `or`, `and` join to it in the same mood."""
    mood = _mood(tokens[at])
    yield _claim_at(tokens, at, near, most)
    beside = True
    for here in range(at + 1, _end_of_clause(tokens, at)):
        if tokens[here] in _SEPARATORS:
            continue
        verb = _verb(tokens[here]) if tokens[here - 1] in _SEPARATORS and _mood(tokens[here]) == mood else ""
        if not verb or not (beside or LEXICON[verb][0] is Tier.ALWAYS):
            beside = False
        elif verb == "remove" and not TAKEN_BACK.isdisjoint(map(_verb, tokens[at:here])):
            continue
        else:
            yield _claim_at(tokens, here, near, most if beside else min(most, Strength.LIKELY))


def _claim_at(tokens: Sequence[str], at: int, near: frozenset[str], most: Strength) -> Claim:
    named = object_of(_clause(tokens[at + 1 :]))
    verb = "return" if tokens[at] == "return" and is_one_of(named, things.GOODS) else _verb(tokens[at])
    tier, category = LEXICON[verb]
    if tier is Tier.LEADING and _is_noun(tokens, at):
        says = f"speaks of `{tokens[at]} {named[-1] if named else ''}`".rstrip(" `") + "`"
        return Claim(Category.READ, Strength.LIKELY, "sentence", "description", says)
    if verb in LIGHT and named and named[-1] in LEXICON and category_of(verb, named, near)[0] is category:
        return _claim(named[-1], named[:-1], min(most, Strength.LIKELY), near)
    is_pair = category_of(verb, named, near)[0] is not category
    is_sure = tier is Tier.ALWAYS or category is Category.FINANCIAL or is_pair
    return _claim(verb, named, most if is_sure else min(most, Strength.LIKELY), near)


def _is_noun(tokens: Sequence[str], at: int) -> bool:
    """Whether the word at the start names a thing: `Deposit history of …`, `Log of …`, `Trading rules`, `Open positions`."""
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if at:
        return False
    if tokens[at] in GERUND:
        return following not in things.ARTICLES
    if following in _AFTER_NOUNS or (tokens[at] == "open" and following != singular(following)):
        return True
    ends = (here for here, word in enumerate(tokens) if word in things.PREPOSITIONS or word in _ENDS)
    end = next(ends, len(tokens))
    return 1 < end <= 4 and tokens[end - 1] in things.READING_TAILS


def _claim(verb: str, named: Sequence[str], strength: Strength, near: frozenset[str]) -> Claim:
    category, says = category_of(verb, named, near)
    if category is LEXICON[verb][1] and verb in phrases.VAGUE:
        strength = Strength.WEAK
    return Claim(category, strength, "sentence", "description", says, verb, named[-1] if named else "")


def _end_of_clause(tokens: Sequence[str], at: int) -> int:
    return next((here for here in range(at + 1, len(tokens)) if tokens[here] in phrases.SUBORDINATE), len(tokens))


def _mood(token: str) -> str:
    if token in LEXICON:
        return "base"
    return "third" if token in THIRD else "gerund" if token in GERUND else ""


def _verb(token: str) -> str:
    return _base(token) or GERUND.get(token, "")


def _clause(tokens: Sequence[str]) -> Iterator[str]:
    """The words up to the next sign; joined verbs before the object are passed over."""
    has_started = False
    for token in tokens:
        if token in _SEPARATORS:
            if has_started:
                return
        elif token in {"(", ")"}:
            return
        elif has_started or not (_base(token) and LEXICON[_verb(token)][0] is Tier.ALWAYS):
            has_started = has_started or token not in things.ARTICLES
            yield token


def _passive(tokens: Sequence[str]) -> str | None:
    for before, token in pairwise(tokens):
        verb = PARTICIPLE.get(token)
        if (
            before in {"is", "are", "be", "been", "gets"}
            and verb
            and LEXICON[verb][0] is Tier.ALWAYS
            and verb not in phrases.VAGUE
        ):
            return verb
    return None


def _provides(tokens: Sequence[str]) -> bool:
    for at, word in enumerate(tokens[:6]):
        if word in {"provides", "provide", "gives"}:
            return phrases.MEANS.isdisjoint(tokens[at + 1 : at + 5])
        if word not in phrases.LEAD_IN:
            return False
    return False
