"""Any bytes are a document or have their mistakes named."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyctl.diagnostic import Severity
from policyctl.reading.codes import CODES
from policyctl.reading.policy import read_policy
from policyctl.source.decode import decode_leniently
from policyctl.source.document import Document
from policyctl.source.read import read_document


def test_the_extension_says_the_format_and_the_first_character_stands_in() -> None:
    for name, raw, expected in [
        ("p.json", b"{}", "json"),
        ("p.YAML", b"{}", "yaml"),
        ("p.yml", b"a: 1", "yaml"),
        ("HEAD:policy.json", b"{}", "json"),
        ("-", b"\xef\xbb\xbf {}", "json"),
        ("-", b"a: 1", "yaml"),
    ]:
        document = read_document(name, raw)
        assert isinstance(document, Document)
        assert document.format == expected


def test_a_format_that_is_given_wins() -> None:
    document = read_document("p.json", b"a: 1", format="yaml")
    assert isinstance(document, Document)


def test_the_digest_is_that_of_the_bytes_as_they_were_read() -> None:
    raw = b"\xef\xbb\xbf{}\r\n"
    document = read_document("p.json", raw)
    assert isinstance(document, Document)
    assert (document.digest, document.text) == (f"sha256:{hashlib.sha256(raw).hexdigest()}", "{}\r\n")


def test_the_core_of_a_document_is_not_read_twice() -> None:
    document = read_document("p.json", b'{"a": 1}')
    assert isinstance(document, Document)
    assert document.places is document.places


WORDS = st.sampled_from(
    ["version", ": ", '"1"', "default", "deny", "\n", "  ", "- ", "tools", "{", "}", "[", "]", ",", "&a ", "*a", "<<", "!x ",
     "'", '"', "|", ">", "#", "%", "@", "\t", "\r", "?", "~", "1e400", ".inf", "\\ud800", "\x00", "\x85", "\u2028", "é", "😀",
     "---", "...", "\ufeff", "conditions", "path", "args.", "op", "regex", "("]
)  # fmt: skip


def check(name: str, raw: bytes) -> None:
    """Whatever comes in, the reader answers with a policy or with located errors that reports can show."""
    document = read_document(name, raw)
    text = decode_leniently(raw)
    if isinstance(document, Document):
        reading = read_policy(document)
        assert (reading.policy is None) == any(entry.severity is Severity.ERROR for entry in reading.diagnostics)
        found = reading.diagnostics
    else:
        assert document
        found = document
    for entry in found:
        assert entry.code in CODES
        assert entry.help
        assert entry.message[0] == entry.message[0].lower()
        assert not entry.message.endswith(".")
        assert entry.span is None or 0 <= entry.span.start.offset <= entry.span.end.offset <= len(text)


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=30).map("".join), st.sampled_from(["p.json", "p.yaml", "-"]))
def test_no_text_breaks_the_reader(text: str, name: str) -> None:
    check(name, text.encode())


@given(st.binary(max_size=60), st.sampled_from(["p.json", "p.yaml"]))
def test_no_bytes_break_the_reader(raw: bytes, name: str) -> None:
    check(name, raw)


@pytest.mark.parametrize("extension", ["json", "yaml"])
def test_a_shipped_policy_with_any_line_missing_is_read_or_explained(extension: str) -> None:
    folder = Path(__file__).parent.parent.parent / "fixtures" / "policies"
    for path in sorted(folder.glob(f"*.{extension}")):
        lines = path.read_bytes().splitlines(keepends=True)
        for number in range(0, len(lines), 5):
            check(path.name, b"".join(lines[:number] + lines[number + 1 :]))
