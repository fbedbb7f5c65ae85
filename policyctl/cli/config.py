"""`policyctl config`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated, Literal

from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import destinations, finish, note
from policyctl.cli.options import FORMAT, ConfigOption, Outputs, Quiet
from policyctl.report.config.result import ConfigResult, Variable
from policyctl.workspace.config import load
from policyctl.workspace.effective import effective


def config(
    config: ConfigOption = None,
    format: Annotated[Literal["text", "json"], FORMAT] = "text",
    output: Outputs = None,
    quiet: Quiet = False,
) -> int:
    """Show each effective setting and where it comes from: a file and its line, a variable, or the default.

    A flag outranks a variable, a variable the file, the file the default. The file is `policyctl.toml`, else
    `[tool.policyctl]` of `pyproject.toml`, the nearest one up to the root of the repository.
    """
    to = destinations(output, ("text", "json"))
    configuration = load(config)
    result = ConfigResult(configuration.file, effective(configuration), tuple(_variables(quiet=quiet)))
    return finish(lambda form: _render(form, result), ExitCode.CLEAN, format=format, to=to)


def _render(form: str, result: ConfigResult) -> str:
    if form == "json":
        from policyctl.report.config import json

        return json.render(result, ExitCode.CLEAN)
    from policyctl.report.config import text

    return text.render(result)


def _variables(*, quiet: bool) -> Iterator[Variable]:
    """The variables of the environment that some command reads; one that none reads is a likely mistake, and is said."""
    names = sorted(name for name in os.environ if name.startswith("POLICYCTL_"))
    if not names:
        return
    from policyctl.cli.app import variables

    known = variables()
    for name in names:
        if name in known:
            command, flag = known[name]
            yield Variable(name, command, flag, os.environ[name])
        else:
            close = get_close_matches(name, known, n=1)
            hint = f"; did you mean `{close[0]}`?" if close else ""
            note(f"note: no command reads `{name}`{hint}", quiet=quiet)
