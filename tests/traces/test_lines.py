"""Lines do not depend on how the bytes come."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from policyctl.traces.lines import Batches, cut, is_plain

BOM = b"\xef\xbb\xbf"
CONTENT = st.lists(st.sampled_from([b"a", b"\n", b"\r\n", BOM, b"\xc3\xa9", b"\xff", b"\\ud83d", b"\\u0041"])).map(
    b"".join
)


def lines(chunks: list[bytes]) -> list[bytes]:
    return [line for batch in Batches(chunks).contents() for line in cut(batch)]


def expected(content: bytes) -> list[bytes]:
    found = content.removeprefix(BOM).split(b"\n")
    return found if found[-1] else found[:-1]


@given(CONTENT, st.lists(st.integers(0, 40)))
@example(BOM + b"a\nb", [1])
@example(BOM, [1, 2])
@example(BOM[:2], [1])
def test_lines_are_the_same_however_the_content_is_cut(content: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(content)) for cut in cuts), len(content)]
    chunks = [content[start:end] for start, end in pairwise(edges)]
    assert lines(chunks) == expected(content)


@given(CONTENT)
def test_a_batch_that_is_called_plain_has_plain_lines_only(content: bytes) -> None:
    for batch in Batches([content]).contents():
        assert not is_plain(batch) or all(is_plain(line) for line in cut(batch))


@given(st.binary(max_size=20) | st.text(max_size=8).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_what_is_plain_is_utf8_without_half_a_pair(line: bytes) -> None:
    if is_plain(line):
        assert line.decode().encode() == line


def test_a_line_in_many_chunks_is_put_together_once() -> None:
    # Were it put together chunk by chunk, this would copy thirty gigabytes.
    chunks = [b"x" * 1_000] * 8_000
    assert lines([*chunks, b"\n", b"y"]) == [b"x" * 8_000_000, b"y"]
