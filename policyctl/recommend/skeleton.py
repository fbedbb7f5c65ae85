"""The argument that says what an executing tool will do, and a rule for it that a person completes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policyctl.catalog.kinds import ArgumentKind, Slot, kinds_of, words_of
from policyctl.model.policy import Op
from policyctl.model.values import JSONValue
from policyctl.recommend.arguments import Argument
from policyctl.recommend.bounds import condition, predicate, values_of
from policyctl.source.pointer import format_path

#: Nothing of the catalog stands in a message that an agent reads.
INCOMPLETE = "The policy does not say yet which values are allowed here."

#: A condition to start from, the most telling kind of argument first.
_EXAMPLES: Mapping[ArgumentKind, tuple[Op, JSONValue]] = {
    ArgumentKind.COMMAND: (Op.IN, ["git status", "git diff"]),
    ArgumentKind.CODE: (Op.IN, ["the one program that may run"]),
    ArgumentKind.STATEMENT: (Op.REGEX, r"^SELECT [a-z_, ]+ FROM [a-z_]+$"),
    ArgumentKind.TOOL: (Op.IN, ["the_one_that_may_run"]),
    ArgumentKind.OPERATION: (Op.IN, ["the_one_that_may_run"]),
    ArgumentKind.URL: (Op.REGEX, r"^https://api\.example\.com/"),
    ArgumentKind.PATH: (Op.REGEX, r"^/srv/project/[A-Za-z0-9_/-]+$"),
}
#: Words of an argument that says what is to be run.
_SELECTING = frozenset({"method", "operation", "action", "workflow", "job", "task", "function", "tool"})
_OTHER_EXAMPLE: tuple[Op, JSONValue] = (Op.IN, ["a value that may pass"])


@dataclass(frozen=True, slots=True)
class Gap:
    """A predicate that holds for no call until a person completes it; `example` is a condition to put in its place."""

    path: str
    kind: str
    example: JSONValue


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A `require` on the main argument; without a gap the schema itself says which values there are."""

    require: JSONValue
    gap: Gap | None


def skeleton_of(arguments: Iterable[Argument]) -> Skeleton | None:
    """The rule for the main argument; None where no argument stands out."""
    found = main_argument(tuple(arguments))
    if found is None:
        return None
    argument, kind = found
    values = values_of(argument)
    if values is not None:
        return Skeleton(predicate(condition(argument, Op.IN, values)), None)
    op, value = _OTHER_EXAMPLE if kind is None else _EXAMPLES[kind]
    gap = Gap(format_path(argument.path), kind.value if kind else "value", condition(argument, op, value))
    return Skeleton(predicate(condition(argument, Op.IN, []), on_deny=INCOMPLETE), gap)


def main_argument(arguments: tuple[Argument, ...]) -> tuple[Argument, ArgumentKind | None] | None:
    """The argument that says most about what will happen, and what kind of thing it holds."""
    kinds = {argument.path: kinds_of(_slot(argument)) for argument in arguments}
    for kind in _EXAMPLES:
        if named := [argument for argument in arguments if kind in kinds[argument.path]]:
            return min(named, key=_rank), kind
    if named := [argument for argument in arguments if not _SELECTING.isdisjoint(words_of(argument.name))]:
        return min(named, key=_rank), None
    needed = [argument for argument in arguments if argument.required]
    texts = [argument for argument in needed or arguments if argument.types == {"string"}]
    return (min(texts or needed, key=_rank), None) if texts or needed else None


def _slot(argument: Argument) -> Slot:
    form, values = argument.schema.get("format"), values_of(argument)
    type_ = " or ".join(sorted(argument.types)) or "any"
    return Slot(
        argument.name,
        type_.replace("array", "list"),
        form if isinstance(form, str) else "",
        len(values or ()),
        runs=True,
    )


def _rank(argument: Argument) -> tuple[bool, int]:
    """What every call has comes first, then what is not buried; `min` keeps the order of the schema."""
    return not argument.required, len(argument.path)
