"""Lists of predicates, and the name of the rule that each of them is."""

from __future__ import annotations

from typing import Any

from policyctl.model.policy import Condition, Predicate
from policyctl.reading.condition import read_condition
from policyctl.reading.fields import MISSING, elements, known_keys, required_keys, take_object, take_text
from policyctl.reading.findings import Findings
from policyctl.source.pointer import escape, format_path

_KEYS = ("conditions", "on_deny")


def read_predicates(value: Any, pointer: str, findings: Findings, what: str) -> tuple[Predicate, ...]:
    """The predicates of one `require` or `deny_if` list at `pointer`, which is also the stem of their names."""
    names = RuleNames(pointer)
    found = (_read(element, at, findings, names) for element, at in elements(value, pointer, findings, what))
    return tuple(predicate for predicate in found if predicate)


def _read(value: Any, pointer: str, findings: Findings, names: RuleNames) -> Predicate | None:
    members = take_object(value, pointer, findings, "a predicate")
    if members is None:
        return None
    if _looks_like_a_condition(members):
        help_ = 'put it into a list: {"conditions": [...]}'
        findings.error("SCH01", pointer, "a condition stands where a predicate is expected", help=help_)
        return None
    known_keys(members, pointer, findings, "a predicate", _KEYS)
    required_keys(members, pointer, findings, "the predicate", ("conditions",))
    raw = members.get("conditions", MISSING)
    read = [
        read_condition(element, at, findings)
        for element, at in elements(raw, f"{pointer}/conditions", findings, "`conditions`")
    ]
    on_deny = read_message(members, "on_deny", pointer, findings)
    conditions = tuple(condition for condition in read if condition)
    return Predicate(conditions, on_deny, names.next(_label(conditions)), pointer)


def _looks_like_a_condition(members: dict[str, Any]) -> bool:
    return "conditions" not in members and "path" in members and "op" in members


def read_message(members: dict[str, Any], key: str, pointer: str, findings: Findings) -> str | None:
    """The text at `key`; an empty one means the engine's own sentence, and so does none."""
    if key not in members:
        return None
    return take_text(members[key], f"{pointer}/{key}", findings, f"`{key}`") or None


def _label(conditions: tuple[Condition, ...]) -> str:
    return "+".join(f"{format_path(condition.path)}-{condition.op}" for condition in conditions) or "always"


class RuleNames:
    """Names the rules of one list as the gateway logs them; a label that comes again gets `#2`, `#3`, …"""

    def __init__(self, stem: str) -> None:
        self._stem = stem
        self._uses: dict[str, int] = {}

    def next(self, label: str) -> str:
        """The name of the next rule that has this label."""
        uses = self._uses[label] = self._uses.get(label, 0) + 1
        return f"{self._stem}/{escape(label)}" + (f"#{uses}" if uses > 1 else "")
