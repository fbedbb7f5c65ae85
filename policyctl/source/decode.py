"""Bytes to text: UTF-8, and a clear word about everything else."""

from __future__ import annotations

from policyctl.source.fault import Fault
from policyctl.source.lines import Lines

_UTF8_MARK = b"\xef\xbb\xbf"

#: UTF-32 comes first, since its little-endian mark starts with that of UTF-16.
_OTHER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def decode(raw: bytes) -> str | Fault:
    """The text of a UTF-8 file without its byte order mark."""
    other = _other_encoding(raw)
    if other:
        return Fault("SRC01", f"the file is {other}, not UTF-8", "save the file as UTF-8")
    body = raw.removeprefix(_UTF8_MARK)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        return _invalid(raw, body, error.start)


def decode_leniently(raw: bytes) -> str:
    """The text to show in an excerpt: offsets before the first broken byte are those of the diagnostics."""
    return raw.removeprefix(_UTF8_MARK).decode("utf-8", "replace")


def _other_encoding(raw: bytes) -> str | None:
    for mark, encoding in _OTHER_MARKS:
        if raw.startswith(mark):
            return encoding
    # A document starts with ASCII, so zero bytes at its start are the other half of wider characters.
    zeros = tuple(byte == 0 for byte in raw[:4])
    if zeros in {(False, True, True, True), (True, True, True, False)}:
        return "UTF-32"
    if zeros[:2] in {(False, True), (True, False)}:
        return "UTF-16"
    return None


def _invalid(raw: bytes, body: bytes, at: int) -> Fault:
    before = body[:at].decode("utf-8")
    byte = at + len(raw) - len(body)
    place = Lines(before).position(len(before))
    message = f"the byte 0x{body[at]:02x} at offset {byte} (line {place.line}, column {place.column}) is not UTF-8"
    return Fault("SRC01", message, "save the file as UTF-8", len(before), len(before) + 1)
