"""Where every value of a YAML document stands."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.source.places import Extent, Places
from policyctl.source.pointer import child
from policyctl.source.yaml_node import Node


def find(root: Node, text: str) -> Places:
    """The places of a document; below an alias they are those of what the alias repeats."""
    return Places(text, dict(_extents(root)))


def _extents(root: Node) -> Iterator[tuple[str, Extent]]:
    yield "", Extent(root.start, root.end, None)
    pending = [("", root)]
    while pending:
        parent, container = pending.pop()
        for member in container.members:
            pointer = child(parent, member.segment)
            yield pointer, Extent(member.start, member.end, member.key)
            pending.append((pointer, member.node))
