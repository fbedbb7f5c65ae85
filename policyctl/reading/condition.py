"""One condition: a path, an operator, and a value that the operator can use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from policyctl.model.policy import Condition, Op
from policyctl.pattern import PatternError, compile_pattern
from policyctl.reading.fields import (
    MISSING,
    describe,
    known_keys,
    quote,
    required_keys,
    take_object,
    take_text,
    wrong_type,
)
from policyctl.reading.findings import Findings
from policyctl.reading.suggest import closest, listing

_KEYS = ("path", "op", "value")
_INDEX = re.compile(r"\[[0-9]+\]\Z")
_OPS = {op.value: op for op in Op}

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


def read_condition(value: Any, pointer: str, findings: Findings) -> Condition | None:
    """The condition at `pointer`."""
    members = take_object(value, pointer, findings, "a condition")
    if members is None:
        return None
    if members.keys() != _KEY_SET:
        known_keys(members, pointer, findings, "a condition", _KEYS)
        required_keys(members, pointer, findings, "the condition", _KEYS)
    path = read_path(members.get("path", MISSING), f"{pointer}/path", findings, "`path`")
    op = _read_op(members.get("op", MISSING), f"{pointer}/op", findings)
    operand = members.get("value", MISSING)
    if op is None or operand is MISSING or not _operand_fits(op, operand, f"{pointer}/value", findings):
        return None
    return Condition(path, op, operand) if path else None


_KEY_SET = frozenset(_KEYS)


def read_path(value: Any, pointer: str, findings: Findings, what: str) -> tuple[str, ...] | None:
    """The keys below `args`; a missing path is the caller's to note."""
    if value is MISSING:
        return None
    text = take_text(value, pointer, findings, what)
    if text is None:
        return None
    root, *segments = text.split(".")
    if root == "args" and segments and all(segments) and not ("[" in text and any(map(_INDEX.search, segments))):
        return tuple(segments)
    message, help_ = _path_mistake(text, root, segments)
    findings.error("SCH23", pointer, message, help=help_)
    return None


def _path_mistake(text: str, root: str, segments: list[str]) -> tuple[str, str]:
    if root != "args":
        suggestion = f"args.{text.strip('.')}" if text.strip(".") else "args.amount"
        return f"the path {quote(text)} does not start at `args`", f"write `{suggestion}`"
    if not segments:
        return "the path `args` names no argument", "name one: `args.amount`"
    if not all(segments):
        return f"the path {quote(text)} has an empty segment", "write one key between two dots, and none at the ends"
    return (
        f"the path {quote(text)} asks for a list element by index",
        "list elements cannot be addressed; use `contains` on the whole list",
    )


def _read_op(value: Any, pointer: str, findings: Findings) -> Op | None:
    if value is MISSING:
        return None
    if type(value) is not str:
        wrong_type(value, pointer, findings, "`op` must be the name of an operator", code="SCH04")
        return None
    op = _OPS.get(value)
    if op is None:
        near = _FOREIGN_OPS.get(value.strip().lower().replace("-", "_").replace(" ", "_")) or closest(value, _OPS)
        help_ = f"did you mean `{near}`?" if near else f"the operators are {listing(_OPS)}"
        findings.error("SCH04", pointer, f"there is no operator {quote(value)}", help=help_)
    return op


def _operand_fits(op: Op, operand: Any, pointer: str, findings: Findings) -> bool:
    match op:
        case Op.EQ | Op.NEQ | Op.CONTAINS:
            return True
        case Op.IN | Op.NOT_IN:
            fits, must = type(operand) is list, "a list"
        case Op.LT | Op.LTE | Op.GT | Op.GTE:
            fits, must = type(operand) is int or type(operand) is float, "a number"
        case Op.EXISTS:
            fits, must = type(operand) is bool, "a boolean"
        case Op.REGEX:
            fits, must = type(operand) is str, "a text"
            if fits:
                return _pattern_compiles(operand, pointer, findings)
    if not fits:
        _wrong_operand(op, operand, pointer, findings, must)
    return fits


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
        findings.error("SCH24", pointer, f"the pattern {quote(text)} is refused: {error.message}", help=help_)
        return False
    return True
