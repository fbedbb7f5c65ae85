"""A catalog as the JSON document that `read_catalog` reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from policyctl.fmt.json_ import write
from policyctl.fmt.json_tree import tree_from
from policyctl.fmt.shape import Shape
from policyctl.model.catalog import Catalog, Review, Tag, Tool

_TAG_ORDER = tuple(Tag)

#: The document and each tool are written over several lines; what is below stays on one line where it fits.
_CATALOG = Shape(members={"tools": Shape(element=Shape())})


def render(catalog: Catalog) -> str:
    """The document with its final newline; the tools stand in the order of the catalog."""
    return write(tree_from(document_of(catalog)), _CATALOG)


def document_of(catalog: Catalog) -> dict[str, Any]:
    """The document as data: what is known, in the canonical order of keys; what is not known is left out."""
    server = {
        "id": catalog.server_id,
        "name": catalog.server_name,
        "version": catalog.server_version,
        "source": catalog.server_source,
    }
    return {
        "version": catalog.version,
        "server": {key: value for key, value in server.items() if value is not None},
        "tools": [dict(_members(tool)) for tool in catalog.tools.values()],
    }


def _members(tool: Tool) -> Iterator[tuple[str, Any]]:
    yield "name", tool.name
    known = {
        "title": tool.title,
        "description": tool.description,
        "inputSchema": tool.input_schema,
        "outputSchema": tool.output_schema,
        "annotations": tool.annotations or None,
    }
    yield from ((key, value) for key, value in known.items() if value is not None)
    yield from tool.fields.items()
    judged = {
        "category": tool.category,
        "risk": tool.risk,
        "tags": sorted(tool.tags, key=_TAG_ORDER.index) or None,
        "confidence": tool.confidence,
        "evidence": [asdict(evidence) for evidence in tool.evidence] or None,
        "reviewed": None if tool.reviewed is None else _review(tool.reviewed),
        "digest": tool.digest,
    }
    yield from ((key, value) for key, value in judged.items() if value is not None)


def _review(review: Review) -> dict[str, Any]:
    return {key: value for key, value in asdict(review).items() if value is not None}
