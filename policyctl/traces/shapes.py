"""What a line that is not in the normal form looks like, and the map that reads it."""

from __future__ import annotations

from typing import Any

#: Format, the keys that give it away, the map to try: more telling shapes first.
_SHAPES: tuple[tuple[str, frozenset[str], str], ...] = (
    (
        "a Claude Code hook",
        frozenset({"tool_name", "tool_input"}),
        "tool=/tool_name,args=/tool_input,session=/session_id",
    ),
    (
        "an OpenAI MCP call",
        frozenset({"server_label", "name", "arguments"}),
        "tool=/name,args=/arguments,server=/server_label",
    ),
    ("an Anthropic tool use", frozenset({"name", "input"}), "tool=/name,args=/input,id=/id"),
    ("an OpenAI function call", frozenset({"name", "arguments"}), "tool=/name,args=/arguments,id=/call_id"),
    ("an OpenAI tool call", frozenset({"function"}), "tool=/function/name,args=/function/arguments,id=/id"),
    (
        "a Gemini CLI tool call",
        frozenset({"function_name", "function_args"}),
        "tool=/function_name,args=/function_args",
    ),
    ("a message with parameters", frozenset({"params"}), "tool=/params/name,args=/params/arguments"),
    ("a tool call", frozenset({"toolName"}), "tool=/toolName,args=/args"),
    ("a tool call", frozenset({"tool_name"}), "tool=/tool_name,args=/arguments"),
    ("a tool call", frozenset({"name", "args"}), "tool=/name,args=/args"),
)

#: Formats whose calls lie deeper than a map reaches.
_NESTED: tuple[tuple[str, frozenset[str]], ...] = (
    ("an OpenTelemetry export", frozenset({"resourceSpans"})),
    ("an OpenTelemetry log export", frozenset({"resourceLogs"})),
    ("a HAR capture", frozenset({"log"})),
    ("a chat transcript", frozenset({"messages"})),
    ("a Claude Code transcript", frozenset({"type", "uuid", "message"})),
)

#: Help for whole documents where lines are expected.
ELEMENTS = "a trace has one JSON object a line: write the elements of this list out, for example with `jq -c '.[]'`"
ONE_A_LINE = (
    "a trace has one JSON object a line: if this is one document over many lines, try `jq -c '.'` or `jq -c '.[]'`"
)


def likely_shape(value: dict[str, Any]) -> str:
    """Help for a line without a tool's name: the format by its keys; no value is repeated."""
    if "tool" in value:
        return "`tool` has to be the name of a tool; with a map, check where it looks for `tool`"
    for name, keys, mapping in _SHAPES:
        if keys <= value.keys():
            return f"this looks like {name}: try `--map {mapping}`"
    for name, keys in _NESTED:
        if keys <= value.keys():
            return f"this looks like {name}: write its tool calls out as one JSON object a line first"
    return "name the places of the call: `--map tool=/POINTER,args=/POINTER`"
