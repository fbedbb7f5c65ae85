"""Paths to arguments, as conditions and limits write them."""

from __future__ import annotations

import re
from typing import Any

from policyctl.reading.fields import wrong_type
from policyctl.reading.findings import Findings
from policyctl.source.fault import quote

_INDEX = re.compile(r"\[[0-9]+\]\Z")


def read_path(members: dict[str, Any], key: str, pointer: str, findings: Findings) -> tuple[str, ...] | None:
    """The keys below `args` of the path that `members`, at `pointer`, has under `key`; None also if there is none."""
    if key not in members:
        return None
    text = members[key]
    if type(text) is not str:
        wrong_type(text, f"{pointer}/{key}", findings, f"`{key}` must be a text")
        return None
    root, *segments = text.split(".")
    if root == "args" and segments and all(segments) and not ("[" in text and any(map(_INDEX.search, segments))):
        return tuple(segments)
    message, help_ = _path_mistake(text, root, segments)
    findings.error("SCH23", f"{pointer}/{key}", message, help=help_)
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
