"""A cell of each place as the arguments of a real call."""

from __future__ import annotations

from copy import deepcopy
from itertools import chain, count
from typing import Any

from policyctl.cells.place import ABSENT, Place
from policyctl.cells.space import Space
from policyctl.cells.values import identity
from policyctl.cells.walk import State
from policyctl.model.values import JSONValue


def represent(space: Space, state: State) -> dict[str, JSONValue]:
    """The arguments with the smallest value of each cell."""
    args: dict[str, Any] = {}
    unnamed: list[Place] = []
    for place, (cell, required, forbidden) in zip(space.places, state, strict=True):
        if cell == ABSENT:
            continue
        _set(args, place.path, deepcopy(place.smallest(cell, required, forbidden)))
        if cell == place.unnamed["object"]:
            unnamed.append(place)
    # From the innermost outwards: one more member makes what is around it another object too.
    for place in reversed(unnamed):
        _tell_apart(_get(args, place.path), place, space)
    return args


def _set(args: dict[str, Any], path: tuple[str, ...], value: JSONValue) -> None:
    *around, last = path
    for key in around:
        inner = args.get(key)
        if not isinstance(inner, dict):
            inner = args[key] = {}
        args = inner
    args[last] = value


def _get(args: Any, path: tuple[str, ...]) -> dict[str, JSONValue]:
    for key in path:
        args = args[key]
    assert isinstance(args, dict)
    return args


def _tell_apart(value: dict[str, JSONValue], place: Place, space: Space) -> None:
    """Gives an object that must have no name one member more, if it has come to equal one that has."""
    named = {identity(constant) for _, constant in place.objects}
    if identity(value) in named:
        value[_fresh_key(place, space)] = True


def _fresh_key(place: Place, space: Space) -> str:
    """A key that no named object has there and no path asks for."""
    used = {key for _, constant in place.objects for key in constant}
    depth = len(place.path)
    used |= {path[depth] for path in space.numbers if len(path) > depth and path[:depth] == place.path}
    return next(key for key in chain(["other"], (f"other{number}" for number in count(2))) if key not in used)
