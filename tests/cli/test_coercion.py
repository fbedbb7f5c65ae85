"""Texts taken as they stand are what Typer would have made of them."""

from __future__ import annotations

from typing import Any

import pytest
import typer

from policyctl.cli.app import build
from policyctl.cli.coercion import Coercion
from policyctl.cli.commands import COMMANDS
from policyctl.errors import PolicyctlError

VALUES: tuple[Any, ...] = (None, "", "-", "text", "json", "auto", "never", "always", "7", "x y", "é\udcff", True, False)


def _parameters() -> list[Any]:
    found: list[Any] = []

    def collect(command: Any, path: str) -> None:
        context = typer.Context(command)
        found.extend(pytest.param(each, context, id=f"{path} {each.name}") for each in command.params)
        for name, below in getattr(command, "commands", {}).items():
            collect(below, f"{path} {name}".strip())

    collect(build(COMMANDS), "")
    return found


def _outcome(coerce: Any, value: Any, parameter: Any, context: Any) -> tuple[str, Any]:
    try:
        return "is", coerce(value, param=parameter, ctx=context)
    except typer.BadParameter as mistake:
        return "is refused", mistake.format_message()
    except (PolicyctlError, AttributeError) as mistake:
        # From the parser of an option, which asks its value for what only a text has.
        return "is refused", f"{type(mistake).__name__}: {mistake}"


@pytest.mark.parametrize(("parameter", "context"), _parameters())
def test_a_parameter_takes_what_typer_would_and_refuses_what_it_would(parameter: Any, context: Any) -> None:
    of_typer = type(parameter).get_runtime_param(parameter)
    ours = Coercion(parameter)
    is_multiple = parameter.multiple or parameter.nargs == -1
    for value in ((), VALUES[1:5], ["a", "b"]) if is_multiple else VALUES:
        got = _outcome(ours.coerce, value, parameter, context)
        assert got == _outcome(of_typer.coerce, value, parameter, context), value
        if got[0] == "is":
            assert type(got[1]) is type(of_typer.coerce(value, param=parameter, ctx=context))
