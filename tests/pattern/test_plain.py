"""Patterns that go to `re` find what RE2 finds."""

from __future__ import annotations

import pytest
import re2
from hypothesis import assume, example, given
from hypothesis import strategies as st

from policyctl.pattern.plain import compile_plain, fixed_part

_CHARACTERS = st.sampled_from(
    [
        "a",
        "k",
        "S",
        "z",
        "0",
        "9",
        "_",
        "-",
        " ",
        "/",
        "\\.",
        "\\-",
        "\\+",
        "\\d",
        "\\D",
        "\\w",
        "\\W",
        "\\s",
        "\\S",
        ".",
    ]
)
_CLASSES = st.builds(
    "[{}{}]".format,
    st.sampled_from(["", "^"]),
    st.lists(
        st.sampled_from(
            ["a", "Z", "0", "_", "a-f", "A-Z", "0-9", "\\d", "\\w", "\\s", "\\.", "\\]", "\\\\", "s", "-", ".", "+"]
        ),
        min_size=1,
        max_size=4,
    ).map("".join),
)
_QUANTIFIERS = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{1,3}", "{2,}", "??", "+?"])
_ATOMS = st.builds("{}{}".format, _CHARACTERS | _CLASSES, _QUANTIFIERS)
_PIECES = st.recursive(
    _ATOMS | st.sampled_from(["^", "$", "\\A", "\\z", "\\b"]),
    lambda inner: st.builds(
        "{}{}){}".format,
        st.sampled_from(["(", "(?:"]),
        st.lists(st.lists(inner, min_size=1, max_size=2).map("".join), min_size=1, max_size=3).map("|".join),
        st.sampled_from(["", "", "*", "?"]),
    ),
    max_leaves=5,
)
#: Rounds of a few characters that end with one that is no other of them.
_ROUNDS = st.builds(
    "{}{}{}){}".format,
    st.sampled_from(["(", "(?:"]),
    st.lists(
        st.builds("{}{}".format, st.sampled_from(["a", "k", "[a-f]", "\\w", "[^.]"]), _QUANTIFIERS), max_size=2
    ).map("".join),
    st.sampled_from(["\\.", "-", " ", "/", "[./]"]),
    st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"]),
)
_PATTERNS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "(?i)"]),
    st.sampled_from(["", "^"]),
    st.lists(_PIECES, min_size=1, max_size=5).map("".join)
    | st.builds("{}{}{}".format, _ATOMS | st.just(""), _ROUNDS, _ATOMS | st.sampled_from(["", "a", "k$", "a\\."])),
)
_SUBJECTS = (
    st.text(st.sampled_from("aAkKsSzZ09_-. /+\n\t\v\r]f\x00\x7f"), max_size=12)
    | st.text(st.characters(max_codepoint=127), max_size=12)
    | st.text(st.sampled_from("aAkKsSzZ09_-. /+\n\u212a\u017f\x85\u2028é😀"), max_size=12)
    | st.text(max_size=8)
)
#: Few pieces, so that a subject holds them now and then.
_FIXED = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "^"]),
    st.lists(st.sampled_from(["a", "k", "S", "0", "_", "-", " ", "/", "\\.", "\\-", "\\+", "."]), max_size=3).map(
        "".join
    ),
    st.sampled_from(["", "", "$"]),
)


def _found_by_re2(pattern: str, subject: str) -> bool:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options).search(subject) is not None


@given(pattern=_PATTERNS, subjects=st.lists(_SUBJECTS, min_size=1, max_size=8))
@example(pattern="^[a-z]+$", subjects=["abc\n", "abc"])
@example(pattern="\\s", subjects=["\v", "\x1c", "\x85"[:0]])
@example(pattern="(?i)^[^a]{2}$", subjects=["AA", "bb", "aB"])
@example(pattern="[\\\\s]", subjects=["s", "\\", "t", "\n", " "])
@example(pattern="[^\\\\s]", subjects=["s", "\\", "t", "\n", " "])
@example(pattern="[\\w.-]", subjects=["-", "a", "+"])
@example(pattern="^([a-f]+\\.)*a\\.", subjects=["a.", "b.a.a", ".a.", "a.b", "f.b.a.c"])
@example(pattern="(?i)^(?:[^.]*[./]){2}k", subjects=["a.b/K", "./k", ".k", "k"])
def test_a_plain_pattern_finds_what_re2_finds(pattern: str, subjects: list[str]) -> None:
    plain = compile_plain(pattern)
    assume(plain is not None)
    assert plain is not None
    for subject in subjects:
        if subject.isascii() or not plain.only_ascii:
            assert (plain.search(subject) is not None) == _found_by_re2(pattern, subject), (pattern, subject)


@given(pattern=_FIXED, subjects=st.lists(_SUBJECTS, min_size=1, max_size=8))
@example(pattern="k$", subjects=["\u212a", "k\n", "k"])
def test_a_pattern_that_asks_for_one_text_finds_what_re2_finds(pattern: str, subjects: list[str]) -> None:
    fixed = fixed_part(pattern)
    assume(fixed is not None)
    assert fixed is not None
    how, text = fixed
    for subject in subjects:
        assert getattr(subject, how)(text) == _found_by_re2(pattern, subject), (pattern, subject)


@pytest.mark.parametrize(
    "pattern",
    [
        "^usr_[a-z0-9]{8}$",
        "@example\\.(com|org)$",
        "^/srv/project/",
        "(?i)^select\\b",
        "^0x[0-9a-fA-F]{40}$",
        "^[A-Z]{2,10}(?:USDT|USD)$",
        "^[a-z0-9._%+-]+@corp\\.test$",
        "rm -rf",
        "^https://([a-z0-9-]+\\.)*example\\.com/",
        "^(?:[0-9]{1,3}\\.){3}[0-9]{1,3}$",
    ],
)
def test_patterns_that_people_write_are_plain(pattern: str) -> None:
    assert compile_plain(pattern) is not None


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a+)+$", "a repeated group can backtrack"),
        ("([a-z]+\\.)*x", "rounds from every place, each to the end"),
        ("^([a-z.]+\\.)*x", "rounds that may end in several places"),
        ("(?i)^([a-z]+K)*x", "the same, as the case does not matter"),
        ("^([a-z]+[0-9]+\\.)*x", "two repetitions without a bound share a round"),
        ("^([a-z]+\\.)*x+", "two repetitions without a bound share a text"),
        ("^((a|b)\\.)*x", "alternatives in every round"),
        ("^([a-z]+\\.?)*x", "a round need not end"),
        ("[a-z]+x", "a search from every place, each to the end"),
        ("^a+b+c", "two repetitions without a bound share a text"),
        ("^a|b+", "only one branch is anchored"),
        ("a{1,30}a{1,30}a{1,30}", "too many ways to share a text"),
        ("(?s).", "a flag that is not vouched for"),
        ("[[:alpha:]]", "a class that `re` reads otherwise"),
        ("[a-z-9]", "a hyphen that may be a range"),
        ("[\\w-a]", "a hyphen behind a class, which `re` refuses"),
        ("[\\s-z]", "a hyphen behind what is written out"),
        ("[\\\\-z]", "a range from a backslash"),
        ("\\pL", "a class of Unicode"),
        ("straße", "letters beyond ASCII"),
        ("(|a)", "an empty branch"),
        ("a{,3}", "braces that are no quantifier"),
        ("a**", "a quantifier of a quantifier"),
        ("", "nothing to look for"),
    ],
)
def test_what_may_differ_or_backtrack_is_left_to_re2(pattern: str, why: str) -> None:
    assert compile_plain(pattern) is None, why
