"""What a writer most likely did where YAML's grammar is broken."""

from __future__ import annotations

import re
from collections.abc import Mapping

from policyctl.source.fault import MAX_DEPTH, Fault, quote, too_deep

#: Where the parser starts a new line; an editor does so only at the first three.
YAML_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_QUOTE = "put the text in quotes if it starts with a special character or has `: ` or ` #` inside"
_INDENT = "indent the entries of one object or list equally, with spaces"
_ESCAPES = "write the character itself, or `\\U` with eight digits for one beyond `\\uFFFF`"

#: The parser's words, as far as they are needed to know them again; what is, and what to do.
_MISTAKES: Mapping[str, tuple[str, str]] = {
    "mapping values are not allowed": ("a `:` stands where no key can stand", f"{_INDENT}; {_QUOTE}"),
    "did not find expected key": ("a key is expected here", _INDENT),
    "could not find expected ':'": ("a key has no `:` after it", "write `key: value`, with a blank after the colon"),
    "did not find expected ',' or ']'": ("a `,` or `]` is missing", "separate entries with `,` and close the list"),
    "did not find expected ',' or '}'": ("a `,` or `}` is missing", "separate entries with `,` and close the object"),
    "did not find expected '-' indicator": ("an entry of a list must start with `-`", _INDENT),
    "found unknown escape character": (
        "a backslash escape is unknown",
        "write a backslash as `\\\\`, or use single quotes",
    ),
    "found invalid Unicode character escape": ("an escape names half a character or none", _ESCAPES),
    "did not find expected hexdecimal": ("an escape lacks a hexadecimal digit", _ESCAPES),
    "did not find expected alphabetic": (
        "an anchor or alias has no name",
        'put `*` and `&` in quotes where they are texts: "*"',
    ),
    "found undefined tag handle": ("a tag has an unknown handle", "remove the tag"),
    "did not find expected node content": ("a value is expected here", _QUOTE),
    "did not find expected <document start>": ("a second document or a stray word starts here", _INDENT),
    "found incompatible YAML document": ("the `%YAML` line asks for an unknown version", "remove the line"),
}

_BRACKET = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'|[\[\]{}]""")
_UNCLOSED_QUOTE = ("found unexpected end of stream", "found unexpected document indicator")


def explain(problem: str, text: str, at: int, opened: int | None) -> Fault:
    """The mistake that the parser met at the offset `at`, in something that started at `opened`."""
    if opened is not None and problem.startswith(_UNCLOSED_QUOTE):
        end = opened + len(text[opened:].partition("\n")[0].rstrip())
        help_ = "close it with the quote that opens it"
        return Fault("SRC02", "a text in quotes is not closed", help_, opened, end)
    if "nesting depth" in problem:
        # Newer parsers have a bound of their own, and meet it while they look ahead.
        deepest = _first_too_deep(text) or at
        return too_deep(deepest, min(deepest + 1, len(text)))
    end = min(at + 1, len(text))
    character = text[at:end]
    if "tab" in problem or ("cannot start any token" in problem and character == "\t"):
        return Fault("SRC02", "a tab cannot indent YAML", "indent with spaces", at, end)
    if "cannot start any token" in problem:
        help_ = "put the text in quotes"
        return Fault("SRC02", f"an unquoted text cannot start with {quote(character)}", help_, at, end)
    for words, (message, help_) in _MISTAKES.items():
        if problem.startswith(words):
            return Fault("SRC02", message, help_, at, end)
    return Fault("SRC02", f"this is not YAML: {problem}", _QUOTE, at, end)


def _first_too_deep(text: str) -> int | None:
    """The bracket that opens one level too many, brackets in quotes not counted."""
    depth = 0
    for found in _BRACKET.finditer(text):
        if found[0] in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return found.start()
        elif found[0] in "]}":
            depth -= 1
    return None


def unprintable(text: str) -> Fault:
    """The first character that YAML does not allow to stand for itself."""
    found = _UNPRINTABLE.search(text)
    start, end = found.span() if found else (0, 0)
    code = f"\\u{ord(text[start]):04x}" if found else "of this file"
    message = f"the control character {code} cannot stand in YAML"
    return Fault("SRC02", message, f"write it as `{code}` in a text in double quotes", start, end)
