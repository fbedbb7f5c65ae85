"""What the name of a tool says: its verb, on its object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyctl.catalog.classify.abroad import first_verb
from policyctl.catalog.classify.act import judge, object_of
from policyctl.catalog.classify.claim import Claim, Strength, strictest
from policyctl.catalog.classify.lexicon import AGENT, LEXICON, NOUNS, Tier, singular
from policyctl.catalog.classify.signals import things
from policyctl.catalog.classify.signals.verbs import (
    CHANGES,
    COMPOUND,
    GENERAL,
    LOOKUPS,
    MANNER,
    NOUNISH,
    PHRASAL,
    TWINS,
)
from policyctl.model.catalog import Category

_JOINTS = frozenset({"or", "and", "then", "n"})
#: What these make, `remove` takes back.
TAKEN_BACK = frozenset({"add", "set", "assign", "attach", "apply"})


def claim_of_words(words: Sequence[str], near: frozenset[str]) -> Claim | None:
    """The class that the words speak for; None if they hold no verb and nothing that stands for one."""
    if not words:
        return None
    joined = tuple(_phrasal(words))
    found = tuple(_claims(joined, near | frozenset(map(singular, joined))))
    return strictest(found) if found else None


def _phrasal(words: Sequence[str]) -> Iterator[str]:
    skip = False
    for word, following in zip(words, (*words[1:], ""), strict=True):
        if skip:
            skip = False
            continue
        pair = (word, following)
        one = PHRASAL.get(pair) or COMPOUND.get(pair)
        skip = one is not None
        yield one or word


def _claims(words: Sequence[str], near: frozenset[str]) -> Iterator[Claim]:
    """ALWAYS verbs speak before LEADING ones, these before nouns."""
    lead = next((at for at, word in enumerate(words) if word in LEXICON or singular(word) in NOUNS), None)
    if lead is None:
        yield from _unknown(words, near)
        return
    always = [at for at, word in enumerate(words) if _tier(word) is Tier.ALWAYS and not _is_state(words, at)]
    leading = [at for at, word in enumerate(words) if _tier(word) is Tier.LEADING]
    if len(words) > 1 and words[-1] == "history" and words[-2] in CHANGES:
        yield _reading("history", Strength.LIKELY)
        return
    if lead in leading and always and _is_apart(words, lead, always[0]):
        always = []
    if always:
        first = next((at for at in always if words[at] not in GENERAL), always[0])
        if lead in leading and words[lead] in MANNER:
            yield _claim(words, lead, Strength.LIKELY, near)
        yield from _beside(words, (first, *_joined(words, first)), near)
    elif _is_agent(words, leading):
        yield _claim((*words[:-1], AGENT[words[-1]]), len(words) - 1, Strength.LIKELY, near)
    elif leading:
        yield from _leading(words, lead, leading, near)
    else:
        yield from _nouns(words, lead, near)


def _unknown(words: Sequence[str], near: frozenset[str]) -> Iterator[Claim]:
    """No word is known: a verb of another language, one who does something, or a plural, which is several things."""
    if foreign := first_verb(words, "".join(words)):
        verb, category = foreign
        yield Claim(category, Strength.LIKELY, "verb", "name", f"its first verb is `{verb}`")
    elif words[-1] in AGENT:
        yield _claim((*words[:-1], AGENT[words[-1]]), len(words) - 1, Strength.LIKELY, near)
    elif words[-1] != singular(words[-1]):
        yield _several(words[-1])


def _tier(word: str) -> Tier | None:
    entry = LEXICON.get(word)
    return entry[0] if entry else None


def _is_agent(words: Sequence[str], leading: Sequence[int]) -> bool:
    """`recipe_finder`, `order_tracker`: one who does it, and no other verb before."""
    is_alone = all(words[at] in NOUNISH for at in leading)
    return is_alone and words[-1] in AGENT and singular(words[-1]) not in NOUNS


def _is_state(words: Sequence[str], at: int) -> bool:
    """`mark_all_read`: a state that something is put into."""
    return words[at] in {"read", "complete"} and "mark" in words[:at]


def _is_apart(words: Sequence[str], lead: int, verb: int) -> bool:
    """`sign_in_as_delete`: a preposition between the two leaves the first one its own."""
    return any(word in things.PREPOSITIONS and word not in _JOINTS for word in words[lead + 1 : verb])


def _joined(words: Sequence[str], first: int) -> Iterator[int]:
    """Further verbs that belong to the first: by a word between (`create_or_update`), or as its twin (`add_remove`)."""
    at, is_joined = first, False
    for here in range(first + 1, len(words)):
        if words[here] in _JOINTS:
            is_joined = True
            continue
        is_twin = here == at + 1 and words[at] in TWINS and words[here] in TWINS
        if not (is_twin or (is_joined and _tier(words[here]) in {Tier.ALWAYS, Tier.LEADING})):
            return
        yield here
        at, is_joined = here, False


def _beside(words: Sequence[str], verbs: Sequence[int], near: frozenset[str]) -> Iterator[Claim]:
    """A claim for each verb; what `add` makes `remove` takes back, so the two together only change something."""
    is_toggle = not TAKEN_BACK.isdisjoint(words[at] for at in verbs)
    for at in verbs:
        if not (is_toggle and words[at] == "remove"):
            yield _claim(words, at, Strength.SURE, near)


def _leading(words: Sequence[str], lead: int, leading: Sequence[int], near: frozenset[str]) -> Iterator[Claim]:
    """The verb where the imperative stands, else those that are no nouns, else the last."""
    if lead not in leading:
        yield from _not_leading(words, lead, leading, near)
        return
    rest = words[lead + 1 :]
    if not rest and len(words) > 1 and words[lead] in things.RECORD_TAILS:
        yield _reading(words[lead], Strength.LIKELY)
        return
    lookup = next((here for here in leading if here > lead and words[here] in LOOKUPS), None)
    if rest and _is_read_at(words, lead):
        yield _reading(rest[-1], Strength.LIKELY)
    elif words[lead] == "open" and rest and (rest[-1] != singular(rest[-1]) or rest[-1] == "order"):
        yield Claim(Category.READ, Strength.LIKELY, "name", "name", f"`open` says which `{rest[-1]}`")
    elif lookup is not None and LEXICON[words[lead]][1] is not Category.EXECUTE:
        yield _claim(words, lookup, Strength.LIKELY, near)
    else:
        is_noun = not rest or words[lead] in NOUNISH
        yield _claim(words, lead, Strength.LIKELY if is_noun else Strength.SURE, near)
        yield from (_claim(words, at, Strength.LIKELY, near) for at in _joined(words, lead))


def _not_leading(words: Sequence[str], lead: int, leading: Sequence[int], near: frozenset[str]) -> Iterator[Claim]:
    last = len(words) - 1
    if words[last] in things.RECORD_TAILS:
        yield _reading(words[last], Strength.LIKELY)
        return
    verbs = [at for at in leading if words[at] not in NOUNISH or at == last] or [leading[-1]]
    for at in verbs:
        if at < last and _is_read_at(words, at):
            yield _reading(words[-1], Strength.LIKELY)
        else:
            yield _claim(words, at, Strength.LIKELY if at in {last, lead + 1} else Strength.WEAK, near)


def _is_read_at(words: Sequence[str], at: int) -> bool:
    """Whether the last word makes a noun of the verb at `at`: `deposit_history`; never of one that destroys."""
    if LEXICON[words[at]][1] is Category.DESTRUCTIVE or not things.PREPOSITIONS.isdisjoint(words[at + 1 :]):
        return False
    return words[-1] in things.RECORD_TAILS or (words[at] in NOUNISH and words[-1] in things.READING_TAILS)


def _nouns(words: Sequence[str], lead: int, near: frozenset[str]) -> Iterator[Claim]:
    last = words[-1]
    if last in things.READING_TAILS:
        yield _reading(last, Strength.LIKELY)
        return
    is_act = _tier(words[lead]) is Tier.RARELY and len(words) > lead + 1 and _tier(last) is not Tier.RARELY
    if is_act and LEXICON[words[lead]][1] is not Category.FINANCIAL:
        is_clear = words[lead + 1] in things.PREPOSITIONS
        yield _claim(words, lead, Strength.LIKELY if is_clear else Strength.WEAK, near)
        return
    named = object_of(words[lead:])
    head = named[-1] if named else last
    if last != head and singular(last) == head:
        yield _several(last)
    elif _tier(head) is Tier.RARELY:
        yield _claim((head,), 0, Strength.WEAK, near)
    else:
        yield Claim(Category.READ, Strength.HINT, "name", "name", "no verb says what is done")


def _several(last: str) -> Claim:
    says = f"`{last}` are several things, and no verb says what is done"
    return Claim(Category.READ, Strength.WEAK, "name", "name", says)


def _reading(tail: str, strength: Strength) -> Claim:
    return Claim(Category.READ, strength, "name", "name", f"`{tail}` at the end is something to read")


def _claim(words: Sequence[str], at: int, strength: Strength, near: frozenset[str]) -> Claim:
    verb = words[at]
    named = object_of(words[at + 1 :]) or object_of(words[:at])
    category, says = judge(verb, named, near)
    return Claim(category, strength, "verb", "name", says, verb, named[-1] if named else "")
