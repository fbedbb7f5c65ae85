"""A policy for those who know no tool yet: nothing is allowed, and that is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policyctl.report.policy import json_, yaml_

_DOCUMENT: Mapping[str, Any] = {"version": "1", "default": "deny", "tools": {}}
_HEAD = (
    "A tool that is not listed here is denied.",
    "A tool of which every call may pass is an empty entry of `tools`, such as `get_quote: {}`;",
    "require, deny_if and limits below its name say which calls may, and how many.",
)


def render(*, yaml: bool) -> str:
    """In the form of `policyctl fmt`; only YAML has a place for comments."""
    return yaml_.render(_DOCUMENT, head=_HEAD, reasons={}) if yaml else json_.render(_DOCUMENT)
