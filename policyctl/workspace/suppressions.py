"""Suppressions written into a configuration file, whose comments and order stay."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from policyctl.errors import PolicyctlError
from policyctl.workspace.configuration import Configuration, Suppression

_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)


def with_suppression(configuration: Configuration, text: str, entry: Suppression) -> str:
    """The text of the file with this entry: in place of the one about the same finding, else at its end.

    Paths in `entry` are relative to the working directory, as everywhere. PolicyctlError if the file writes its entries
    in a way that another one cannot be added to.
    """
    file = configuration.file or Path("policyctl.toml")
    table = "tool.policyctl.suppress" if file.name == "pyproject.toml" else "suppress"
    block = "\n".join(_block(table, entry, file.parent)) + "\n"
    same = next((number for number, each in enumerate(configuration.suppress) if _is_about(each, entry)), None)
    if same is None:
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        written = f"{text}{gap}{block}"
    else:
        written = _replaced(text, configuration.origin(f"suppress.{same}").line, block)
    _check(file, written, block)
    return written


def _block(table: str, entry: Suppression, folder: Path) -> Iterator[str]:
    yield f"[[{table}]]"
    yield f"rule = {_text(entry.rule)}"
    yield f"policy = {_text(os.path.relpath(entry.policy, folder).replace(os.sep, '/'))}"
    yield f"at = {_text(entry.at)}"
    if entry.reason is not None:
        yield f"reason = {_text(entry.reason)}"
    if entry.expires is not None:
        yield f"expires = {_day(entry.expires)}"
    if entry.content is not None:
        yield f"content = {_text(entry.content)}"


def _text(value: str) -> str:
    """A basic string of TOML: JSON's escapes are among its own, but for DEL and what is no pair of surrogates."""
    quoted = json.dumps(value, ensure_ascii=False).replace("\x7f", r"\u007f")
    return quoted.replace(r"\/", "/")


def _day(day: date) -> str:
    return day.isoformat()


def _is_about(present: Suppression, entry: Suppression) -> bool:
    here, there = os.path.realpath(present.policy), os.path.realpath(entry.policy)
    return (present.rule, here, present.at) == (entry.rule, there, entry.at)


def _replaced(text: str, line: int | None, block: str) -> str:
    """The block that starts on `line` and ends before the next header; blank lines and comments behind it stay."""
    lines = text.splitlines(keepends=True)
    if line is None or not lines[line - 1].lstrip().startswith("[["):
        raise PolicyctlError(
            "the entry that is there cannot be rewritten", hint="write each suppression as a table `[[suppress]]`"
        )
    end = next((number for number in range(line, len(lines)) if _HEADER.match(lines[number])), len(lines))
    while end > line and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return "".join((*lines[: line - 1], block, *lines[end:]))


def _check(file: Path, text: str, block: str) -> None:
    """A file that does not read any more is not written."""
    try:
        tomllib.loads(text)
    except ValueError as error:
        hint = f"add this by hand:\n{block.rstrip()}"
        raise PolicyctlError(
            f"`{file}` has its suppressions in one list, to which none can be added", hint=hint
        ) from error
