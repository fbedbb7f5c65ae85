"""Find what the user did not name: the configuration, the policy, the recordings."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from policyctl.errors import PolicyctlError
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.git import repository_root

#: Where a policy is looked for if neither the command line nor the configuration names one, in this order.
POLICY_NAMES = ("policy.json", "policy.yaml", "policy.yml")
#: What a configuration is called; the first of a folder counts.
CONFIGURATION_NAMES = ("policyctl.toml", "pyproject.toml")
#: Every way to write a table `tool.policyctl`: with its own header, below `[tool]`, or as a value at the top.
_MAY_BE_OURS = re.compile(
    r"""^[ \t]*(?:\[+[ \t]*)?["']?tool["']?[ \t]*(?:\.[ \t]*["']?policyctl|\.[ \t]*["']|\]|=)""", re.MULTILINE
)


def find_configuration(start: Path) -> Path | None:
    """The nearest `policyctl.toml`, else `pyproject.toml` with `[tool.policyctl]`, up to the root of the repository.

    Outside a repository only `start` counts: a file in a parent that others can write to must not set what is allowed.
    """
    root = repository_root(start)
    found = (configuration_in(folder, root or start) for folder in _upwards(start, root or start))
    return next((candidate for candidate in found if candidate is not None), None)


def candidates(start: Path) -> Iterator[Path]:
    """Where a configuration may lie, the nearest first, relative to the working directory."""
    for folder in _upwards(start, repository_root(start) or start):
        for name in CONFIGURATION_NAMES:
            yield Path(os.path.relpath(folder / name))


def configuration_in(folder: Path, root: Path) -> Path | None:
    """The configuration that lies in `folder` itself, and is not a link that leads out of `root`."""
    for candidate in (folder / name for name in CONFIGURATION_NAMES):
        if candidate.is_file() and is_inside(candidate, root) and _is_ours(candidate):
            return candidate
    return None


def _upwards(start: Path, root: Path) -> Iterator[Path]:
    for folder in (start, *start.parents):
        yield folder
        if folder == root:
            return


def _is_ours(candidate: Path) -> bool:
    """A broken `pyproject.toml` is only our concern if it seems to hold our table."""
    if candidate.name == "policyctl.toml":
        return True
    try:
        content = candidate.read_text("utf-8")
    except (OSError, ValueError):
        return False
    # Most files of other projects need not be parsed to know.
    if "policyctl" not in content or not _MAY_BE_OURS.search(content):
        return False
    import tomllib

    try:
        return "policyctl" in tomllib.loads(content).get("tool", {})
    except tomllib.TOMLDecodeError:
        return "[tool.policyctl" in content
    except ValueError:
        return False


def is_inside(path: Path, root: Path) -> bool:
    """Whether `path` is below `root` once symbolic links are followed."""
    return path.resolve().is_relative_to(root.resolve())


def find_policy(configuration: Configuration) -> Path:
    """The policy of the configuration, else the one that lies in the working directory; PolicyctlError if none does."""
    if configuration.policy is not None:
        return configuration.policy
    here = Path.cwd()
    root = repository_root(here) or here
    for name in POLICY_NAMES:
        if (here / name).is_file() and is_inside(here / name, root):
            return Path(name)
    *others, last = (f"`{name}`" for name in POLICY_NAMES)
    raise PolicyctlError(
        "no policy was named and none was found",
        hint="name one (`explain` and `simulate` take it as `--policy FILE`), set `policy` in policyctl.toml, "
        f"or put {', '.join(others)} or {last} into this directory",
    )


def expand(patterns: Iterable[str]) -> tuple[Path, ...]:
    """The files that globs match, sorted, each once; a link that leads out of the repository is left out."""
    import glob

    root = repository_root(Path.cwd()) or Path.cwd()
    found = {
        os.path.normpath(name)
        for pattern in patterns
        for name in glob.glob(pattern, recursive=True)
        if os.path.isfile(name) and (not _passes_link(Path(name)) or is_inside(Path(name), root))
    }
    return tuple(Path(name) for name in sorted(found))


def _passes_link(path: Path) -> bool:
    return any(part.is_symlink() for part in (path, *path.parents))
