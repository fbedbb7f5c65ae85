"""The effective configuration for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from policyctl.report.config.result import ConfigResult
from policyctl.report.escape import escape_terminal


def render(result: ConfigResult) -> str:
    """Three columns: the setting, its value, and where it comes from."""
    return "\n".join(_lines(result)) + "\n"


def _lines(result: ConfigResult) -> Iterator[str]:
    rows = [(setting.key, _value(setting.value), str(setting.origin)) for setting in result.settings]
    yield from _columns(rows)
    if result.variables:
        yield ""
        yield from _columns(
            [(f"{entry.command} {entry.flag}", _value(entry.value), entry.name) for entry in result.variables]
        )
    yield ""
    file = "no configuration file" if result.file is None else escape_terminal(result.file.as_posix())
    given = sum(setting.origin.file is not None for setting in result.settings)
    yield f"{file} · {given} of {len(rows)} settings given · {len(result.variables)} environment variables"


def _value(value: object) -> str:
    if value is None or value in ([], {}):
        return "none"
    return json.dumps(value, ensure_ascii=False)


def _columns(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    escaped = [tuple(escape_terminal(cell) for cell in row) for row in rows]
    first, second = (max(len(row[column]) for row in escaped) for column in (0, 1))
    # A long list in one row must not push the last column out of every other row's sight.
    second = min(second, 40)
    return (f"{row[0]:<{first}}  {row[1]:<{second}}  {row[2]}" for row in escaped)
