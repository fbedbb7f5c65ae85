"""TOML as a document; a place is the line of a key, since Python's reader keeps none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.diagnostic import Diagnostic
from policyctl.source.document import Document, Place
from policyctl.source.fault import Fault, diagnose
from policyctl.source.lines import Lines
from policyctl.source.pointer import unescape
from policyctl.source.toml_lines import line_of


def read_toml(name: str, text: str, digest: str) -> Document | tuple[Diagnostic, ...]:
    """The document in `text`, or why it is none."""
    import tomllib

    try:
        data: Any = tomllib.loads(text.replace("\r\n", "\n"))
    except ValueError as error:  # its own error is one, and so is that of an integer with too many digits
        return diagnose([_fault(text, str(error))], name=name, text=text)
    except RecursionError:
        return diagnose([Fault("SRC03", "the document is nested too deeply", "flatten it")], name=name, text=text)
    return Document(name, text, data, "toml", digest, TomlPlaces)


def _fault(text: str, message: str) -> Fault:
    # "Expected '=' after a key in a key/value pair (at line 3, column 5)"
    reason, _, place = message.partition(" (at ")
    found = re.match(r"line (\d+), column (\d+)", place)
    lines = Lines(text)
    end = len(text)
    start = min(lines.start(int(found[1])) + int(found[2]) - 1, end) if found and int(found[1]) <= len(lines) else end
    words = re.sub(r"'([^']+)'", r"`\1`", reason[:1].lower() + reason[1:])
    return Fault("SRC02", words, "the file must be TOML 1.0", start, min(start + 1, end))


class TomlPlaces(Mapping[str, Place]):
    """The line on which each value's key stands; of what has no line of its own, the nearest around it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)

    def __getitem__(self, pointer: str) -> Place:
        path = tuple(unescape(part) for part in pointer.split("/")[1:])
        line = line_of(self._text, path) or 1
        start = self._lines.start(line)
        words = self._lines.line(line)
        indent = len(words) - len(words.lstrip())
        span = self._lines.span(start + indent, start + max(indent, len(words.rstrip())))
        return Place(span, span)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
