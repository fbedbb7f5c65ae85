"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from policyctl.errors import PolicyctlError


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`, keeping the mode of a file that is there; a reader sees the old bytes or all the new ones."""
    with writing_whole(path) as file:
        file.write(data)


def write_new(path: Path, data: bytes) -> bool:
    """Put `data` at `path`, whole, unless something is there by now: then False, and nothing is changed."""
    name = path.parent / f".{path.name[:32]}.{os.urandom(8).hex()}.tmp"
    try:
        with _leaving_no_trace(name), open(name, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            _settle(name, path)
    except FileExistsError:
        return False
    except OSError as error:
        raise _refusal(path, error) from error
    return True


def _settle(name: Path, path: Path) -> None:
    try:
        # A link is not made in the place of a file; a renamed file takes it.
        os.link(name, path)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems know no links.
        if os.path.lexists(path):
            raise FileExistsError from None
        os.rename(name, path)


@contextmanager
def _leaving_no_trace(name: Path) -> Iterator[None]:
    try:
        yield
    finally:
        with suppress(OSError):
            os.unlink(name)


def append(path: Path, data: bytes) -> None:
    """Add to the end of a file that somebody else reads when all is done."""
    try:
        with open(path, "ab") as file:
            file.write(data)
    except OSError as error:
        raise _refusal(path, error) from error


@contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of `path` when the block ends, and leaves no trace if it fails.

    A device or pipe such as /dev/stdout has nothing to replace and is written to; a symbolic link stays a link.
    """
    try:
        target = Path(os.path.realpath(path))
        in_place = target.exists() and not target.is_file() and not target.is_dir()
        with open(target, "wb") if in_place else _replacing(target) as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _refusal(path, error) from error


@contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    if target.is_dir():
        raise IsADirectoryError
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    if target.exists() and not os.access(target, os.W_OK):
        # Replacing needs no right to the file itself; who made it read-only meant that it stays.
        raise PermissionError
    # Named before it is there: an interrupt at any moment finds the name to remove.
    name = target.parent / f".{target.name[:32]}.{os.urandom(8).hex()}.tmp"
    try:
        with open(name, "xb", opener=_privately) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _privately(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _umask() -> int:
    # There is no way to read it but to set it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _refusal(path: Path, error: OSError) -> PolicyctlError:
    match error:
        case IsADirectoryError():
            return PolicyctlError(f"cannot write `{path}`: it is a directory", hint="name a file in it")
        case PermissionError():
            return PolicyctlError(f"cannot write `{path}`: no permission", hint="check the rights, or write elsewhere")
        case FileNotFoundError() | NotADirectoryError():
            return PolicyctlError(f"cannot write `{path}`: no such directory", hint=f"create `{path.parent}` first")
        case _:
            reason = (error.strerror or str(error)).lower()
            hint = "nothing was changed; make room, or write elsewhere"
            return PolicyctlError(f"cannot write `{path}`: {reason}", hint=hint)
