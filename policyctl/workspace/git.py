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


def no_revision(revision: str, wanted: str | None = None) -> PolicyctlError:
    """Why git does not have a commit, and what to do; `wanted` is the file of it that the user named."""
    named = "" if wanted is None else f"no such file `{wanted}`, and "
    if _ask("--version") is None:
        return PolicyctlError(f"{named}git is not installed", hint="it takes git to read a file of a commit")
    if _ask("rev-parse", "--git-dir") is None:
        return PolicyctlError(
            f"{named}no git repository to look for `{revision}` in",
            hint="run it within the repository, or name two files",
        )
    if (_ask("rev-parse", "--is-shallow-repository") or b"").strip() == b"true":
        return PolicyctlError(
            f"{named}no revision `{revision}` in this shallow clone",
            hint="fetch it first: `git fetch --unshallow`, or `fetch-depth: 0` where the pipeline checks out",
        )
    return PolicyctlError(f"{named}no revision `{revision}`", hint=_similar(revision))


def _similar(revision: str) -> str:
    """Branches and tags that look like what was named."""
    from difflib import get_close_matches

    listed = _ask("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags") or b""
    close = get_close_matches(revision, listed.decode("utf-8", "replace").split(), n=2)
    if close:
        return f"did you mean {' or '.join(f'`{name}`' for name in close)}?"
    return "`git branch --all` and `git tag` list what is there; a branch of a remote may have to be fetched first"


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
