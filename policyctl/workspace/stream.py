"""Traces as streams of bytes: plain, gzip or zstd, from a path, `-` or `REV:path`, digested on the way."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from policyctl.errors import PolicyctlError
from policyctl.workspace.naming import is_address
from policyctl.workspace.open import STDIN, of_revision, refusal

#: The digest of a trace is SHA-256 over the SHA-256 of its blocks of this size (conventions §2).
BLOCK = 32 * 1024 * 1024
#: Small enough for what is made of it to stay near the processor.
CHUNK = 256 * 1024
#: What is fed to a decompressor at a time: gzip makes a thousand times as much of it, zstd thirty thousand times.
_GZIP_SLICE, _ZSTD_SLICE = 8 * 1024, 512
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


class ByteStream:
    """The decompressed content of one trace, chunk by chunk, in memory that does not grow with it.

    After the last chunk `digest` holds the digest of the file as it is stored, `truncated` says whether an archive broke
    off, and `read` counts stored bytes; `size` is the stored size, None where it cannot be known in advance.
    """

    def __init__(self, name: str, chunk: int = CHUNK) -> None:
        self.name = name
        self._chunk = chunk
        self._file = _open(name)
        self.size = _size(self._file)
        self.truncated = False
        self._digesting = _Digesting(self._file)

    @property
    def status(self) -> os.stat_result | None:
        """What the system knows of the file; None if it is none."""
        return _status(self._file)

    @property
    def read(self) -> int:
        """Stored bytes read so far."""
        return self._digesting.count

    @property
    def digest(self) -> str:
        """`sha256:` and the digest of what was read."""
        return self._digesting.digest()

    def progress(self, count: int) -> None:
        """Others have read as far as here."""
        self._digesting.count = count

    def leave_to(self, digests: Iterable[bytes], count: int) -> None:
        """Others read it to its end, and found these digests of all of its blocks."""
        self.close()
        self._digesting.take_over(digests, count)

    def close(self) -> None:
        """For whoever does not come to read it to the end; done twice, it does nothing."""
        self._file.close()

    def chunks(self) -> Iterator[bytes]:
        """Content until it ends or, in a broken archive, until it cannot be read on."""
        with self._file:
            raw = io.BufferedReader(self._digesting, self._chunk)
            head = raw.peek(4)[:4]
            if head.startswith(_GZIP):
                yield from self._inflate(raw, lambda: zlib.decompressobj(wbits=31), zlib.error, _GZIP_SLICE)
            elif head.startswith(_ZSTD):
                import zstandard

                new = zstandard.ZstdDecompressor().decompressobj
                yield from self._inflate(raw, new, zstandard.ZstdError, _ZSTD_SLICE)
            else:
                # What was looked at, and then without a detour through the buffer.
                yield raw.read1(self._chunk)
                yield from iter(lambda: self._digesting.take(self._chunk), b"")

    def _inflate(self, raw: BinaryIO, new: Callable[[], Any], broken: type[Exception], slice_: int) -> Iterator[bytes]:
        """One compressed member after the other; slices are small, so that a break costs few bytes before it."""
        member = new()
        for stored in iter(lambda: raw.read(slice_), b""):
            waiting = stored
            while waiting:
                if member.eof:
                    # Tapes and block devices pad what they hold with zeros.
                    waiting = waiting.lstrip(b"\0")
                    if not waiting:
                        break
                    member = new()
                try:
                    content = member.decompress(waiting)
                except broken:
                    self.truncated = True
                    # The rest of the stored bytes belongs to the digest all the same.
                    while raw.read(self._chunk):
                        pass
                    return
                for start in range(0, len(content), self._chunk):
                    yield content[start : start + self._chunk]
                waiting = member.unused_data if member.eof else b""
        self.truncated = not member.eof


class _Digesting(io.RawIOBase):
    """Passes a file's bytes on and digests them."""

    def __init__(self, file: BinaryIO) -> None:
        # What a pipe has now is not held back until it has a whole chunk.
        self._read = file.read1 if isinstance(file, io.BufferedIOBase) else file.read
        self._blocks = hashlib.sha256()
        self._block = hashlib.sha256()
        self._room = BLOCK
        self.count = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes of the file."""
        content = self.take(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def take(self, size: int) -> bytes:
        """The next bytes of the file, at most so many; none at its end."""
        content = self._read(size)
        self.count += len(content)
        view = memoryview(content)
        while view:
            part, view = view[: self._room], view[self._room :]
            self._block.update(part)
            self._room -= len(part)
            if not self._room:
                self._blocks.update(self._block.digest())
                self._block, self._room = hashlib.sha256(), BLOCK
        return content

    def take_over(self, digests: Iterable[bytes], count: int) -> None:
        """Blocks of which others know the digests."""
        self._blocks = hashlib.sha256(b"".join(digests))
        self._room = BLOCK
        self.count = count

    def digest(self) -> str:
        """Of everything so far."""
        blocks = self._blocks.copy()
        if self._room < BLOCK:
            blocks.update(self._block.digest())
        return "sha256:" + blocks.hexdigest()


def _open(name: str) -> BinaryIO:
    if name == STDIN:
        return sys.stdin.buffer if sys.stdin is not None else io.BytesIO()
    if is_address(name) and not os.path.exists(name):
        from policyctl.workspace.remote import open_address

        return open_address(name)
    try:
        return open(name, "rb", buffering=0)
    except FileNotFoundError:
        return io.BytesIO(of_revision(name))
    except IsADirectoryError as error:
        hint = f"name its files: `{name.rstrip('/')}/*.jsonl`"
        raise PolicyctlError(f"`{name}` is a directory", hint=hint) from error
    except OSError as error:
        raise refusal(name, error) from error


def is_compressed(head: bytes) -> bool:
    """Whether a file that starts like this is an archive."""
    return head.startswith((_GZIP, _ZSTD))


def _status(file: BinaryIO) -> os.stat_result | None:
    try:
        return os.fstat(file.fileno())
    except (OSError, ValueError):
        return None


def _size(file: BinaryIO) -> int | None:
    status = _status(file)
    return status.st_size if status is not None and stat.S_ISREG(status.st_mode) else None
