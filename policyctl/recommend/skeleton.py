"""The argument that says what an executing tool will do, and a rule for it that a person completes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policyctl.model.policy import Op
from policyctl.model.values import JSONValue
from policyctl.recommend.arguments import Argument
from policyctl.recommend.bounds import condition, predicate, values_of, words_of

#: Nothing of the catalog stands in a message that an agent reads.
INCOMPLETE = "The policy does not say yet which values are allowed here."

#: What the words of an argument's name make of it, the most telling first.
_KINDS: Mapping[str, frozenset[str]] = {
    "command": frozenset({"command", "commands", "cmd", "shell", "script", "argv"}),
    "code": frozenset({"code", "expression", "javascript", "python", "snippet", "function", "program"}),
    "query": frozenset({"query", "sql", "statement", "cypher", "graphql"}),
    "tool": frozenset({"tool", "workflow", "action", "method", "operation", "job", "task"}),
    "URL": frozenset({"url", "urls", "uri", "endpoint", "href", "host", "hostname", "domain"}),
    "path": frozenset({"path", "paths", "file", "filename", "filepath", "directory", "dir", "folder"}),
}
#: A condition to start from.
_EXAMPLES: Mapping[str, tuple[Op, JSONValue]] = {
    "command": (Op.IN, ["git status", "git diff"]),
    "code": (Op.IN, ["the one program that may run"]),
    "query": (Op.REGEX, r"^SELECT [a-z_, ]+ FROM [a-z_]+$"),
    "tool": (Op.IN, ["the_one_that_may_run"]),
    "URL": (Op.REGEX, r"^https://api\.example\.com/"),
    "path": (Op.REGEX, r"^/srv/project/[A-Za-z0-9_/-]+$"),
}
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
    op, value = _EXAMPLES.get(kind, _OTHER_EXAMPLE)
    gap = Gap(".".join(("args", *argument.path)), kind, condition(argument, op, value))
    return Skeleton(predicate(condition(argument, Op.IN, []), on_deny=INCOMPLETE), gap)


def main_argument(arguments: tuple[Argument, ...]) -> tuple[Argument, str] | None:
    """The argument that says most about what will happen, and what kind of thing it holds."""
    for kind, words in _KINDS.items():
        named = [argument for argument in arguments if not words.isdisjoint(words_of(argument.name))]
        if named:
            return min(named, key=_rank), kind
    needed = [argument for argument in arguments if argument.required]
    texts = [argument for argument in needed or arguments if argument.types == {"string"}]
    return (min(texts or needed, key=_rank), "value") if texts or needed else None


def _rank(argument: Argument) -> tuple[bool, int]:
    """What every call has comes first, then what is not buried; `min` keeps the order of the schema."""
    return not argument.required, len(argument.path)
