"""From the rules of one tool to a JSON Schema that is valid for the arguments that they let pass."""

from __future__ import annotations

import re
from typing import Any

from policyctl.model.policy import Condition, Op, Predicate, ToolRules

Schema = dict[str, Any]

_BOUNDS = {Op.LT: "exclusiveMaximum", Op.LTE: "maximum", Op.GT: "exclusiveMinimum", Op.GTE: "minimum"}
#: What is left of the numbers; `maximum` and the like say nothing about other values, as it should be.
_COMPLEMENTS = {Op.LT: "minimum", Op.LTE: "exclusiveMinimum", Op.GT: "maximum", Op.GTE: "exclusiveMaximum"}


def schema_of(rules: ToolRules) -> Schema:
    """One flat schema where each predicate has one condition; others stand behind a `not`."""
    whole: Schema = {}
    for predicate in rules.require:
        for condition in predicate.conditions:
            _demand(whole, condition.path, _leaf(condition))
    others = []
    for predicate in rules.deny_if:
        if len(predicate.conditions) == 1:
            _forbid(whole, predicate.conditions[0])
        else:
            others.append({"not": _present(predicate)})
    if others:
        whole["allOf"] = others
    return whole


def _present(predicate: Predicate) -> Schema:
    schema: Schema = {}
    for condition in predicate.conditions:
        _demand(schema, condition.path, _leaf(condition))
    return schema


def _demand(schema: Schema, path: tuple[str, ...], leaf: Schema) -> None:
    place = _down(schema, path, required=True)
    place.update(leaf)


def _forbid(schema: Schema, condition: Condition) -> None:
    _down(schema, condition.path, required=False).update(_complement(condition))


def _down(schema: Schema, path: tuple[str, ...], *, required: bool) -> Schema:
    for key in path:
        if required:
            schema["type"] = "object"
            needed = schema.setdefault("required", [])
            needed += [] if key in needed else [key]
        schema = schema.setdefault("properties", {}).setdefault(key, {})
    return schema


def _leaf(condition: Condition) -> Schema:
    """Valid for a present value of which the condition holds."""
    value: Any = condition.value
    match condition.op:
        case Op.EXISTS:
            return {"not": {"type": "null"}}
        case Op.EQ:
            return {"const": value}
        case Op.NEQ:
            return {"not": {"enum": [value, None]}}
        case Op.IN:
            return {"enum": value}
        case Op.NOT_IN:
            return {"not": {"enum": [*value, None]}}
        case Op.REGEX:
            return {"type": "string", "pattern": value}
        case Op.CONTAINS:
            return {"anyOf": [_text_with(value), {"type": "array", "contains": {"const": value}}]}
        case _:
            return {"type": "number", _BOUNDS[condition.op]: value}


def _text_with(value: str) -> Schema:
    return {"type": "string", "pattern": re.escape(value).replace("\\-", "-")}


def _complement(condition: Condition) -> Schema:
    """Valid for a present value of which the condition does not hold."""
    value: Any = condition.value
    match condition.op:
        case Op.EXISTS:
            return {"type": "null"}
        case Op.NEQ:
            return {"enum": [value, None]}
        case Op.NOT_IN:
            return {"enum": [*value, None]}
        case Op.LT | Op.LTE | Op.GT | Op.GTE:
            return {_COMPLEMENTS[condition.op]: value}
        case _:
            return {"not": _leaf(condition)}
