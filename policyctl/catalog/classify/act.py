"""A verb and what it acts on to a class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from policyctl.catalog.classify.lexicon import LEXICON, singular
from policyctl.catalog.classify.signals import things
from policyctl.catalog.classify.signals.pairs import PAIRS, Pair
from policyctl.model.catalog import Category

#: They stand between a thing and its name for software: a payment intent is about the payment.
_TRANSPARENT = frozenset(
    {"intent", "session", "link", "item", "request", "batch", "instruction", "flow", "type", "mode"}
)
_SKIPPED = things.MODIFIERS | things.ARTICLES


def object_of(words: Iterable[str]) -> tuple[str, ...]:
    """The words of the first thing that is named, in the singular, its head last; empty if there is none."""
    named: list[str] = []
    for word in words:
        if word in things.PREPOSITIONS:
            if named:
                break
            continue
        if word not in things.ARTICLES:
            named.append(singular(word))
    while len(named) > 1 and (named[-1] in _SKIPPED or named[-1] in _TRANSPARENT):
        named.pop()
    return tuple(named)


def is_one_of(named: Sequence[str], family: frozenset[str], pairs: frozenset[tuple[str, str]] = frozenset()) -> bool:
    """Whether the head belongs to a family, or the last two words are one of its pairs."""
    return bool(named) and (named[-1] in family or tuple(named[-2:]) in pairs)


def judge(verb: str, named: Sequence[str], near: frozenset[str]) -> tuple[Category, str]:
    """The class of a known verb on a thing, and why, in words; `near` are all words around."""
    pair = _pair(verb, named, near)
    if pair is None:
        category = LEXICON[verb][1]
        return category, f"`{verb}` {MEANING[category]}"
    on = f"`{verb}` on `{named[-1]}`" if named else f"`{verb}` alone"
    return pair.category, f"{on} {pair.says}"


def has_pair(verb: str, named: Sequence[str], near: frozenset[str]) -> bool:
    """Whether the verb does something in particular to this thing."""
    return _pair(verb, named, near) is not None


def _pair(verb: str, named: Sequence[str], near: frozenset[str]) -> Pair | None:
    head = named[-1] if named else ""
    for pair in _pairs_of(verb):
        is_meant = head in pair.things or not pair.among.isdisjoint(near)
        if pair.unless.isdisjoint(near) and (is_meant or any(tuple(named[-len(end) :]) == end for end in pair.ends)):
            return pair
    return None


@cache
def _pairs_of(verb: str) -> tuple[Pair, ...]:
    return tuple(pair for pair in PAIRS if verb in pair.verbs)


MEANING = {
    Category.READ: "asks and changes nothing",
    Category.WRITE: "makes or changes something",
    Category.EXECUTE: "sets off something that acts by itself",
    Category.DESTRUCTIVE: "takes away what was there",
    Category.FINANCIAL: "moves money",
}
