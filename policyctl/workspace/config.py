"""Read the configuration: the nearest file, whole and checked, or none at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyctl.errors import PolicyctlError
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.discover import candidates, find_configuration

if TYPE_CHECKING:
    from policyctl.workspace.readers import At


def load(file: Path | None = None) -> Configuration:
    """The configuration in `file`, else in the nearest one, else the defaults; PolicyctlError if it is broken."""
    found = file if file is not None else find_configuration(Path.cwd())
    if found is None:
        return Configuration()
    # Most runs have no configuration: they do not pay for reading one.
    from policyctl.workspace.open import read_bytes

    path = Path(os.path.relpath(found))
    # What is not there is called what the user called it; what is there, by its place from here.
    content = _decode(path, read_bytes(str(file if file is not None else path)))
    prefix, raw = _settings(path, _parse(path, content))
    if raw is None:
        raise PolicyctlError(f"`{path}` has no table `[tool.policyctl]`", hint="add it, or name another file")
    return _read(path, content, prefix, raw)


def load_at(revision: str, file: Path | None = None) -> Configuration:
    """The configuration that a revision of the repository has in `file`, else in the nearest one there; else the defaults.

    It is looked for afresh: a change that moves the configuration must not get rid of it.
    """
    from policyctl.workspace.git import content_at, is_revision, no_revision, repository_root

    if not is_revision(revision):
        if revision == "HEAD" and repository_root(Path.cwd()) is not None:
            # Before the first commit there is nothing that could be held against it.
            return Configuration()
        raise no_revision(revision)
    for path in candidates(Path.cwd()) if file is None else (Path(os.path.relpath(file)),):
        content = content_at(revision, str(path), missing_ok=True)
        if content is None or (path.name == "pyproject.toml" and b"policyctl" not in content):
            continue
        text = _decode(path, content)
        prefix, raw = _settings(path, _parse(path, text))
        if raw is not None:
            return _read(path, text, prefix, raw)
    return Configuration()


def _decode(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PolicyctlError(f"{path}:{line}: not UTF-8", hint="save the file as UTF-8") from error


def _parse(path: Path, content: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(content)
    except ValueError as error:  # its own error is one, and so is that of an integer with too many digits
        # "Expected '=' after a key in a key/value pair (at line 3, column 5)"
        reason, _, place = str(error).partition(" (at ")
        line = re.search(r"line (\d+)", place)
        where = f"{path}:{line[1]}" if line else str(path)
        raise PolicyctlError(f"{where}: {reason[:1].lower()}{reason[1:]}", hint="the file must be TOML 1.0") from error
    except RecursionError as error:
        raise PolicyctlError(f"{path}: nested too deeply", hint="no setting needs such nesting") from error


def _settings(path: Path, document: dict[str, Any]) -> tuple[At, Any]:
    """The part of a file that is ours, with the keys that lead to it."""
    if path.name != "pyproject.toml":
        return (), document
    tool = document.get("tool")
    return ("tool", "policyctl"), tool.get("policyctl") if isinstance(tool, dict) else None


def _read(path: Path, content: str, prefix: At, raw: Any) -> Configuration:
    from policyctl.source.toml_lines import line_of
    from policyctl.workspace.keys import reader
    from policyctl.workspace.readers import MistakeError

    try:
        configuration = reader(path.parent)(raw, ())
    except MistakeError as mistake:
        line = line_of(content, (*prefix, *mistake.at))
        where = f"{path}:{line}" if line else str(path)
        raise PolicyctlError(f"{where}: {mistake.message}{_within(mistake.at)}", hint=mistake.hint) from mistake
    assert isinstance(configuration, Configuration)
    origins = {dotted(at): line_of(content, (*prefix, *at)) for at in _leaves(raw, ())}
    return replace(configuration, file=path, origins=origins)


def _within(at: At) -> str:
    table = dotted(at[:-1])
    return f" in `[{table}]`" if table else ""


def _leaves(raw: Mapping[str, Any], at: At) -> Iterator[At]:
    """Every table and every value in it, so that a caller may ask for the place of either."""
    if not at and not isinstance(raw.get("traces", {}), dict):
        yield ("traces", "files")
    for key, value in raw.items():
        yield (*at, key)
        if isinstance(value, dict):
            yield from _leaves(value, (*at, key))
        elif key == "suppress":
            yield from ((*at, key, position) for position in range(len(value)))


def dotted(at: At) -> str:
    """Keys as TOML writes them: `servers."git hub".policy`."""
    return ".".join(_bare(str(part)) for part in at)


def _bare(part: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9_-]+", part):
        return part
    escaped = part.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
