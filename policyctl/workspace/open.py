"""Bytes of a file that the user names: a path, `-` for standard input, or `REV:path` of the surrounding git repository."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from policyctl.errors import PolicyctlError

#: Nobody writes a policy of this size; a trace is streamed and never comes through here.
MAXIMUM_BYTES = 256 * 1024 * 1024

STDIN = "-"


def read_bytes(name: str) -> bytes:
    """The whole content of what the user named; PolicyctlError says why it cannot be had."""
    if name == STDIN:
        return _bounded(name, sys.stdin.buffer.read(MAXIMUM_BYTES + 1) if sys.stdin is not None else b"")
    try:
        _refuse_odd_names(name)
        with open(name, "rb") as file:
            _refuse_directory(file.fileno())
            return _bounded(name, file.read(MAXIMUM_BYTES + 1))
    except FileNotFoundError:
        return _bounded(name, of_revision(name))
    except OSError as error:
        raise refusal(name, error) from error


def is_same_file(name: str, content: bytes | None) -> bool:
    """Whether the file that lies here has just this content."""
    try:
        with open(name, "rb") as file:
            return file.read(MAXIMUM_BYTES + 1) == content
    except OSError:
        return False


def _refuse_odd_names(name: str) -> None:
    if not name:
        raise PolicyctlError("a file name is empty", hint="name a file, or `-` for standard input")
    if "\0" in name:
        raise PolicyctlError("a file name holds a NUL character", hint="name a file, or `-` for standard input")


def _refuse_directory(descriptor: int) -> None:
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        raise IsADirectoryError


def _bounded(name: str, content: bytes) -> bytes:
    if len(content) > MAXIMUM_BYTES:
        limit = MAXIMUM_BYTES // (1024 * 1024)
        raise PolicyctlError(f"`{name}` is larger than {limit} MiB", hint="is this the file that you meant?")
    return content


def of_revision(name: str) -> bytes:
    """A file as a commit of the repository holds it; git is asked only where no such file exists."""
    revision, separator, path = name.partition(":")
    if not separator or not revision or not path or revision.startswith("-"):
        raise missing(name)
    from policyctl.workspace.git import content_at, no_revision

    content = content_at(revision, path)
    if content is None:
        raise no_revision(revision, name)
    return content


def missing(name: str) -> PolicyctlError:
    """No such file, with the names nearby that look like it."""
    close = _neighbours(Path(name))
    hint = f"did you mean {close}?" if close else "check the name; paths are relative to the working directory"
    return PolicyctlError(f"no such file `{name}`", hint=hint)


def _neighbours(path: Path) -> str:
    from difflib import get_close_matches

    try:
        names = [entry.name for entry in os.scandir(path.parent)]
    except (OSError, ValueError):
        return ""
    close = get_close_matches(path.name, names, n=2, cutoff=0.7)
    return " or ".join(f"`{path.parent / name}`" for name in close)


def refusal(name: str, error: OSError) -> PolicyctlError:
    """Why the system did not let us read."""
    match error:
        case IsADirectoryError():
            return PolicyctlError(f"`{name}` is a directory", hint=f"name files: `{name.rstrip('/')}/policy.json`")
        case PermissionError():
            return PolicyctlError(f"cannot read `{name}`: no permission", hint="check the rights of the file")
        case NotADirectoryError():
            return missing(name)
        case _:
            reason = (error.strerror or str(error)).lower()
            return PolicyctlError(f"cannot read `{name}`: {reason}", hint="check the name and the disk")
