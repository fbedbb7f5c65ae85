"""Changes of tools in the JSON of the commands that show them."""

from __future__ import annotations

from typing import TypeAlias

from policyctl.catalog.changes.part import Difference
from policyctl.catalog.drift import Change
from policyctl.model.catalog import Category, Risk
from policyctl.model.values import JSONValue

Fields: TypeAlias = dict[str, JSONValue]


def change_fields(change: Change) -> Fields:
    """One change with its differences."""
    return {
        "kind": change.kind.value,
        "server": change.server,
        "tool": change.tool.name,
        "was": None if change.before is None else change.before.name,
        "alike": change.alike,
        "before": None if change.before is None else _class(change.classes[0], change.risks[0]),
        "after": None if change.after is None else _class(change.classes[1], change.risks[1]),
        "differences": [_difference(difference) for difference in change.differences],
    }


def _class(category: Category | None, risk: Risk | None) -> Fields:
    return {"category": category, "risk": risk}


def _difference(difference: Difference) -> Fields:
    return {
        "part": difference.part.value,
        "what": difference.what.value,
        "effect": difference.effect.value,
        "pointer": difference.pointer,
        "argument": None if difference.argument is None else list(difference.argument),
        "before": difference.before,
        "after": difference.after,
    }
