"""A trace in ranges of bytes, for several readers: of a plain file that does not change while they read."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import BinaryIO

from policyctl.errors import PolicyctlError
from policyctl.workspace.open import STDIN, refusal
from policyctl.workspace.stream import BLOCK, CHUNK, ByteStream, is_compressed


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was found: whoever finds it otherwise does not read it.

    `place` is its device and number on this machine; None for readers on others, which have numbers of their own.
    """

    name: str
    place: tuple[int, int] | None
    size: int
    changed: int

    @classmethod
    def of(cls, stream: ByteStream) -> Source | None:
        """The source of a stream; None if others cannot read it, from wherever they want."""
        status = stream.status
        if status is None or not stat.S_ISREG(status.st_mode) or stream.name == STDIN:
            return None
        source = cls._found(stream.name, status)
        try:
            with source.open() as file:
                return None if is_compressed(file.read(4)) else source
        except PolicyctlError:
            # By that name there is another one by now, or none.
            return None

    @classmethod
    def _found(cls, name: str, status: os.stat_result) -> Source:
        return cls(name, (status.st_dev, status.st_ino), status.st_size, status.st_mtime_ns)

    def for_others(self) -> Source:
        """The same for readers on other machines that see the same files."""
        return replace(self, name=os.path.abspath(self.name), place=None)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The file; PolicyctlError if it is another one before or behind the block."""
        try:
            with open(self.name, "rb", buffering=0) as file:
                self._compare(file)
                yield file
                self._compare(file)
        except OSError as error:
            raise refusal(self.name, error) from error

    def check(self) -> None:
        """PolicyctlError if the file is another one now."""
        with self.open():
            pass

    def _compare(self, file: BinaryIO) -> None:
        found = self._found(self.name, os.fstat(file.fileno()))
        if (found if self.place else replace(found, place=None)) != self:
            hint = "replay it again when it is complete, or in one process: `--jobs 1`"
            raise PolicyctlError(f"`{self.name}` changed while it was read", hint=hint)

    def blocks(self) -> int:
        """How many blocks have a digest of their own."""
        return -(-self.size // BLOCK)

    def digest(self, number: int) -> bytes:
        """The digest of one block."""
        digest = hashlib.sha256()
        with self.open() as file:
            file.seek(number * BLOCK)
            left = min(BLOCK, self.size - number * BLOCK)
            while left and (chunk := file.read(min(left, CHUNK))):
                digest.update(chunk)
                left -= len(chunk)
        return digest.digest()

    def lines(self, start: int, end: int, *, at_line: bool = False) -> Iterator[bytes]:
        """The lines that start in a range, chunk by chunk; `at_line` if one starts where the range does."""
        with self.open() as file:
            # Whether a line starts there, the byte before says.
            place = start if at_line else start - 1
            file.seek(place)
            is_inside = at_line
            while chunk := file.read(CHUNK):
                content, first = chunk, place
                place += len(chunk)
                if not is_inside:
                    skipped = chunk.find(b"\n") + 1
                    is_inside = skipped > 0
                    content, first = chunk[skipped:], first + skipped
                    if first >= end or (not is_inside and place >= end):
                        return
                    if not is_inside:
                        continue
                if place >= end:
                    last = content.find(b"\n", max(0, end - 1 - first)) + 1
                    if last:
                        yield content[:last]
                        return
                yield content
