"""Documents that are made for the user: never in the place of something that is there, unless that is wished."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from policyctl.errors import PolicyctlError
from policyctl.workspace.naming import shown_name
from policyctl.workspace.write import write_whole

_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 80


def create(documents: Mapping[Path, bytes], *, force: bool) -> None:
    """Write each file whole; if one is there that would be lost, none is written. PolicyctlError says which."""
    if not force:
        for path in documents:
            # A pipe or a device loses nothing.
            if os.path.lexists(path) and (os.path.isfile(path) or os.path.islink(path)):
                raise PolicyctlError(
                    f"`{shown_name(str(path))}` is there already",
                    hint="name another file, or replace it with `--force`",
                )
    for path, content in documents.items():
        write_whole(path, content)


def file_names(ids: Iterable[str], ending: str) -> tuple[str, ...]:
    """A file name for each id, whatever is in it: no path, no hidden file, and none twice on any file system."""
    names: list[str] = []
    taken: set[str] = set()
    for id in ids:
        stem = _ODD.sub("-", id[:_LONGEST]).strip("-.") or "server"
        name, number = stem, 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.lower())
        names.append(f"{name}{ending}")
    return tuple(names)


def make_folder(folder: Path) -> None:
    """The directory with those above it; PolicyctlError if it cannot be made."""
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PolicyctlError(f"cannot make the directory `{folder}`: {reason}", hint="name another one") from error


def refuse_no_folder(name: str) -> None:
    """PolicyctlError if there can be no directory of this name, or nothing can be looked for in it."""
    hint = "name the directory in which the files should lie"
    try:
        is_folder = stat.S_ISDIR(os.stat(name).st_mode)
    except FileNotFoundError:
        return
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PolicyctlError(f"cannot use the directory `{name}`: {reason}", hint=hint) from error
    if not is_folder:
        raise PolicyctlError(f"`{name}` is no directory", hint=hint)
    if not os.access(name, os.X_OK):
        raise PolicyctlError(f"cannot use the directory `{name}`: no permission", hint=hint)
