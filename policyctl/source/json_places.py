"""Where every value of a JSON text stands, found with tree-sitter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import tree_sitter_json
from tree_sitter import Language, Parser

from policyctl.source.document import Place
from policyctl.source.lines import Lines
from policyctl.source.pointer import child

if TYPE_CHECKING:
    from tree_sitter import Node

_LANGUAGE = Language(tree_sitter_json.language())


def find(text: str) -> dict[str, Place]:
    """The places of a text that is known to be JSON."""
    # The parser counts bytes. Beyond ASCII there are only characters inside strings, so one byte for each of them
    # leaves the tree as it is and makes its offsets code points. Its grammar lacks the plus sign of an exponent;
    # inside a string the change is as harmless as the other, since keys are read from the text itself.
    stand_in = text.encode("ascii", "replace").replace(b"e+", b"e0").replace(b"E+", b"E0")
    tree = Parser(_LANGUAGE).parse(stand_in)
    lines = Lines(text)
    root = next(node for node in tree.root_node.named_children if node.type != "comment")
    places = {"": Place(lines.span(root.start_byte, root.end_byte), None)}
    pending = [("", root)]
    while pending:
        parent, container = pending.pop()
        for pointer, key, value in _members(text, parent, container):
            key_span = lines.span(key.start_byte, key.end_byte) if key else None
            places[pointer] = Place(lines.span(value.start_byte, value.end_byte), key_span)
            if value.type in {"object", "array"}:
                pending.append((pointer, value))
    return places


def _members(text: str, parent: str, container: Node) -> Iterator[tuple[str, Node | None, Node]]:
    if container.type == "array":
        for index, value in enumerate(container.named_children):
            yield f"{parent}/{index}", None, value
    elif container.type == "object":
        for pair in container.named_children:
            key, value = pair.named_children
            name = json.loads(text[key.start_byte : key.end_byte])
            yield child(parent, name), key, value
