"""Lines of a stream of bytes, and whether each is text that JSON may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_BOM = b"\xef\xbb\xbf"
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def cut(content: bytes) -> list[bytes]:
    """The lines of some content that ends with one, without their line feeds."""
    lines = content.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines


def whole_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes cut behind line feeds, none of it empty. A byte order mark at the start is dropped."""
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
        end = content.rfind(b"\n") + 1
        if not end:
            pieces.append(content)
            continue
        pieces.append(content[:end])
        yield b"".join(pieces)
        pieces = [content[end:]]
    last = b"".join(pieces)
    if last:
        yield last


def is_plain(content: bytes) -> bool:
    """Whether this is surely UTF-8 without half a surrogate pair, escaped or not."""
    return is_text(content) and _SURROGATE_ESCAPE.search(content) is None


def is_text(content: bytes) -> bool:
    """Whether this is UTF-8."""
    if content.isascii():
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
