"""Where every value of a YAML document stands."""

from __future__ import annotations

from policyctl.source.document import Place
from policyctl.source.lines import Lines
from policyctl.source.pointer import child
from policyctl.source.yaml_node import Node


def find(root: Node, text: str) -> dict[str, Place]:
    """The places of a document; below an alias they are those of what the alias repeats."""
    lines = Lines(text)
    places = {"": Place(lines.span(root.start, root.end), None)}
    pending = [("", root)]
    while pending:
        parent, container = pending.pop()
        for member in container.members:
            pointer = child(parent, member.segment)
            key = lines.span(*member.key) if member.key else None
            places[pointer] = Place(lines.span(member.start, member.end), key)
            pending.append((pointer, member.node))
    return places
