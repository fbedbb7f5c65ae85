"""Verbs of languages other than English, in names and in sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from policyctl.catalog.classify.lexicon import LEXICON
from policyctl.catalog.classify.signals import foreign
from policyctl.model.catalog import Category

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: A verb of a language with blanks stands at the start, behind a pronoun or an article at most.
_WORDS = 3


def is_unspaced(text: str) -> bool:
    """Whether the text is Chinese, Japanese or Korean, if only in part."""
    return _UNSPACED.search(text) is not None


def first_verb(words: Sequence[str], text: str) -> tuple[str, Category] | None:
    """The verb that comes first, with its class; in a text without blanks the longest that starts there."""
    if is_unspaced(text):
        verbs = _unspaced()
        found = [(text.find(verb), -len(verb), verb) for verb in verbs if verb in text]
        return (min(found)[2], verbs[min(found)[2]]) if found else None
    return next(((word, _spaced()[word]) for word in words[:_WORDS] if word in _spaced()), None)


@cache
def _spaced() -> dict[str, Category]:
    return {verb: category for category, verbs in foreign.SPACED.items() for verb in verbs if verb not in LEXICON}


@cache
def _unspaced() -> dict[str, Category]:
    return {verb: category for category, verbs in foreign.UNSPACED.items() for verb in verbs}
