"""What a user typed, taken as it stands where it already is what a command wants.

Typer asks pydantic about every value, also about a text that is to be a text, and importing pydantic takes longer than
all of a small `validate`. Whatever has to be turned into something else, and every mistake, is left to Typer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args, get_origin

import typer


class Coercion:
    """Stands in for Typer's own coercion of one parameter."""

    def __init__(self, parameter: Any) -> None:
        self._annotation = parameter.type_descriptor.annotation
        self._has_parser = parameter.type_descriptor.parameter_info.parser is not None
        # Bound before it is hidden by this object.
        self._of_typer = parameter.get_runtime_param

    def coerce(self, value: object, *, param: Any, ctx: Any) -> Any:
        """The value for the command; whatever Typer raises for a mistake."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if not self._has_parser and _is_plain(self._annotation, value):
            return list(value) if isinstance(value, tuple) else value
        return self._of_typer().coerce(value, param=param, ctx=ctx)


class PlainCommand(typer.core.TyperCommand):
    """A command whose parameters take texts as they stand."""

    def get_params(self, ctx: Any) -> list[Any]:
        """All parameters, that for help included."""
        return _eased(super().get_params(ctx))


class PlainGroup(typer.core.TyperGroup):
    """A group whose parameters do, which is where every command line starts."""

    def get_params(self, ctx: Any) -> list[Any]:
        """All parameters, that for help included."""
        return _eased(super().get_params(ctx))


def _eased(parameters: list[Any]) -> list[Any]:
    for parameter in parameters:
        # A version of Typer that has no such method does as it always does.
        if hasattr(parameter, "get_runtime_param") and "get_runtime_param" not in vars(parameter):
            parameter.get_runtime_param = _always(Coercion(parameter))
    return parameters


def _always(coercion: Coercion) -> Callable[[], Coercion]:
    return lambda: coercion


def _is_plain(annotation: Any, value: object) -> bool:
    if isinstance(value, (list, tuple)):
        return get_args(annotation) == (str,) and all(isinstance(each, str) for each in value)
    if not isinstance(value, str):
        return False
    return annotation is str or (get_origin(annotation) is Literal and value in get_args(annotation))
