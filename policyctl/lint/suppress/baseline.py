"""A baseline: the findings that were there when linting began, which may become fewer and never more."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from policyctl.diagnostic import Diagnostic
from policyctl.errors import PolicyctlError
from policyctl.lint.suppress.entry import Accepted, Entry, content_of
from policyctl.source.document import Document

_KEYS = ("rule", "policy", "at", "content")


def read_baseline(name: str, text: str) -> tuple[Entry, ...]:
    """The entries of a baseline. PolicyctlError if it is none."""
    hint = "write one with `policyctl lint --baseline FILE --write-baseline`"
    try:
        document = json.loads(text)
    except ValueError as error:
        raise PolicyctlError(f"`{name}` is no baseline: it is no JSON", hint=hint) from error
    if (
        not isinstance(document, dict)
        or document.get("version") != "1"
        or not isinstance(document.get("findings"), list)
    ):
        raise PolicyctlError(f"`{name}` is no baseline", hint=hint)
    return tuple(_entry(name, number, each) for number, each in enumerate(document["findings"]))


def _entry(name: str, number: int, each: Any) -> Entry:
    if not isinstance(each, dict) or not all(isinstance(each.get(key), str) for key in _KEYS):
        listed = ", ".join(f"`{key}`" for key in _KEYS)
        raise PolicyctlError(f"`{name}`: entry {number + 1} of the baseline needs {listed} as texts")
    return Entry("baseline", each["rule"], each["policy"], (name, None), at=each["at"], content=each["content"])


def write_baseline(findings: Iterable[Diagnostic], documents: Mapping[str, Document], folder: Path) -> str:
    """A baseline, to lie in `folder`, of all these findings that have a place in a document."""
    known = (found for found in findings if found.file in documents)
    lines = sorted({_line(found, documents[found.file], folder) for found in known} - {""})
    listed = ",\n".join(f"    {line}" for line in lines)
    return f'{{\n  "version": "1",\n  "findings": [{chr(10) + listed + chr(10) + "  " if lines else ""}]\n}}\n'


def still_needed(accepted: Iterable[Accepted]) -> tuple[Diagnostic, ...]:
    """What a baseline still holds back."""
    return tuple(each.found for each in accepted if each.entry.kind == "baseline")


def _line(found: Diagnostic, document: Document, folder: Path) -> str:
    content = None if found.pointer is None else content_of(document, found.pointer)
    if content is None:
        return ""
    policy = os.path.relpath(found.file, folder).replace(os.sep, "/")
    return json.dumps({"rule": found.code, "policy": policy, "at": found.pointer, "content": content})
