"""The pin of a tool: what its server says about it, as one hash."""

from __future__ import annotations

from policyctl.engine.canonical import digest
from policyctl.model.catalog import AS_LISTED, Tool
from policyctl.model.values import JSONValue

_OF_DEFINITION = ("description", "inputSchema", "outputSchema", "annotations")


def definition_digest(tool: Tool) -> str:
    """`sha256:` and the SHA-256 of the canonical JSON of name, description, schemas and annotations; what is absent is left out."""
    said: dict[str, JSONValue] = {"name": tool.name}
    if tool.description is not None:
        said["description"] = tool.description
    if tool.input_schema is not None:
        said["inputSchema"] = dict(tool.input_schema)
    if tool.output_schema is not None:
        said["outputSchema"] = tool.output_schema if isinstance(tool.output_schema, bool) else dict(tool.output_schema)
    if tool.annotations:
        said["annotations"] = dict(tool.annotations)
    return digest(said | _odd_parts(tool))


def _odd_parts(tool: Tool) -> dict[str, JSONValue]:
    """Parts of the definition that have a type which the protocol does not allow, such as a schema that is `true`."""
    listed = tool.fields.get(AS_LISTED)
    if not isinstance(listed, dict):
        return {}
    return {key: listed[key] for key in _OF_DEFINITION if key in listed}


def is_stale(tool: Tool) -> bool:
    """Whether a person reviewed another definition than the one that is here now."""
    if tool.reviewed is None:
        return False
    seen = tool.reviewed.digest or tool.digest
    return seen is not None and seen != definition_digest(tool)
