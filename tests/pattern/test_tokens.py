from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.pattern import PatternError, compile_pattern
from policyctl.pattern.tokens import Kind, runs, tokens


def spelled(pattern: str) -> list[tuple[str, str]]:
    return [(token.kind.value, token.says) for token in tokens(pattern)]


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (r"a\.b", [("character", "a"), ("character", "."), ("character", "b")]),
        (r"^a.$", [("place", "^"), ("character", "a"), ("dot", "."), ("place", "$")]),
        (r"(?:a|b)+?", [("group", "(?:"), ("character", "a"), ("or", "|"), ("character", "b"), ("end", ")"), ("repeat", "+?")]),
        (r"(?i)a", [("group", "(?i)"), ("end", ""), ("character", "a")]),
        (r"[]a\]]{2,3}", [("class", r"[]a\]]"), ("repeat", "{2,3}")]),
        (r"[^[:alpha:]]x", [("class", "[^[:alpha:]]"), ("character", "x")]),
        (r"\d\pL\p{Greek}\b", [("shorthand", r"\d"), ("shorthand", r"\pL"), ("shorthand", r"\p{Greek}"), ("place", r"\b")]),
        (r"\x41\x{42}\103\n", [("character", "A"), ("character", "B"), ("character", "C"), ("character", "\n")]),
        (r"\Qa.b\E.", [("character", "a"), ("character", "."), ("character", "b"), ("dot", ".")]),
        (r"{a", [("character", "{"), ("character", "a")]),
    ],
)  # fmt: skip
def test_a_pattern_is_split_into_its_parts(pattern: str, parts: list[tuple[str, str]]) -> None:
    compile_pattern(pattern)
    assert spelled(pattern) == parts


@given(st.text(alphabet="ab.^$()[]|*+?{}\\dQE1,:i-", max_size=12))
def test_the_parts_of_a_valid_pattern_lie_in_order_within_it(pattern: str) -> None:
    try:
        compile_pattern(pattern)
    except PatternError:
        return
    found = tokens(pattern)
    assert all(0 <= token.start <= token.stop <= len(pattern) for token in found)
    assert all(before.stop <= after.start for before, after in pairwise(found))
    opened = sum(token.kind is Kind.GROUP for token in found) - sum(token.kind is Kind.END for token in found)
    assert opened == 0


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        (r"^https://api.example\.com/v\d+/", ["https://api.example.com/v", "/"]),
        (r"(www\.)?example\.com", ["www.", "example.com"]),
        (r"colou?r", ["colo", "r"]),
        (r".*\.com$", [".com"]),
        (r"\d+", []),
    ],
)
def test_pieces_of_text_are_what_stands_together(pattern: str, texts: list[str]) -> None:
    assert [run.text for run in runs(pattern)] == texts


def test_a_piece_knows_its_unescaped_dots_and_where_it_is_written() -> None:
    (run,) = runs(r"a.b\.c")
    assert run.text == "a.b.c"
    assert run.dots == {1}
    assert run.part(0, 3) == range(3)
    assert run.part(2, 5) == range(2, 6)
