"""Lines of a stream of bytes, and whether each is text that JSON may be."""

from __future__ import annotations

import re
from codecs import utf_8_decode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

_BOM = b"\xef\xbb\xbf"
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def cut(content: bytes) -> list[bytes]:
    """The lines of some content that ends with one, without their line feeds."""
    lines = content.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines


@dataclass(frozen=True, slots=True)
class Content:
    """Lines that follow each other as they were read: one that began in a chunk before, and a part of a chunk.

    Who keeps many lines for long keeps this: objects that stay would scatter those that come and go.
    """

    first: bytes
    chunk: bytes
    start: int
    end: int

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return len(self.first) + self.end - self.start

    def lines(self) -> list[bytes]:
        """The lines, with their line feeds."""
        return [self.first, *BytesIO(self.chunk[self.start : self.end]).readlines()]


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the lines of a content, from one place to another."""

    content: Content
    start: int
    end: int

    @property
    def count(self) -> int:
        """How many they are."""
        return self.end - self.start

    def lines(self) -> list[bytes]:
        """The lines, with their line feeds."""
        return self.content.lines()[self.start : self.end]

    def part(self, start: int, end: int) -> Part:
        """Some of these."""
        return Part(self.content, self.start + start, self.start + end)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines with their line feeds, for now, and where they come from; `are_text` if all are UTF-8."""

    lines: list[bytes]
    content: Content
    are_text: bool


class Batches:
    """The same bytes cut behind line feeds, none of it empty; without the byte order mark that a whole file may start with.

    As content, or from wherever that was left, as lines: memory has both for chunks that are not large.
    """

    def __init__(self, chunks: Iterable[bytes], *, has_mark: bool = True) -> None:
        self._marks: list[bytes] = []
        self._taken = 0
        # No method of its own: who lets go of this has to let go of the file, now and not with the next collection.
        self._chunks = _without_mark(chunks, self._marks) if has_mark else iter(chunks)
        # A line may be longer than many chunks: its pieces are joined once, not chunk by chunk.
        self._pieces: list[bytes] = []

    @property
    def taken(self) -> int:
        """How many bytes are in the contents so far, with those of a mark."""
        return self._taken + sum(map(len, self._marks))

    def contents(self) -> Iterator[bytes]:
        """One batch after the other."""
        for chunk in self._chunks:
            end = chunk.rfind(b"\n") + 1
            if not end:
                self._pieces.append(chunk)
                continue
            content = b"".join((*self._pieces, chunk[:end]))
            self._pieces = [chunk[end:]]
            self._taken += len(content)
            yield content
        yield from self._last()

    def lines(self) -> Iterator[Lines]:
        """The same, line by line: only those that lie in two chunks are copied twice."""
        for chunk in self._chunks:
            lines = BytesIO(chunk).readlines()
            end = len(chunk)
            if not chunk.endswith(b"\n"):
                rest = lines.pop()
                if not lines:
                    self._pieces.append(rest)
                    continue
                end -= len(rest)
            else:
                rest = b""
            start = len(lines[0])
            lines[0] = b"".join((*self._pieces, lines[0]))
            self._pieces = [rest] if rest else []
            are_text = is_text(lines[0]) and (chunk.isascii() or _decodes(memoryview(chunk)[start:end]))
            yield Lines(lines, Content(lines[0], chunk, start, end), are_text)
        for last in self._last():
            yield Lines([last], Content(last, b"", 0, 0), is_text(last))

    def _last(self) -> Iterator[bytes]:
        last = b"".join(self._pieces)
        self._pieces = []
        self._taken += len(last)
        if last:
            yield last


def _without_mark(chunks: Iterable[bytes], marks: list[bytes]) -> Iterator[bytes]:
    """The chunks behind a byte order mark, which goes to the marks."""
    rest = iter(chunks)
    head = b""
    for chunk in rest:
        head += chunk
        if len(head) >= len(_BOM) or not _BOM.startswith(head):
            break
    if head.startswith(_BOM):
        head = head[len(_BOM) :]
        marks.append(_BOM)
    if head:
        yield head
    yield from rest


def is_plain(content: bytes) -> bool:
    """Whether this is surely UTF-8 without half a surrogate pair, escaped or not."""
    return is_text(content) and _SURROGATE_ESCAPE.search(content) is None


def is_text(content: bytes) -> bool:
    """Whether this is UTF-8."""
    return content.isascii() or _decodes(content)


def _decodes(content: bytes | memoryview) -> bool:
    try:
        utf_8_decode(content, "strict", True)
    except UnicodeDecodeError:
        return False
    return True
