"""Where every value of a JSON text stands, found with tree-sitter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import tree_sitter_json
from tree_sitter import Language, Parser

from policyctl.source.places import Extent, Places
from policyctl.source.pointer import escape

if TYPE_CHECKING:
    from tree_sitter import Node

_LANGUAGE = Language(tree_sitter_json.language())


def find(text: str) -> Places:
    """The places of a text that is known to be JSON."""
    # The parser counts bytes. Beyond ASCII there are only characters inside strings, so one byte for each of them
    # leaves the tree as it is and makes its offsets code points. Its grammar lacks the plus sign of an exponent;
    # inside a string the change is as harmless as the other, since keys are read from the text itself.
    stand_in = text.encode("ascii", "replace").replace(b"e+", b"e0").replace(b"E+", b"E0")
    tree = Parser(_LANGUAGE).parse(stand_in)
    root = tree.root_node.named_children[0]
    return Places(text, dict(_extents(text, root)))


def _extents(text: str, root: Node) -> Iterator[tuple[str, Extent]]:
    yield "", Extent(root.start_byte, root.end_byte, None)
    pending = [("", root)]
    while pending:
        parent, container = pending.pop()
        members = _elements(container) if container.type == "array" else _pairs(text, container)
        for segment, extent, value in members:
            pointer = f"{parent}/{segment}"
            yield pointer, extent
            if value.type in {"object", "array"}:
                pending.append((pointer, value))


def _elements(container: Node) -> Iterator[tuple[str, Extent, Node]]:
    for index, value in enumerate(container.named_children):
        yield str(index), Extent(value.start_byte, value.end_byte, None), value


def _pairs(text: str, container: Node) -> Iterator[tuple[str, Extent, Node]]:
    for pair in container.named_children:
        if pair.type == "pair":
            key, value = pair.named_children
            start, end = key.start_byte, key.end_byte
            yield _key(text, start, end), Extent(value.start_byte, value.end_byte, (start, end)), value


def _key(text: str, start: int, end: int) -> str:
    inside = text[start + 1 : end - 1]
    return escape(json.loads(text[start:end]) if "\\" in inside else inside)
