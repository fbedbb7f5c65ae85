"""Arguments as typed records of no more than what a policy reads, so that a decoder skips all else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Any, TypeAlias, Union

import msgspec

from policyctl.engine.judge import Bind, Steps, descend
from policyctl.model.policy import Op
from policyctl.model.values import JSONValue

#: Operators that compare a value whole: a record drops what it does not know, and `{"b": 1, "c": 2}` would equal `{"b": 1}`.
_WHOLE = frozenset({Op.EQ, Op.NEQ, Op.IN, Op.NOT_IN, Op.CONTAINS})
#: Records lie in each other as deep as a path is long.
_DEEPEST = 16

#: A path, and whether the value there is compared whole.
Read: TypeAlias = tuple[tuple[str, ...], bool]


def reads(steps: Steps) -> frozenset[Read]:
    """All that these steps ask for."""
    conditions = (condition for step in steps.steps for condition in step.predicate.conditions)
    return frozenset((condition.path, condition.op in _WHOLE) for condition in conditions)


def layout_of(asked: frozenset[Read]) -> Layout | None:
    """The layout for these paths, the same for equal ones; None if a record cannot hold one of them."""
    if any(len(path) > _DEEPEST for path, _ in asked):
        return None
    try:
        return _layout(asked)
    except ValueError:
        # A key with a quotation mark, a backslash or a control character can be no name of a field.
        return None


@cache
def _layout(asked: frozenset[Read]) -> Layout:
    return Layout(asked)


_numbers = count()


class Layout:
    """The type of the arguments of a tool, and how a judge reads it."""

    def __init__(self, asked: frozenset[Read]) -> None:
        self.asked = asked
        #: Each reader of records has code of its own: Python is quick with attributes where their type stays the same.
        self.title = f"record {next(_numbers)}"
        self._records: dict[tuple[str, ...], type[msgspec.Struct]] = {}
        self._fields: dict[tuple[str, ...], str] = {}
        self.type = self._record((), sorted(asked))

    def fetch(self, path: tuple[str, ...], name: str, bind: Bind) -> Iterator[str]:
        """Attributes as far as there are records, look-ups below a value that is compared whole."""
        yield f"{name} = args.{self._fields[path[:1]]}"
        for depth in range(1, len(path)):
            record = self._records.get(path[:depth])
            if record is None:
                yield from descend(name, path[depth:], bind)
                return
            field = self._fields[path[: depth + 1]]
            yield f"{name} = {name}.{field} if type({name}) is {bind(record)} else None"

    def _record(self, place: tuple[str, ...], asked: list[Read]) -> type[msgspec.Struct]:
        """A type with a field for each key that is asked for at this place."""
        depth = len(place)
        fields: list[tuple[str, Any, JSONValue]] = []
        names: dict[str, str] = {}
        for number, key in enumerate(dict.fromkeys(path[depth] for path, _ in asked)):
            below = [(path, whole) for path, whole in asked if path[depth] == key]
            name = self._fields[*place, key] = f"f{number}"
            names[name] = key
            # Absent and null are the same to every condition.
            fields.append((name, self._value((*place, key), below), None))
        record = msgspec.defstruct("Record", fields, rename=names, gc=False)
        self._records[place] = record
        return record

    def _value(self, place: tuple[str, ...], asked: list[Read]) -> Any:
        if any(path == place and whole for path, whole in asked) or all(path == place for path, _ in asked):
            return Any
        record = self._record(place, [(path, whole) for path, whole in asked if path != place])
        # With all else that may stand there, so that it does not make the line a bad one.
        return Union[record, str, int, float, bool, list, None]
