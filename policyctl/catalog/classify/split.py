"""A tool's name in whatever spelling to its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from policyctl.catalog.classify.lexicon import LEXICON, NOUNS, singular
from policyctl.catalog.classify.signals.verbs import RUN_TOGETHER

#: `getURLForID2` is get, URL, For, ID.
_WORD = re.compile(r"[A-Z]+s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
#: With letters beyond ASCII: a run of Chinese, Japanese or Korean, or letters up to the next capital.
_IDEOGRAPHS = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_FOREIGN_WORD = re.compile(rf"[{_IDEOGRAPHS}]+|[^\W\d_{_IDEOGRAPHS}](?:[^\W\d_A-Z{_IDEOGRAPHS}]+|[A-Z]*)")
#: No name that is read by people is longer.
_LONGEST = 400
#: Said of every tool, it says nothing of this one.
_NOISE = frozenset({"tool", "api", "endpoint", "function", "mcp"})
#: Letters of other alphabets that pass for Latin ones.
_LOOK_ALIKES = str.maketrans("аеорсухіјѕԁɡοαρνАЕОРСТМНКВ", "aeopcyxijsdgoapvAEOPCTMHKB")


@lru_cache(maxsize=8192)
def split(name: str) -> tuple[str, ...]:
    """The words in lower case, run-together ones apart; digits and signs separate and are gone."""
    text = unicodedata.normalize("NFKC", name[:_LONGEST])
    if not text.isascii():
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
        # A name in another alphabet is left as it is; one in two is read as it looks.
        text = text.translate(_LOOK_ALIKES) if any("a" <= letter <= "z" for letter in text.lower()) else text
    return tuple(part for word in _words(text) for part in _apart(word.lower()))


def _words(text: str) -> list[str]:
    return (_WORD if text.isascii() else _FOREIGN_WORD).findall(text)


@lru_cache(maxsize=4096)
def _apart(word: str) -> tuple[str, ...]:
    """`createissue` is create, issue: only where both halves are known, and the whole is not."""
    if len(word) < 6 or word in LEXICON or singular(word) in NOUNS or not word.isascii():
        return (word,)
    for end in range(len(word) - 3, 2, -1):
        first, rest = word[:end], word[end:]
        if first in RUN_TOGETHER and (singular(rest) in NOUNS or rest in NOUNS or rest in {"dir", "directory"}):
            return first, rest
        if rest in RUN_TOGETHER and len(first) > 3 and singular(first) in NOUNS:
            return first, rest
    return (word,)


def without_server(words: Sequence[str], server: str) -> tuple[str, ...]:
    """The words of a tool without those of its server that they start with, and without what clients put before."""
    left = list(words)
    if left[:1] == ["mcp"]:
        left = left[1:]
    names = set(split(server)) | {server.lower()}
    while len(left) > 1 and left[0] in names:
        left = left[1:]
    while len(left) > 1 and left[-1] in _NOISE:
        left.pop()
    return tuple(left)
