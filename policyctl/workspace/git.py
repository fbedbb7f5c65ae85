"""What policyctl asks git: where a repository begins, and what a file was in a commit."""

from __future__ import annotations

import os
from pathlib import Path

from policyctl.errors import PolicyctlError

#: A repository on a stalled network drive must not hang a check for ever.
_PATIENCE = 60


def repository_root(start: Path) -> Path | None:
    """The nearest ancestor that holds `.git`, a directory or (in a worktree or submodule) a file."""
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), None)


def is_revision(revision: str) -> bool:
    """Whether git knows this commit here."""
    return _ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}") is not None


def content_at(revision: str, path: str, *, missing_ok: bool = False) -> bytes | None:
    """A file's bytes in a commit, `path` relative to the working directory; None if this is no revision.

    PolicyctlError if the revision is there and the file is not; None for that too if it is `missing_ok`.
    """
    if not is_revision(revision):
        return None
    content = _ask("cat-file", "blob", f"{revision}:{_from_here(path)}")
    if content is None and not missing_ok:
        raise PolicyctlError(f"no file `{path}` in `{revision}`", hint=f"`git ls-tree {revision}` lists what is there")
    return content


def _from_here(path: str) -> str:
    # Git takes `REV:./x` from the working directory and `REV:x` from the root of the repository.
    relative = os.path.relpath(path).replace(os.sep, "/")
    return relative if relative.startswith("../") else f"./{relative}"


def _ask(*words: str) -> bytes | None:
    """What git prints; None if it refuses or is not there."""
    # Most runs never ask git, and the module is slow to import.
    import subprocess

    try:
        answer = subprocess.run(
            ["git", *words], capture_output=True, check=False, timeout=_PATIENCE, stdin=subprocess.DEVNULL
        )
    except FileNotFoundError:
        return None
    except subprocess.TimeoutExpired as error:
        raise PolicyctlError("git did not answer", hint="is the repository on a drive that is away?") from error
    return answer.stdout if answer.returncode == 0 else None
