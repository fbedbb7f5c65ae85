"""Lines of a stream of bytes, and whether each is text that JSON may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_BOM = b"\xef\xbb\xbf"
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def split_lines(chunks: Iterable[bytes]) -> Iterator[tuple[list[bytes], bool]]:
    """Batches of whole lines without their line feeds, each with whether all of it is surely well-formed text.

    False means only that every line needs a closer look: invalid UTF-8, or an escape that may be half a surrogate pair,
    stands somewhere in the batch. A byte order mark at the start is dropped.
    """
    # A line may be longer than many chunks: its pieces are joined once, not chunk by chunk.
    pieces: list[bytes] = []
    at_start = True
    for chunk in chunks:
        content = chunk
        if at_start:
            content = b"".join((*pieces, content))
            pieces.clear()
            if len(content) < len(_BOM) and _BOM.startswith(content):
                pieces.append(content)
                continue
            content = content.removeprefix(_BOM)
            at_start = False
        end = content.rfind(b"\n")
        if end < 0:
            pieces.append(content)
            continue
        pieces.append(content[:end])
        yield _batch(b"".join(pieces))
        pieces = [content[end + 1 :]]
    last = b"".join(pieces)
    if last:
        yield _batch(last)


def is_plain(content: bytes) -> bool:
    """Whether this is surely UTF-8 without half a surrogate pair, escaped or not."""
    return _is_text(content) and _SURROGATE_ESCAPE.search(content) is None


def _batch(content: bytes) -> tuple[list[bytes], bool]:
    return content.split(b"\n"), is_plain(content)


def _is_text(content: bytes) -> bool:
    if content.isascii():
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
