"""Words of an English sentence, and the verbs of which they are forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policyctl.catalog.classify.lexicon import GERUND, LEXICON, THIRD, Tier
from policyctl.catalog.classify.signals.verbs import COMPOUND, PHRASAL

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|[,:/&()]")
SEPARATORS = frozenset({",", "/", "&", "and", "or", ":"})


def words_of(sentence: str) -> tuple[str, ...]:
    """The words of a sentence in lower case, and the signs that part it."""
    return tuple(token.lower().replace("’", "'") for token in _TOKEN.findall(sentence))


def tokens_of(sentence: str) -> tuple[str, ...]:
    """The same, two words that are one verb or one thing as one; adverbs say how, not what, and are left out."""
    return tuple(_joined([word for word in words_of(sentence) if not _is_adverb(word)]))


def _is_adverb(word: str) -> bool:
    return len(word) > 4 and word.endswith("ly") and word not in LEXICON


def _joined(words: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        one = PHRASAL.get((base(words[at]) or words[at], following)) or COMPOUND.get((words[at], following))
        yield one or words[at]
        at += 2 if one else 1


def base(word: str) -> str | None:
    """The verb of which this is the infinitive or the `-s` form; what a function returns is read."""
    if word == "return":
        return "retrieve"
    if word in LEXICON and LEXICON[word][0] is not Tier.RARELY:
        return word
    return THIRD.get(word)


def verb_of(word: str) -> str:
    """The verb of which this is any form that can lead a sentence; empty if it is none."""
    return base(word) or GERUND.get(word, "")


def mood_of(word: str) -> str:
    """Verbs that belong together stand in one mood: `create, update or delete`, `creates and deletes`."""
    if word in LEXICON:
        return "base"
    return "third" if word in THIRD else "gerund" if word in GERUND else ""
