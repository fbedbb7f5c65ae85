"""The types of JSON Schema, and those for which an operator can hold (language §2)."""

from __future__ import annotations

from collections.abc import Mapping

from policyctl.model.policy import Op

JSON_TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
NUMBERS = frozenset({"number", "integer"})
#: Operators that are not here can hold for any type.
HOLDS_FOR: Mapping[Op, frozenset[str]] = {
    Op.LT: NUMBERS,
    Op.LTE: NUMBERS,
    Op.GT: NUMBERS,
    Op.GTE: NUMBERS,
    Op.REGEX: frozenset({"string"}),
    Op.CONTAINS: frozenset({"string", "array"}),
}
