"""A JSON policy in canonical layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policyctl.fmt.json_tree import Leaf, List, Object, Tree
from policyctl.fmt.shape import Shape
from policyctl.source.fault import MAX_DEPTH

#: What stands on one line ends in this column or before it.
WIDTH = 100

_INDENT = 2
#: What is deeper than any document that is read stands on one line: a line a level would not end.
_DEEPEST = _INDENT * MAX_DEPTH


def arrange(tree: Tree, shape: Shape) -> Tree:
    """The same values with their keys in canonical order."""
    match tree:
        case Object(members):
            arranged = (replace(member, value=arrange(member.value, shape.below(member.key))) for member in members)
            return Object(tuple(sorted(arranged, key=lambda member: shape.rank(member.key))))
        case List(elements):
            return List(tuple(arrange(element, shape.below(index)) for index, element in enumerate(elements)))
        case Leaf():
            return tree


def write(tree: Tree, shape: Shape) -> str:
    """The text with a final newline; indentation is two blanks."""
    return "".join(f"{line}\n" for line in _lines(tree, shape, 0, "", ""))


def _lines(tree: Tree, shape: Shape, indent: int, before: str, after: str) -> Iterator[str]:
    """The lines of a value that has `before` in front of it (its key) and `after` behind it (a comma)."""
    margin = " " * indent
    children = tuple(_children(tree, shape))
    if (
        not children
        or indent >= _DEEPEST
        or (shape.one_line and indent + len(before) + _width(tree) + len(after) <= WIDTH)
    ):
        yield f"{margin}{before}{flat(tree)}{after}"
        return
    opening, closing = "{}" if isinstance(tree, Object) else "[]"
    yield f"{margin}{before}{opening}"
    for number, (key, child, kind) in enumerate(children, start=1):
        yield from _lines(child, kind, indent + _INDENT, key, "," if number < len(children) else "")
    yield f"{margin}{closing}{after}"


def _children(tree: Tree, shape: Shape) -> Iterator[tuple[str, Tree, Shape]]:
    match tree:
        case Object(members):
            for member in members:
                yield f"{member.words}: ", member.value, shape.below(member.key)
        case List(elements):
            for index, element in enumerate(elements):
                yield "", element, shape.below(index)
        case Leaf():
            pass


def flat(tree: Tree) -> str:
    """The value on one line."""
    return "".join(_pieces(tree))


def _width(tree: Tree) -> int:
    """How long the value is on one line, counted no further than it matters."""
    width = 0
    for piece in _pieces(tree):
        width += len(piece)
        if width > WIDTH:
            break
    return width


def _pieces(tree: Tree) -> Iterator[str]:
    waiting: list[Iterator[Tree | str]] = [iter((tree,))]
    while waiting:
        for item in waiting[-1]:
            match item:
                case str():
                    yield item
                case Leaf(words):
                    yield words
                case _:
                    waiting.append(_parts(item))
                    break
        else:
            waiting.pop()


def _parts(container: Object | List) -> Iterator[Tree | str]:
    """What stands between the brackets of a container on one line, and they."""
    match container:
        case Object(members):
            yield "{"
            for number, member in enumerate(members):
                yield f"{', ' if number else ''}{member.words}: "
                yield member.value
            yield "}"
        case List(elements):
            yield "["
            for number, element in enumerate(elements):
                if number:
                    yield ", "
                yield element
            yield "]"
