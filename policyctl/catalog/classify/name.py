"""What the name of a tool says: its verb, on its object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyctl.catalog.classify.act import category_of, object_of
from policyctl.catalog.classify.claim import Claim, Strength, strictest
from policyctl.catalog.classify.lexicon import LEXICON, NOUNS, Tier, singular
from policyctl.catalog.classify.signals import things
from policyctl.catalog.classify.signals.verbs import MANNER, PHRASAL
from policyctl.model.catalog import Category

_JOINTS = frozenset({"or", "and", "then", "n"})


def claim_of_words(words: Sequence[str], near: frozenset[str]) -> Claim | None:
    """The class that the words speak for; None if they hold no verb and nothing that stands for one."""
    joined = tuple(_phrasal(words))
    found = tuple(_claims(joined, near | frozenset(map(singular, joined))))
    return strictest(found) if found else None


def _phrasal(words: Sequence[str]) -> Iterator[str]:
    skip = False
    for word, following in zip(words, (*words[1:], ""), strict=True):
        if skip:
            skip = False
            continue
        verb = PHRASAL.get((word, following))
        skip = verb is not None
        yield verb or word


def _claims(words: Sequence[str], near: frozenset[str]) -> Iterator[Claim]:
    lead = next((at for at, word in enumerate(words) if word in LEXICON or singular(word) in NOUNS), None)
    if lead is None:
        return
    always = [at for at, word in enumerate(words) if _tier(word) is Tier.ALWAYS]
    if always:
        first = always[0]
        if lead < first and words[lead] in MANNER and _tier(words[lead]) is Tier.LEADING:
            yield _claim(words, lead, Strength.LIKELY, near)
        for at in (first, *_joined(words, first)):
            yield _claim(words, at, Strength.SURE, near)
        return
    leading = [at for at, word in enumerate(words) if _tier(word) is Tier.LEADING]
    if leading:
        yield _leading(words, lead, leading, near)
    else:
        yield from _nouns(words, lead, near)


def _tier(word: str) -> Tier | None:
    entry = LEXICON.get(word)
    return entry[0] if entry else None


def _joined(words: Sequence[str], first: int) -> Iterator[int]:
    """Further verbs beside the first: `create_or_update`, `add_remove`; after one that reads only if a word joins them."""
    at, is_read = first, LEXICON[words[first]][1] is Category.READ and words[first] not in MANNER
    for next_ in range(first + 1, len(words)):
        if words[next_] in _JOINTS:
            continue
        is_beside = next_ == at + 1
        if _tier(words[next_]) not in {Tier.ALWAYS, Tier.LEADING} or (is_beside and is_read):
            return
        yield next_
        at = next_


def _leading(words: Sequence[str], lead: int, leading: Sequence[int], near: frozenset[str]) -> Claim:
    """Of several the one where the imperative stands, else the last."""
    at = lead if lead in leading else leading[-1]
    rest = words[at + 1 :]
    if at == lead and rest and rest[-1] in things.READING_TAILS:
        return _reading(rest[-1], Strength.LIKELY)
    if at == lead:
        return _claim(words, at, Strength.SURE if rest else Strength.LIKELY, near)
    if not rest and words[at - 1 : at] and LEXICON[words[at]][1] is not Category.READ and lead != 0:
        return _claim(words, at, Strength.LIKELY, near)
    return _claim(words, at, Strength.LIKELY if not rest or at == lead + 1 else Strength.WEAK, near)


def _nouns(words: Sequence[str], lead: int, near: frozenset[str]) -> Iterator[Claim]:
    last = words[-1]
    if last in things.READING_TAILS:
        yield _reading(last, Strength.LIKELY)
        return
    if _tier(words[lead]) is Tier.RARELY and len(words) > lead + 1 and _tier(last) is not Tier.RARELY:
        yield _claim(words, lead, Strength.LIKELY if words[lead + 1] in things.PREPOSITIONS else Strength.WEAK, near)
        return
    named = object_of(words[lead:])
    head = named[-1] if named else last
    if last != head and singular(last) == head:
        yield Claim(
            Category.READ, Strength.WEAK, "name", "name", f"`{last}` are several things, and no verb says what is done"
        )
    elif _tier(head) is Tier.RARELY:
        yield _claim((head,), 0, Strength.WEAK, near)
    else:
        yield Claim(Category.READ, Strength.HINT, "name", "name", "no verb says what is done")


def _reading(tail: str, strength: Strength) -> Claim:
    return Claim(Category.READ, strength, "name", "name", f"`{tail}` at the end is something to read")


def _claim(words: Sequence[str], at: int, strength: Strength, near: frozenset[str]) -> Claim:
    verb = words[at]
    named = object_of(words[at + 1 :]) or object_of(words[:at])
    category, says = category_of(verb, named, near)
    return Claim(category, strength, "verb", "name", says, verb, named[-1] if named else "")
