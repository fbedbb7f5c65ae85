from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.cells.automaton import START, of_length, of_pattern, of_text
from policyctl.cells.search import TooManyStatesError, preference, shortest
from policyctl.pattern import PatternError, compile_pattern

_ATOMS = (
    "a", "b", "K", "s", "é", "ſ", "_", " ", r"\d", r"\w", r"\s", r"\W", r"\D", r"\S", ".", "[a-c]", "[^a]", r"[^\w]",
    "[[:alpha:]]", "[[:^digit:]]", r"\pL", r"[\d_-]", r"\x41", r"\n", r"\x{e9}", "[k-s]", r"\Qa.\E", "ß", r"\PL",
    r"[^\x00-\x{10FFFF}]", r"\141", "[]a]", "[^]a]", "Σ", "[à-ü]", r"[^\PL]", r"\p{Greek}", r"[[:word:]-]", r"\Qab\E",
)  # fmt: skip
_PLACES = ("^", "$", r"\A", r"\z", r"\b", r"\B")
_LETTERS = "abcdkKsSzé_ -\n.0A]ſ\u212aßΣςσüÜ٣\u2028😀"


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """Patterns of everything that RE2 knows, deep enough for parts to meet."""
    random = Random(draw(st.integers(0, 2**32)))
    return _written(random, 4)


def _written(random: Random, depth: int) -> str:
    choice = random.random()
    if depth == 0 or choice < 0.35:
        return random.choice(_ATOMS)
    if choice < 0.5:
        return random.choice(_PLACES)
    inner = _written(random, depth - 1)
    if choice < 0.7:
        return inner + _written(random, depth - 1)
    if choice < 0.8:
        return f"(?:{inner}|{_written(random, depth - 1)})"
    if choice < 0.85:
        return random.choice(("(?i)", "(?m)", "(?s)", "(?ims)", "(?-i)", "(?U)")) + inner
    if choice < 0.9:
        return random.choice(("(?i:", "(", "(?P<n>", "(?m-i:")) + inner + ")"
    return f"(?:{inner})" + random.choice(("*", "+", "?", "{2}", "{1,2}", "{0,1}", "{2,}", "*?", "+?", "??", "{0}"))


def found(pattern: str, text: str) -> bool:
    automaton, state = of_pattern(pattern), START
    for letter in text:
        state = automaton.step(state, automaton.kind(ord(letter)))
    return automaton.ends_found(state)


@given(patterns(), st.lists(st.text(_LETTERS, max_size=5), min_size=20, max_size=20))
def test_an_automaton_finds_what_re2_finds(pattern: str, texts: list[str]) -> None:
    try:
        compiled = compile_pattern(pattern)
    except PatternError:
        return
    for text in texts:
        assert found(pattern, text) is compiled.search(text), (pattern, text)


@given(patterns(), patterns(), st.text(_LETTERS, max_size=3))
def test_the_shortest_text_is_found_by_the_one_and_not_by_the_other(yes: str, no: str, sample: str) -> None:
    try:
        wanted, unwanted = compile_pattern(yes), compile_pattern(no)
        text = shortest([of_pattern(yes)], [of_pattern(no)], ())
    except (PatternError, TooManyStatesError):
        return
    if text is not None:
        assert wanted.search(text)
        assert not unwanted.search(text)
    if wanted.search(sample) and not unwanted.search(sample):
        assert text is not None
        assert _order(text) <= _order(sample)


def _order(text: str) -> tuple[int, list[int]]:
    return len(text), list(map(preference, text))


@pytest.mark.parametrize(
    ("required", "forbidden", "taken", "text"),
    [
        ((), (), (), ""),
        ((), (), ("", "a", "b"), "c"),
        (("^[^a-z]+$",), (), (), "0"),
        (("(?i)^k$",), ("k", "K"), (), "\u212a"),
        ((r"^\w+@\w+\.com$",), (), (), "a@a.com"),
        ((r"\bdrop\b",), (r"^drop", "drop$"), (), " drop "),
        (("^a{3,5}$",), (), ("aaa", "aaaa"), "aaaaa"),
        (("^a{3}$",), (), ("aaa",), None),
        (("^.$",), (r"^[\x00-\x{10FFFF}]$",), (), None),
        ((r"^\s$",), ("[ \t\n\f]",), (), "\r"),
    ],
)
def test_the_shortest_text_is_known(
    required: tuple[str, ...], forbidden: tuple[str, ...], taken: tuple[str, ...], text: str | None
) -> None:
    assert shortest(list(map(of_pattern, required)), list(map(of_pattern, forbidden)), taken) == text


def test_parts_and_lengths_are_automata_too() -> None:
    assert shortest([of_text("ab"), of_text("ba"), of_length(5)], [of_text("aa")], ()) == "ababa"
    assert shortest([of_text("ab")], [of_length(2)], ()) is None
