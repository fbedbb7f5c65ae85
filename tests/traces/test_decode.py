"""Two ways to read a line that must agree: fast where it is in the normal form, with care where it is not."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policyctl.model.call import Call
from policyctl.traces.decode import decode_call, decode_carefully
from policyctl.traces.items import BadLine
from policyctl.traces.lines import is_plain

#: Numbers are compared as what they are, and texts may be anything but half a pair of surrogates.
TEXTS = st.text(st.characters(codec="utf-8"), max_size=6)
NUMBERS = st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
ATOMS = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = st.recursive(
    ATOMS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8
)
TEXT_OR_NOT = st.none() | TEXTS | VALUES
RECORDS = st.fixed_dictionaries(
    {"tool": TEXTS},
    optional={
        "args": VALUES,
        "ts": TEXT_OR_NOT,
        "session": TEXT_OR_NOT,
        "grant": TEXT_OR_NOT,
        "server": TEXT_OR_NOT,
        "id": TEXT_OR_NOT,
        "outcome": TEXT_OR_NOT,
        "args_state": TEXT_OR_NOT,
        "keys": st.lists(TEXTS, max_size=2) | VALUES,
        "redacted": st.lists(TEXTS, max_size=2) | VALUES,
        "decision": VALUES,
        "meta": VALUES,
        "junk": VALUES,
    },
)


def fast(line: bytes) -> Call | None:
    """What the reader takes without a second look; None where it looks again."""
    if not is_plain(line):
        return None
    try:
        return decode_call(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def comparable(call: Any) -> list[Any]:
    assert isinstance(call, Call)
    fields = (getattr(call, field) for field in Call.__struct_fields__)
    return [_opened(field) if isinstance(field, msgspec.Raw) else _typed(field) for field in fields]


def _opened(raw: msgspec.Raw) -> Any:
    text = bytes(raw)
    return _typed(json.loads(text)) if text and text != b"null" else None


def _typed(value: Any) -> Any:
    """1, 1.0 and True are three values here."""
    match value:
        case dict():
            return {key: _typed(inner) for key, inner in value.items()}
        case list():
            return [_typed(inner) for inner in value]
        case _:
            return type(value).__name__, value


def is_json(line: bytes) -> bool:
    """What RFC 8259 says, by another parser: UTF-8, no NaN, no half of a pair."""
    try:
        text = line.decode()
        value = json.loads(text, parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, UnicodeError):
        return False
    return True


def _refuse(_: str) -> Any:
    raise ValueError


@given(RECORDS, st.booleans(), st.sampled_from([None, (", ", ": "), (" ,\t", " :\r")]))
@example({"tool": "", "meta": {"a": 1e300}}, True, None)
def test_what_is_read_fast_is_what_is_read_with_care(record: dict[str, Any], ascii_: bool, separators: Any) -> None:
    line = json.dumps(record, ensure_ascii=ascii_, separators=separators).encode()
    call = fast(line)
    careful = decode_carefully(line)
    assert isinstance(careful, Call)
    assert call is None or comparable(call) == comparable(careful)


@given(RECORDS)
def test_fields_are_kept_if_they_are_what_they_should_be_and_else_as_if_they_were_not_there(record: Any) -> None:
    call = decode_carefully(json.dumps(record).encode())
    assert isinstance(call, Call)
    assert (call.tool, call.args) == (record["tool"], record.get("args"))
    for field in ("session", "grant", "server", "id", "outcome", "args_state"):
        value = record.get(field)
        is_number = isinstance(value, int) and not isinstance(value, bool)
        assert getattr(call, field) == (value if isinstance(value, str) else str(value) if is_number else None)
    assert call.ts is None if record.get("ts") is None else isinstance(call.ts, str)
    assert _opened(call.meta) == (None if record.get("meta") is None else _typed(record["meta"]))


SEEDS = (
    b'{"tool":"pay","args":{"a":1.5e3,"b":[true,null,"x\\n"]},"junk":{"k":[1,-0,0.5,"\\u00e9"]},"meta":{"z":1},"id":"7"}',
    b'{"junk":"abc\\u0041","tool":"t","keys":["a"],"redacted":["/a"],"x":[[],{}],"decision":{"verdict":"allow"}}',
    b'{"tool":"t","args":{"a":12345678901234567890123,"b":1e400,"c":-0.0,"d":0}, "junk": 1E5 , "q":false}',
    '{"tool":"\u00e9\U0001f600","args":{"k":"\u00fc"},"junk":"\u00f8","ts":"2026-01-01T00:00:00Z"}'.encode(),
)
PIECES = (
    *(b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"0", b"1", b"-", b"+", b".", b"e", b"E", b"00", b"1.", b".5"),
    *(b"null", b"true", b"nul", b"NaN", b"Infinity", b"-Infinity", b"\x00", b"\x01", b"\x1f", b"\x7f", b"\t", b"\r"),
    *(b"\x0b", b"\x0c", b"\xa0", b"\xc2\xa0", b"\xc3", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\\u12", b"\\ud800"),
    *(b"\\udc00", b"\\ud83d\\ude00", b"\\x", b"\\/", b"\\u0000", b"//", b"/**/", b'"tool":1,', b'"tool":"u",', b" "),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good line with a few pieces put in, taken out or put in the place of others."""
    line = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(line)))
        taken = draw(st.integers(0, 3))
        line = line[:place] + draw(st.sampled_from((b"", *PIECES))) + line[place + taken :]
    return line


@given(damaged())
def test_both_ways_agree_on_which_lines_are_bad(line: bytes) -> None:
    call, careful = fast(line), decode_carefully(line)
    if call is not None:
        assert comparable(call) == comparable(careful)
    if not is_json(line):
        assert call is None
        assert isinstance(careful, BadLine)
    elif isinstance(careful, BadLine):
        value = json.loads(line)
        assert not isinstance(value, dict) or not isinstance(value.get("tool"), str)


@given(damaged())
def test_the_place_of_a_fault_is_in_the_line(line: bytes) -> None:
    found = decode_carefully(line)
    if isinstance(found, BadLine):
        assert 0 <= found.offset <= len(line.decode(errors="replace"))


@pytest.mark.parametrize(
    ("line", "offset"),
    [
        (b'{"tool":"NaN","a":NaN}', 18),
        (b'{"tool":"\\"NaN","a":[-Infinity]}', 21),
        (b'{"tool":"t","a":"\\\\","b":NaN}', 25),
    ],
)
def test_a_constant_is_located_outside_the_texts(line: bytes, offset: int) -> None:
    found = decode_carefully(line)
    assert isinstance(found, BadLine)
    assert (found.message, found.offset) == ("the line is no JSON: NaN and Infinity are no numbers of JSON", offset)
