"""A call as it stands in the JSON of reports whose calls are made up, so that no argument is anybody's."""

from __future__ import annotations

import math

from policyctl.engine.canonical import canonical
from policyctl.model.call import Call
from policyctl.model.values import JSONValue


def call_fields(call: Call) -> dict[str, JSONValue]:
    """The arguments as they are, and as text: an infinity is no JSON, and readers of doubles lose large integers."""
    return {"tool": call.tool, "args": call.args if _is_plain(call.args) else None, "args_text": canonical(call.args)}


def _is_plain(value: JSONValue) -> bool:
    match value:
        case dict():
            return all(map(_is_plain, value.values()))
        case list():
            return all(map(_is_plain, value))
        case float():
            return math.isfinite(value)
        case int():
            return abs(value) <= 2**53
        case _:
            return True
