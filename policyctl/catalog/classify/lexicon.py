"""The families of words as tables to look up."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from policyctl.catalog.classify.signals import things, verbs
from policyctl.catalog.classify.signals.commands import COMMANDS
from policyctl.model.catalog import Category


class Tier(IntEnum):
    """How far a word is a verb."""

    RARELY = 1
    LEADING = 2
    ALWAYS = 3


def _lexicon() -> dict[str, tuple[Tier, Category]]:
    tiers = (
        (Tier.RARELY, verbs.RARELY),
        (Tier.LEADING, COMMANDS),
        (Tier.LEADING, verbs.LEADING),
        (Tier.ALWAYS, verbs.ALWAYS),
    )
    # Later tiers win: a word that stands in two is what the stronger one says.
    return {word: (tier, category) for tier, table in tiers for category, group in table.items() for word in group}


LEXICON = _lexicon()

NOUNS = frozenset().union(
    *(group for name, group in vars(things).items() if name.isupper() and not name.endswith("_PAIRS") and name not in {"MODIFIERS", "PREPOSITIONS", "ARTICLES"})
)  # fmt: skip


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """`policies` is policy, `boxes` box, `orders` order; `status` stays."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "news")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


def _forms() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    third: dict[str, str] = {}
    gerund: dict[str, str] = {}
    participle: dict[str, str] = {}
    for verb, (tier, _) in LEXICON.items():
        if tier is Tier.RARELY or len(verb) < 3:
            continue
        third.setdefault(_with_s(verb), verb)
        for stem in _stems(verb):
            gerund.setdefault(stem + "ing", verb)
            participle.setdefault(stem + "ed", verb)
    participle |= {"sent": "send", "read": "read", "written": "write", "overwritten": "overwrite", "paid": "pay",
                   "bought": "buy", "sold": "sell", "set": "set", "put": "put", "made": "make", "run": "run",
                   "withdrawn": "withdraw", "built": "build", "kept": "store", "shown": "show"}  # fmt: skip
    # In a sentence; in a name `return_order` gives something back.
    third |= {"returns": "retrieve", "reads": "read"}
    gerund["returning"] = "retrieve"
    return third, gerund, participle


def _with_s(verb: str) -> str:
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _stems(verb: str) -> tuple[str, ...]:
    if verb.endswith("e") and not verb.endswith("ee"):
        return (verb[:-1],)
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb, verb[:-1] + "i"
    if len(verb) > 2 and verb[-1] not in "aeiouwxyh" and verb[-2] in "aeiou" and verb[-3] not in "aeiou":
        return verb + verb[-1], verb
    return (verb,)


#: `creates`, `creating`, `created` to `create`.
THIRD, GERUND, PARTICIPLE = _forms()


def _agents() -> dict[str, str]:
    """`finder` to find; not for verbs that write, of whose agents too many are things (`printer`, `player`, `manager`)."""
    acting = {Category.READ, Category.EXECUTE, Category.DESTRUCTIVE}
    verbs = [verb for verb, (tier, category) in LEXICON.items() if tier is not Tier.RARELY and category in acting]
    endings = {stem + end: verb for verb in verbs if len(verb) > 2 for stem in _stems(verb) for end in ("er", "or")}
    return {agent: verb for agent, verb in endings.items() if agent not in LEXICON}


AGENT = _agents()
