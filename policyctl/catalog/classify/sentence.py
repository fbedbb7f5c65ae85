"""The verbs of a sentence in English, and what they act on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from policyctl.catalog.classify.act import has_pair, is_one_of, judge, object_of
from policyctl.catalog.classify.claim import Claim, Strength
from policyctl.catalog.classify.grammar import SEPARATORS, base, mood_of, tokens_of, verb_of
from policyctl.catalog.classify.lexicon import GERUND, LEXICON, PARTICIPLE, THIRD, Tier, singular
from policyctl.catalog.classify.name import TAKEN_BACK
from policyctl.catalog.classify.signals import phrases, things
from policyctl.catalog.classify.signals.verbs import LIGHT, NOMINAL, PLURALS
from policyctl.model.catalog import Category

#: A verb at the start has no such word behind it.
_AFTER_NOUNS = frozenset({"and", "of", "by", "with", "in", "between", "per"})
_ENDS = SEPARATORS | {"("}
_OPENING = frozenset({"on", "a", "an", "the"})
#: A verb further on belongs to another clause.
_LEAD_IN_LENGTH = 16


def claims_of_sentence(sentence: str, near: frozenset[str]) -> Iterator[Claim]:
    """A claim for the leading verb and each that is joined to it, else a weak one for each verb that is mentioned."""
    tokens = tokens_of(sentence)
    if not tokens or tokens[0] in phrases.CONDITIONS:
        return
    near |= frozenset(map(singular, tokens))
    at, is_led_in = _first_verb(tokens)
    if at is not None:
        yield from _from(tokens, at, near, _most(tokens, at, is_led_in=is_led_in))
    elif passive := _passive(tokens):
        yield _claim(passive, (), Strength.LIKELY, near)
    elif nominal := _nominal(tokens):
        verb, rest = nominal
        yield _claim(verb, object_of(_clause(rest)), Strength.LIKELY, near)
    elif _provides(tokens):
        yield Claim(Category.READ, Strength.LIKELY, "sentence", "description", "says what it provides")
    else:
        yield from _mentioned(tokens, near)


def _first_verb(tokens: Sequence[str]) -> tuple[int | None, bool]:
    """Where the leading verb stands, and whether the words before only lead to it; else it may be about something else."""
    is_led_in = True
    for at, word in enumerate(tokens[:_LEAD_IN_LENGTH]):
        before = tokens[at - 1] if at else ""
        if word not in phrases.LEAD_IN and _is_verb_here(tokens, at, before, is_led_in=is_led_in):
            return at, is_led_in
        is_led_in = is_led_in and word in phrases.LEAD_IN
    return None, False


def _is_verb_here(tokens: Sequence[str], at: int, before: str, *, is_led_in: bool) -> bool:
    word = tokens[at]
    verb = base(word)
    if verb:
        is_always, is_third = LEXICON[verb][0] is Tier.ALWAYS, word != verb
        if at == 0 or (before in phrases.MODALS and (is_led_in or before in {"users", "to"})):
            return is_always or at == 0 or before in phrases.OF_INFINITIVES
        # "The server returns …", "This endpoint creates …"
        if not (is_always and is_third) or word in PLURALS:
            return False
        return is_led_in or at <= 4 or LEXICON[verb][1] is Category.READ
    if word in GERUND:
        return at == 0 or (before in {"for", "of"} and is_led_in)
    # "Comment on an issue"
    return at == 0 and word in LEXICON and len(tokens) > 1 and tokens[1] in _OPENING


def _most(tokens: Sequence[str], at: int, *, is_led_in: bool) -> Strength:
    """How much the leading verb can weigh by what stands before it."""
    if is_led_in:
        return Strength.SURE
    if not {"which", "that"}.isdisjoint(tokens[:at]):
        return Strength.WEAK
    # "The search API of the server retrieves …": a subject of its own.
    is_main = tokens[at] in THIRD and LEXICON[THIRD[tokens[at]]][1] is Category.READ
    return Strength.SURE if is_main else Strength.LIKELY


def _from(tokens: Sequence[str], at: int, near: frozenset[str], most: Strength) -> Iterator[Claim]:
    """The leading verb, and those that `,`, `or`, `and` join to it in the same mood."""
    mood = mood_of(tokens[at])
    end = next((here for here in range(at + 1, len(tokens)) if tokens[here] in phrases.SUBORDINATE), len(tokens))
    purpose = _purpose(tokens, at, end)
    if purpose is not None:
        yield _claim_at(tokens, purpose, near, min(most, Strength.LIKELY))
        return
    later = _set_up(tokens, at, end, near)
    if later is not None:
        yield _claim_at(tokens, later, near, most)
    yield _claim_at(tokens, at, near, most)
    beside = True
    for here in range(at + 1, end):
        if tokens[here] in SEPARATORS:
            continue
        verb = verb_of(tokens[here]) if tokens[here - 1] in SEPARATORS and mood_of(tokens[here]) == mood else ""
        if not verb or not (beside or LEXICON[verb][0] is Tier.ALWAYS):
            beside = False
        elif verb == "remove" and not TAKEN_BACK.isdisjoint(map(verb_of, tokens[at:here])):
            continue
        else:
            yield _claim_at(tokens, here, near, most if beside else min(most, Strength.LIKELY))


def _purpose(tokens: Sequence[str], at: int, end: int) -> int | None:
    """`Calls the API to remove a record`: what it is called for."""
    if verb_of(tokens[at]) not in phrases.MEANS_TO:
        return None
    infinitives = (here + 1 for here in range(at + 1, end - 1) if tokens[here] == "to" and tokens[here + 1] in LEXICON)
    return next((here for here in infinitives if LEXICON[tokens[here]][0] is Tier.ALWAYS), None)


def _set_up(tokens: Sequence[str], at: int, end: int, near: frozenset[str]) -> int | None:
    """`Sets a timer to cancel all orders`, `Set auto-cancel of orders`: what happens later, where it moves money."""
    if verb_of(tokens[at]) not in phrases.SETTING:
        return None
    verbs = (
        here for here in range(at + 1, end) if tokens[here] in LEXICON and (tokens[here - 1] == "to" or here == at + 1)
    )
    return next((here for here in verbs if _moves_money(tokens, here, near)), None)


def _moves_money(tokens: Sequence[str], at: int, near: frozenset[str]) -> bool:
    named = object_of(_clause(tokens[at + 1 :]))
    return has_pair(tokens[at], named, near) and judge(tokens[at], named, near)[0] is Category.FINANCIAL


def _claim_at(tokens: Sequence[str], at: int, near: frozenset[str], most: Strength) -> Claim:
    named = object_of(_clause(tokens[at + 1 :]))
    verb = "return" if tokens[at] == "return" and is_one_of(named, things.GOODS) else verb_of(tokens[at]) or tokens[at]
    tier, category = LEXICON[verb]
    if tier is Tier.LEADING and _is_noun(tokens, at):
        about = " ".join((tokens[at], *named[-1:]))
        return Claim(Category.READ, Strength.LIKELY, "sentence", "description", f"speaks of `{about}`")
    is_pair = has_pair(verb, named, near)
    if verb in LIGHT and not is_pair and named and named[-1] in LEXICON:
        return _claim(named[-1], named[:-1], min(most, Strength.LIKELY), near)
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
    category, says = judge(verb, named, near)
    if verb in phrases.VAGUE and not has_pair(verb, named, near):
        strength = Strength.WEAK
    return Claim(category, strength, "sentence", "description", says, verb, named[-1] if named else "")


def _clause(tokens: Sequence[str]) -> Iterator[str]:
    """The words up to the next sign; joined verbs before the object are passed over."""
    has_started = False
    for token in tokens:
        if token in SEPARATORS:
            if has_started:
                return
        elif token in {"(", ")"}:
            return
        elif has_started or not (base(token) and LEXICON[verb_of(token)][0] is Tier.ALWAYS):
            has_started = has_started or token not in things.ARTICLES
            yield token


def _passive(tokens: Sequence[str]) -> str | None:
    """`The file is deleted`."""
    for before, token in pairwise(tokens):
        verb = PARTICIPLE.get(token)
        if before in phrases.BEING and verb and LEXICON[verb][0] is Tier.ALWAYS and verb not in phrases.VAGUE:
            return verb
    return None


def _nominal(tokens: Sequence[str]) -> tuple[str, Sequence[str]] | None:
    """`Deletion of records`: the verb, and the words behind `of`."""
    for at, (word, following) in enumerate(pairwise(tokens[:_LEAD_IN_LENGTH])):
        if word in NOMINAL and following == "of":
            return NOMINAL[word], tokens[at + 2 :]
    return None


def _provides(tokens: Sequence[str]) -> bool:
    for at, word in enumerate(tokens[:6]):
        if word in {"provides", "provide", "gives"}:
            return phrases.MEANS.isdisjoint(tokens[at + 1 : at + 5])
        if word not in phrases.LEAD_IN:
            return False
    return False


def _mentioned(tokens: Sequence[str], near: frozenset[str]) -> Iterator[Claim]:
    """No verb leads: any that changes something may be what happens, and none of them is sure to be."""
    for token in tokens:
        verb = NOMINAL.get(token) or verb_of(token)
        if not verb or token in PLURALS or verb in phrases.VAGUE:
            continue
        tier, category = LEXICON[verb]
        is_form = tier is Tier.ALWAYS or (category is Category.FINANCIAL and token != verb)
        if is_form and category is not Category.READ:
            yield _claim(verb, (), Strength.WEAK, near)
