"""The files that a source of tools is made of: one file, plain or compressed, or those of a directory."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from policyctl.errors import PolicyctlError
from policyctl.workspace.open import MAXIMUM_BYTES, STDIN
from policyctl.workspace.stream import ByteStream

#: What a directory is searched for.
_ENDINGS = re.compile(r"\.(json|jsonl|ndjson|yaml|yml)(\.gz|\.zst)?\Z", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")


def gather(name: str) -> tuple[tuple[str, bytes, str | None], ...]:
    """Each file's name, its content without compression, and the directory that was named in its place."""
    if name == STDIN or not os.path.isdir(name):
        return ((name, read_stored(name), None),)
    files = tuple(_files(name))
    if not files:
        raise PolicyctlError(f"`{name}` holds no JSON", hint="files that end in .json, .jsonl or .yaml are looked for")
    return tuple((file, read_stored(file), name) for file in files)


def read_stored(name: str) -> bytes:
    """What a file holds, decompressed; PolicyctlError if it cannot be had, breaks off or is far too large."""
    if not name or "\0" in name:
        raise PolicyctlError("a file name is empty or holds a NUL character", hint="name a file, or `-`")
    stream = ByteStream(name)
    chunks, room = [], MAXIMUM_BYTES
    for chunk in stream.chunks():
        room -= len(chunk)
        if room < 0:
            stream.close()
            limit = MAXIMUM_BYTES // (1024 * 1024)
            raise PolicyctlError(f"`{name}` holds more than {limit} MiB", hint="is this the file that you meant?")
        chunks.append(chunk)
    if stream.truncated:
        raise PolicyctlError(f"`{name}` breaks off: it is no whole archive", hint="make the archive anew")
    return b"".join(chunks)


def _files(folder: str) -> Iterator[str]:
    """Files below the directory in natural order; hidden ones and links that lead out of it are left out."""
    root = os.path.realpath(folder)
    for place, folders, names in os.walk(folder):
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=_natural)
        for name in sorted(names, key=_natural):
            path = os.path.join(place, name)
            inside = os.path.realpath(path).startswith(os.path.join(root, ""))
            if not name.startswith(".") and _ENDINGS.search(name) and inside and os.path.isfile(path):
                yield path


def _natural(name: str) -> list[tuple[int, int, str]]:
    """`page-2` comes before `page-10`."""
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in _DIGITS.split(name)]
