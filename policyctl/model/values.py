"""JSON as Python data."""

from __future__ import annotations

from typing import TypeAlias, Union

#: Integers are exact, other numbers are binary64; an object keeps the order of its keys.
JSONValue: TypeAlias = Union[None, bool, int, float, str, "list[JSONValue]", "dict[str, JSONValue]"]
