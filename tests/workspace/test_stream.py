"""A trace is read chunk by chunk, from any archive, and as far as it goes."""

from __future__ import annotations

import gzip
import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

from policyctl.errors import PolicyctlError
from policyctl.workspace.stream import BLOCK, ByteStream

LINES = b"".join(
    b'{"tool":"pay","args":{"pad":"%s"}}\n' % hashlib.sha256(b"%d" % n).hexdigest().encode() for n in range(5_000)
)
PACKED = gzip.compress(LINES, mtime=0)
PACKED_ZSTD = zstandard.ZstdCompressor(write_checksum=True).compress(LINES)


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]


def read(path: Path, content: bytes) -> tuple[bytes, bool]:
    path.write_bytes(content)
    stream = ByteStream(str(path))
    found = b"".join(stream.chunks())
    assert stream.read == len(content) == stream.size
    assert stream.digest == digest(content)
    return found, stream.truncated


def digest(content: bytes) -> str:
    blocks = (content[start : start + BLOCK] for start in range(0, len(content), BLOCK))
    return "sha256:" + hashlib.sha256(b"".join(hashlib.sha256(block).digest() for block in blocks)).hexdigest()


WHOLE = {
    "plain": LINES,
    "gzip": PACKED,
    "an empty member before": gzip.compress(b"") + PACKED,
    "two members": gzip.compress(LINES[:1_000]) + gzip.compress(LINES[1_000:]),
    "a member for each byte": b"".join(gzip.compress(LINES[n : n + 1]) for n in range(200))
    + gzip.compress(LINES[200:]),
    "zeros behind": PACKED + bytes(20_000),
    "zstd": PACKED_ZSTD,
    "two frames": zstandard.compress(LINES[:1_000]) + zstandard.compress(LINES[1_000:]),
}


@pytest.mark.parametrize("name", WHOLE)
def test_an_archive_is_read_as_what_is_in_it(tmp_path: Path, name: str) -> None:
    assert read(tmp_path / "trace", WHOLE[name]) == (LINES, False)


BROKEN = {
    "gzip cut in half": (PACKED[: len(PACKED) // 2], 100_000),
    "gzip without its checksum": (PACKED[:-4], len(LINES)),
    "gzip with a head and nothing else": (PACKED[:5], 0),
    "gzip with half a head": (PACKED[:2], 0),
    "gzip with a wrong bit": (flipped(PACKED, len(PACKED) // 2), 50_000),
    "gzip with a wrong checksum": (flipped(PACKED, len(PACKED) - 6), 200_000),
    "something else behind gzip": (PACKED + b"something else", len(LINES)),
    "a second member cut": (PACKED + PACKED[:100], len(LINES)),
    "zstd cut in half": (PACKED_ZSTD[: len(PACKED_ZSTD) // 2], 1),
    "zstd with a wrong checksum": (flipped(PACKED_ZSTD, len(PACKED_ZSTD) - 1), 1),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_archive_keeps_what_was_read_and_says_so(tmp_path: Path, name: str) -> None:
    content, at_least = BROKEN[name]
    found, truncated = read(tmp_path / "trace", content)
    assert truncated
    assert len(found) >= at_least
    kept = min(len(found), at_least)
    assert found[:kept] == LINES[:kept]


def test_a_trace_of_several_blocks_has_the_digest_of_their_digests(tmp_path: Path) -> None:
    content = bytes(BLOCK) + b"\n" + bytes(BLOCK)
    assert read(tmp_path / "trace", content)[0] == content


def test_standard_input_has_no_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PACKED)))
    stream = ByteStream("-")
    assert stream.size is None
    assert b"".join(stream.chunks()) == LINES


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyctlError, match="is a directory"):
        ByteStream(str(tmp_path))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of memory of a process since it began")
@pytest.mark.parametrize("packed", ["gzip", "zstd"])
def test_an_archive_that_grows_a_thousandfold_takes_little_memory(tmp_path: Path, packed: str) -> None:
    blanks = b"\n" * 200_000_000
    content = zstandard.compress(blanks) if packed == "zstd" else gzip.compress(blanks, 1)
    del blanks
    (tmp_path / "trace").write_bytes(content)
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from policyctl.workspace.stream import ByteStream\n"
        "length = sum(map(len, ByteStream(sys.argv[1]).chunks()))\n"
        "print(length, Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "trace"], check=True, capture_output=True, text=True
    )
    length, peak = map(int, done.stdout.split())
    assert length == 200_000_000
    assert peak < 100_000
