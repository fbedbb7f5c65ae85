"""Which tool that is gone came back under another name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policyctl.catalog.changes.tool import schema_of
from policyctl.catalog.digest import definition_digest
from policyctl.engine.canonical import canonical
from policyctl.model.catalog import Tool

#: Two definitions with at least so much in common, of 1, may be one tool (docs/catalog.md).
_SAME_TOOL = 0.75
#: Beyond so many pairs only definitions that are the same but for the name are found.
_MOST_PAIRS = 60_000
_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Renaming:
    """A tool under its old and its new name; `alike` is what they have in common, 1 for all but the name."""

    before: Tool
    after: Tool
    alike: float


def renamings(removed: Sequence[Tool], added: Sequence[Tool]) -> tuple[Renaming, ...]:
    """Pairs of which each is the other's only best match; the same from both sides."""
    same = tuple(_same_but_for_name(removed, added))
    taken = {tool.name for pair in same for tool in (pair.before,)}, {pair.after.name for pair in same}
    rest = [tool for tool in removed if tool.name not in taken[0]]
    others = [tool for tool in added if tool.name not in taken[1]]
    return (*same, *_alike(rest, others)) if len(rest) * len(others) <= _MOST_PAIRS else same


def _same_but_for_name(removed: Iterable[Tool], added: Iterable[Tool]) -> Iterator[Renaming]:
    before, after = _by_body(removed), _by_body(added)
    for body, tools in before.items():
        match tools, after.get(body):
            # Several tools of one definition cannot be told apart.
            case [[one], [other]]:
                yield Renaming(one, other, 1.0)
            case _:
                pass


def _by_body(tools: Iterable[Tool]) -> dict[str, list[Tool]]:
    bodies: dict[str, list[Tool]] = {}
    for tool in tools:
        # A tool that says nothing of itself is like any other that does not.
        if tool.description or schema_of(tool, "inputSchema"):
            bodies.setdefault(definition_digest(replace(tool, name="")), []).append(tool)
    return bodies


@dataclass(frozen=True, slots=True)
class _Traits:
    """What tools are compared by: words of name and description, names of arguments, the schema as a whole."""

    name: frozenset[str]
    description: frozenset[str]
    arguments: frozenset[str]
    schema: str


def _alike(removed: Sequence[Tool], added: Sequence[Tool]) -> Iterator[Renaming]:
    before, after = [_traits(tool) for tool in removed], [_traits(tool) for tool in added]
    scores = {
        (row, column): score
        for row, one in enumerate(before)
        for column, other in enumerate(after)
        if (score := _score(one, other)) >= _SAME_TOOL
    }
    best_of_row, best_of_column = _best(scores, 0), _best(scores, 1)
    for (row, column), score in scores.items():
        if best_of_row[row] == best_of_column[column] == (row, column):
            yield Renaming(removed[row], added[column], round(score, 2))


def _best(scores: Mapping[tuple[int, int], float], side: int) -> dict[int, tuple[int, int] | None]:
    """The best place of each row or column; None where two are equally good."""
    best: dict[int, tuple[int, int] | None] = {}
    reached: dict[int, float] = {}
    for place, score in scores.items():
        line = place[side]
        if score > reached.get(line, 0.0):
            best[line], reached[line] = place, score
        elif score == reached[line]:
            best[line] = None
    return best


def _traits(tool: Tool) -> _Traits:
    schema = schema_of(tool, "inputSchema")
    properties = schema.get("properties") if isinstance(schema, Mapping) else None
    arguments = properties if isinstance(properties, Mapping) else {}
    return _Traits(
        frozenset(_words(_HUMP.sub(" ", tool.name))),
        frozenset(_words((tool.description or "")[:5_000])),
        frozenset(arguments),
        canonical(schema) if arguments else "",
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _score(one: _Traits, other: _Traits) -> float:
    """Half for the arguments (all of it if the schemas are equal), a third for the description, the rest for the name."""
    is_same = bool(one.schema) and one.schema == other.schema
    arguments = 1.0 if is_same else 0.9 * _shared(one.arguments, other.arguments)
    return arguments / 2 + _shared(one.description, other.description) / 3 + _shared(one.name, other.name) / 6


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """What two sets have in common, of what they have together; nothing where both are empty."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0
