"""A policy as canonical JSON: `policyctl fmt` leaves it as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from policyctl.fmt.json_ import write
from policyctl.fmt.json_tree import tree_of
from policyctl.fmt.shape import POLICY
from policyctl.model.values import JSONValue
from policyctl.report.policy.words import visible

#: So many lines of a policy stand before those of its tools, and behind them.
_HEAD, _FOOT = 4, 2


def render(document: Mapping[str, JSONValue]) -> str:
    """The document, whose keys are in canonical order, with its final newline."""
    return write(tree_of(quoted(document)), POLICY)


def quoted(value: object) -> str:
    """Any value as JSON on one line."""
    return visible(json.dumps(value, ensure_ascii=False), beyond="json")


def entries(tools: Mapping[str, Any]) -> tuple[str, ...]:
    """The lines of these tools' rules as they stand in a canonical policy, without the comma behind the last one."""
    return tuple(render({"version": "1", "default": "deny", "tools": dict(tools)}).splitlines()[_HEAD:-_FOOT])
