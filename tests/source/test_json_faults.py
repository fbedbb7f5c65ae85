"""What is wrong with a text that should be JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.source.json_ import parse
from policyctl.source.json_faults import lone_surrogates

#: Text, then offset, message and help of its one fault.
SYNTAX = [
    ("", 0, "the file is empty"),
    ("{", 0, "the file ends inside the object that opens on line 1"),
    ("[\n[1,\n", 4, "the file ends inside the list that opens on line 2"),
    ('{"a":1,}', 6, "a comma stands before the closing `}`"),
    ("[1 , ]", 3, "a comma stands before the closing `]`"),
    ("{'a':1}", 1, "a text in `'` is not JSON"),
    ("{“a”:1}", 1, "a text in `“` is not JSON"),
    ('{"a":1 "b":2}', 7, 'a comma is missing before `"b"`'),
    ("[1 2]", 3, "a comma is missing before `2`"),
    ('{"a" 1}', 5, "expected `:` between the key and its value, found `1`"),
    ("[NaN]", 1, "`NaN` is no number of JSON"),
    ("[-Infinity]", 1, "`-Infinity` is no number of JSON"),
    ("{}{}", 2, "a second value starts after the end of the document"),
    ("{}}", 2, "`}` stands after the end of the document"),
    ("}", 0, "`}` closes nothing"),
    ("// x\n{}", 0, "a comment stands here, and JSON has none"),
    ("{} # x", 3, "a comment stands here, and JSON has none"),
    ("[/* x */]", 1, "a comment stands here, and JSON has none"),
    ('["a\nb"]', 1, "the text is not closed on its line"),
    ('["a', 1, "the text is not closed on its line"),
    ('["a\\q"]', 3, "`\\q` is no escape of JSON"),
    ('["a\tb"]', 3, "the control character \\u0009 stands unescaped in a text"),
    ("{a:1}", 1, "the key `a` is not in double quotes"),
    ("[deny]", 1, "the text `deny` is not in double quotes"),
    ("[True]", 1, "`True` is not JSON"),
    ("[None]", 1, "`None` is not JSON"),
    ("[010]", 1, "`010` is no number of JSON"),
    ("[+5]", 1, "`+5` is no number of JSON"),
    ("[1.]", 1, "`1.` is no number of JSON"),
    ("[.5]", 1, "`.5` is no number of JSON"),
    ("[0x1f]", 1, "`0x1f` is no number of JSON"),
    ("[1_000]", 1, "`1_000` is no number of JSON"),
    ("[1}", 2, "`}` cannot close `[`"),
    ('{"a":}', 5, "expected a value, found `}`"),
    ("[,1]", 1, "expected a value or `]`, found `,`"),
    ('{"a":1,,"b":2}', 7, "expected a key in double quotes, found `,`"),
]


@pytest.mark.parametrize(("text", "start", "message"), SYNTAX)
def test_a_mistake_in_the_syntax_is_one_fault_that_says_what_to_do(text: str, start: int, message: str) -> None:
    data, (fault,) = parse(text)
    assert (data, fault.code, fault.start, fault.message) == (None, "SRC02", start, message)
    assert fault.help


def test_all_faults_of_the_values_are_found_at_once() -> None:
    text = '{"a": ["\\ud800", 1e999], "a": {"b": 1, "b": -1E400, "c": "\\uDC00\\uD800"}}'
    _, faults = parse(text)
    assert [(fault.code, fault.pointer, text[fault.start : fault.end]) for fault in faults] == [
        ("SRC04", "/a/0", "\\ud800"),
        ("SRC05", "/a/1", "1e999"),
        ("SCH03", "/a", '"a"'),
        ("SCH03", "/a/b", '"b"'),
        ("SRC05", "/a/b", "-1E400"),
        ("SRC04", "/a/c", "\\uDC00"),
        ("SRC04", "/a/c", "\\uD800"),
    ]


def test_faults_of_the_values_are_found_up_to_the_mistake_in_the_syntax() -> None:
    _, faults = parse('{"a": 1, "a": 2, b: 1}')
    assert [fault.code for fault in faults] == ["SCH03", "SRC02"]


def test_keys_are_the_same_whatever_their_spelling() -> None:
    _, (fault,) = parse('{"a":\n1, "\\u0061": 2}')
    assert (fault.code, fault.message) == ("SCH03", "the key `a` is already used on line 1")


@pytest.mark.parametrize("depth", [200, 201])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":[', "]}")])
def test_two_hundred_levels_are_read_and_no_more(opening: str, closing: str, depth: int) -> None:
    levels = opening.count("[") + opening.count("{")
    times = depth // levels + depth % levels
    data, faults = parse(opening * times + closing * times)
    assert (data is not None) == (times * levels <= 200)
    assert [fault.code for fault in faults] == ([] if times * levels <= 200 else ["SRC03"])


def test_the_largest_integer_is_exact() -> None:
    assert parse("-" + "9" * 4300)[0] == 1 - 10**4300


@given(st.lists(st.sampled_from(["\\ud83d", "\\ude00", "\\\\", "ud83d", "a", "\\uD83D"]), max_size=8))
def test_half_characters_are_those_that_no_encoding_can_carry(pieces: list[str]) -> None:
    literal = '"' + "".join(pieces) + '"'
    halves = sum(0xD800 <= ord(character) < 0xE000 for character in json.loads(literal))
    assert len(list(lone_surrogates(literal))) == halves


def strictly(text: str) -> bool:
    """What the standard library says, once told what it lets through."""

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError
        return dict(pairs)

    def finite(words: str) -> float:
        if words in {"NaN", "Infinity", "-Infinity"} or float(words) in {float("inf"), float("-inf")}:
            raise ValueError
        return float(words)

    try:
        data = json.loads(text, object_pairs_hook=unique, parse_float=finite, parse_constant=finite)
        json.dumps(data, ensure_ascii=False).encode()
    except ValueError:
        return False
    return True


PIECES = st.sampled_from(
    ["{", "}", "[", "]", ",", ":", '"a"', '"b"', '"', "1", "-", "1.5", "e5", "1e400", "0", "true", "nul", "null", " ", "\n",
     "\t", "\r", "'", "\\", "\\u0061", "\\ud800", "NaN", "Infinity", "/", "#", "é", "\x00", "\u00a0", "\ufeff"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_scanner_refuses_exactly_what_is_not_json(text: str) -> None:
    _, faults = parse(text)
    assert (not faults) == strictly(text)


MUTABLE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
).map(lambda data: json.dumps(data, ensure_ascii=False))


@given(MUTABLE, st.data())
def test_a_changed_document_is_json_or_has_a_fault_inside_the_text(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    changed = text[:at] + data.draw(PIECES) + text[at + data.draw(st.integers(0, 1)) :]
    _, faults = parse(changed)
    assert (not faults) == strictly(changed)
    assert all(0 <= (fault.start or 0) <= (fault.end or 0) <= len(changed) for fault in faults)
