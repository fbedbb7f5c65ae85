"""What a JSON value is, told by its keys alone."""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeGuard

#: Under these keys a capture's envelope holds a message, as JSON or as its text.
ENVELOPE = ("message", "msg", "payload", "raw")
_TOOL_KEYS = frozenset({"name", "title", "description", "inputSchema", "outputSchema", "annotations", "icons"})
_TELLING = frozenset({"inputSchema", "input_schema", "description", "annotations"})
#: Keys of a call in a recording; a tool that is listed has none of them.
_OF_CALL = frozenset({"args", "arguments", "input", "call_id", "session", "ts"})


class Kind(Enum):
    """What a file or a line of it holds; the value completes "this is …"."""

    CATALOG = "a tool catalog"
    LISTING = "a result of `tools/list`"
    MESSAGE = "a message of a capture"
    TOOL = "a tool"
    POLICY = "a policy"
    CALL = "a recorded tool call"
    CLIENT = "the configuration of a client, which names servers and lists no tools"
    OTHER = "no list of tools"


def kind_of(value: Any) -> Kind:
    """The kind of one value, which is no list."""
    if type(value) is not dict:
        return Kind.OTHER
    if is_message(value) or any(_are_messages(unpacked(value.get(key))) for key in ENVELOPE):
        return Kind.MESSAGE
    if type(value.get("tool")) is str or type(value.get("approval")) is dict:
        return Kind.CALL
    if "mcpServers" in value:
        return Kind.CLIENT
    if ("default" in value and "version" in value) or type(value.get("tools")) is dict:
        return Kind.POLICY
    if "tools" in value:
        return Kind.CATALOG if "server" in value or "version" in value else Kind.LISTING
    if type(value.get("server")) is dict and "version" in value:
        return Kind.CATALOG
    return Kind.TOOL if _is_tool(value) else Kind.OTHER


def is_message(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether this is a message of JSON-RPC, or the result of one whose head was cut off."""
    if type(value) is not dict:
        return False
    if value.get("jsonrpc") == "2.0":
        return True
    result = value.get("result")
    return type(result) is dict and type(result.get("tools")) is list


def _are_messages(value: Any) -> bool:
    return is_message(value) or (type(value) is list and bool(value) and all(map(is_message, value)))


def unpacked(value: Any) -> Any:
    """What an envelope holds: a text is read as JSON if it looks like a message, and None if it is none."""
    if type(value) is not str or '"jsonrpc"' not in value:
        return value
    from policyctl.source.json_ import parse

    return parse(value)[0]


def _is_tool(value: dict[str, Any]) -> bool:
    if type(value.get("name")) is not str or not _OF_CALL.isdisjoint(value):
        return False
    if "inputSchema" in value or value.keys() <= _TOOL_KEYS:
        return True
    # A package's metadata has a name, a description and a version too.
    return not _TELLING.isdisjoint(value) and ("server" in value or "version" not in value)
