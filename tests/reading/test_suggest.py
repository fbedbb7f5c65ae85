"""The word that was probably meant."""

from __future__ import annotations

import pytest

from policyctl.reading.suggest import closest, listing

KNOWN = ("require", "deny_if", "limits", "rate_limit", "not_in")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("denyif", "deny_if"),
        ("DENY-IF", "deny_if"),
        ("requires", "require"),
        ("limit", "limits"),
        ("rateLimit", "rate_limit"),
        ("notIn", "not_in"),
        ("xyz", None),
        ("", None),
    ],
)
def test_the_nearest_word_is_suggested_if_it_is_near(word: str, meant: str | None) -> None:
    assert closest(word, KNOWN) == meant


def test_words_are_listed_in_a_sentence() -> None:
    assert listing(["a"]) == "`a`"
    assert listing(["a", "b", "c"]) == "`a`, `b` or `c`"
    assert listing(["a", "b"], joint="and") == "`a` and `b`"
