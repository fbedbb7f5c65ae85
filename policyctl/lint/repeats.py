"""What stands twice in one list."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from policyctl.cells.values import identity
from policyctl.model.policy import Condition, Predicate


def repeated(*lists: Sequence[Predicate]) -> Iterator[tuple[str, str]]:
    """The places of predicates with the conditions of an earlier one of their list, in any order, and of that one."""
    for predicates in lists:
        yield from again((each.pointer, predicate_key(each)) for each in predicates if each.conditions)


def again(entries: Iterable[tuple[str, Hashable]]) -> Iterator[tuple[str, str]]:
    """The place of each entry whose key has been there, with the place where it first was."""
    first: dict[Hashable, str] = {}
    for pointer, key in entries:
        known = first.setdefault(key, pointer)
        if known != pointer:
            yield pointer, known


def predicate_key(predicate: Predicate) -> Hashable:
    """The same for predicates that ask the same."""
    return frozenset(map(condition_key, predicate.conditions))


def condition_key(condition: Condition) -> Hashable:
    """The same for conditions that are equal in JSON."""
    return (condition.path, condition.op, identity(condition.value))
