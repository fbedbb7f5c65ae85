"""Diagnostics as a report on code quality of GitLab."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable

from policyctl.diagnostic import Diagnostic, Severity
from policyctl.model.values import JSONValue
from policyctl.report.diagnostics.place import beside
from policyctl.report.escape import escape_terminal

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(diagnostics: Iterable[Diagnostic], names: Callable[[str], str | None]) -> str:
    """A list of issues, one a diagnostic."""
    seen: Counter[str] = Counter()
    return json.dumps([_issue(each, names(each.code), seen) for each in diagnostics], indent=2) + "\n"


def _issue(diagnostic: Diagnostic, name: str | None, seen: Counter[str]) -> dict[str, JSONValue]:
    print_ = _fingerprint(diagnostic)
    seen[print_] += 1
    return {
        # The name of the check is not shown, so that the text has to say it.
        "description": escape_terminal(f"{diagnostic.code}: {diagnostic.message}{beside(diagnostic)}"),
        "check_name": name or diagnostic.code,
        "fingerprint": print_ if seen[print_] == 1 else f"{print_}:{seen[print_]}",
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {"path": diagnostic.file.removeprefix("./"), **_position(diagnostic)},
    }


def _position(diagnostic: Diagnostic) -> dict[str, JSONValue]:
    if diagnostic.span is None:
        return {"lines": {"begin": 1}}
    start, end = diagnostic.span.start, diagnostic.span.end
    begin: JSONValue = {"line": start.line, "column": start.column}
    return {"positions": {"begin": begin, "end": {"line": end.line, "column": end.column}}}


def _fingerprint(diagnostic: Diagnostic) -> str:
    """The same as long as the same is said of the same place of the data, whatever line it moves to."""
    words = (diagnostic.code, diagnostic.file, diagnostic.pointer or "", diagnostic.message)
    return hashlib.sha256("\0".join(words).encode(errors="surrogatepass")).hexdigest()
