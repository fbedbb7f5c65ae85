"""Bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.source.decode import decode, decode_leniently
from policyctl.source.fault import Fault


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbf{}") == "{}"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("{}".encode("utf-16"), "UTF-16"),
        ("{}".encode("utf-16-le"), "UTF-16"),
        ("{}".encode("utf-16-be"), "UTF-16"),
        ("{}".encode("utf-32"), "UTF-32"),
        ("{}".encode("utf-32-le"), "UTF-32"),
        ("{}".encode("utf-32-be"), "UTF-32"),
    ],
)
def test_wider_encodings_are_named(raw: bytes, name: str) -> None:
    assert decode(raw) == Fault("SRC01", f"the file is {name}, not UTF-8", "save the file as UTF-8")


def test_a_broken_byte_is_located_in_bytes_and_in_characters() -> None:
    fault = decode(b'\xef\xbb\xbf{\n "\xc3\xa9\xff"}')
    assert isinstance(fault, Fault)
    assert fault.message == "the byte 0xff at offset 9 (line 2, column 4) is not UTF-8"
    assert (fault.start, fault.end) == (5, 6)


@given(st.binary())
def test_the_text_to_show_has_the_broken_byte_where_the_fault_is(raw: bytes) -> None:
    fault = decode(raw)
    if isinstance(fault, Fault) and fault.start is not None:
        assert decode_leniently(raw)[fault.start] == "\ufffd"
