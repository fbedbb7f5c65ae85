"""One condition: a path, an operator, and a value that the operator can use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from policyctl.model.policy import Condition, Op
from policyctl.pattern import PatternError, compile_pattern
from policyctl.reading.fields import (
    describe,
    known_keys,
    required_keys,
    take_object,
    wrong_type,
)
from policyctl.reading.findings import Findings
from policyctl.reading.path import read_path
from policyctl.reading.suggest import closest, listing
from policyctl.source.fault import quote

_KEYS = ("path", "op", "value")
#: How other languages spell the operators.
_FOREIGN_OPS: Mapping[str, Op] = {
    "=": Op.EQ, "==": Op.EQ, "===": Op.EQ, "equals": Op.EQ, "is": Op.EQ,
    "!=": Op.NEQ, "<>": Op.NEQ, "!==": Op.NEQ, "ne": Op.NEQ, "not_equals": Op.NEQ, "is_not": Op.NEQ,
    "<": Op.LT, "<=": Op.LTE, "le": Op.LTE, "=<": Op.LTE,
    ">": Op.GT, ">=": Op.GTE, "ge": Op.GTE, "=>": Op.GTE,
    "nin": Op.NOT_IN, "one_of": Op.IN, "any_of": Op.IN,
    "=~": Op.REGEX, "~": Op.REGEX, "match": Op.REGEX, "matches": Op.REGEX, "pattern": Op.REGEX,
    "has": Op.CONTAINS, "includes": Op.CONTAINS, "like": Op.CONTAINS,
    "present": Op.EXISTS, "is_set": Op.EXISTS,
}  # fmt: skip


#: The Python types of the values that an operator takes, and their name; operators that take any value are not here.
_TAKES: Mapping[Op, tuple[frozenset[type], str]] = {
    **dict.fromkeys((Op.IN, Op.NOT_IN), (frozenset({list}), "a list")),
    **dict.fromkeys((Op.LT, Op.LTE, Op.GT, Op.GTE), (frozenset({int, float}), "a number")),
    Op.EXISTS: (frozenset({bool}), "a boolean"),
    Op.REGEX: (frozenset({str}), "a text"),
}


class _Operator(NamedTuple):
    """An operator with what it takes; no types for one that takes anything."""

    op: Op
    types: frozenset[type]
    name: str


#: By the word that stands in the policy: looking up an enum calls its hash, and this is done for every condition.
_OPERATORS = {op.value: _Operator(op, *_TAKES.get(op, (frozenset(), "any value"))) for op in Op}


def read_condition(value: Any, pointer: str, findings: Findings) -> Condition | None:
    """The condition at `pointer`."""
    members = take_object(value, pointer, findings, "a condition")
    if members is None:
        return None
    if len(members) != len(_KEYS) or "path" not in members or "op" not in members or "value" not in members:
        known_keys(members, pointer, findings, "a condition", _KEYS)
        required_keys(members, pointer, findings, "the condition", _KEYS)
    path = read_path(members, "path", pointer, findings)
    operator = _read_operator(members, pointer, findings)
    if operator is None or "value" not in members or not _operand_fits(operator, members["value"], pointer, findings):
        return None
    return Condition(path, operator.op, members["value"]) if path else None


def _read_operator(members: dict[str, Any], pointer: str, findings: Findings) -> _Operator | None:
    if "op" not in members:
        return None
    word = members["op"]
    operator = _OPERATORS.get(word) if type(word) is str else None
    if operator is None:
        _note_operator(word, f"{pointer}/op", findings)
    return operator


def _note_operator(word: Any, pointer: str, findings: Findings) -> None:
    if type(word) is not str:
        wrong_type(word, pointer, findings, "`op` must be the name of an operator", code="SCH04")
        return
    shape = word.strip().lower().replace("-", "_").replace(" ", "_")
    near = _FOREIGN_OPS.get(shape) or closest(word, _OPERATORS)
    help_ = f"did you mean `{near}`?" if near else f"the operators are {listing(_OPERATORS, joint='and')}"
    findings.error("SCH04", pointer, f"there is no operator {quote(word)}", help=help_)


def _operand_fits(operator: _Operator, operand: Any, pointer: str, findings: Findings) -> bool:
    op, types, name = operator
    if types and type(operand) not in types:
        _wrong_operand(op, operand, f"{pointer}/value", findings, name)
        return False
    return op is not Op.REGEX or _pattern_compiles(operand, f"{pointer}/value", findings)


def _wrong_operand(op: Op, operand: Any, pointer: str, findings: Findings, must: str) -> None:
    help_ = None
    if op in {Op.IN, Op.NOT_IN}:
        help_ = "put the value in a list, or use `eq`" if op is Op.IN else "put the value in a list, or use `neq`"
    elif must == "a number" and type(operand) is str and _is_number(operand):
        help_ = "write the number without quotes"
    if help_ is None:
        wrong_type(operand, pointer, findings, f"the value of `{op}` must be {must}", code="SCH04")
    else:
        message = f"the value of `{op}` must be {must}, not {describe(operand)}"
        findings.error("SCH04", pointer, message, help=help_)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?", text) is not None


def _pattern_compiles(text: str, pointer: str, findings: Findings) -> bool:
    try:
        compile_pattern(text)
    except PatternError as error:
        help_ = error.help or "patterns are RE2: no look-around, no backreferences"
        part = range(len(text)) if error.offset is None else range(error.offset, error.offset + error.length)
        message = f"the pattern {quote(text)} is refused: {error.message}"
        findings.error_within("SCH24", pointer, part, message, help=help_)
        return False
    return True
