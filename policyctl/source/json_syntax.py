"""What a writer most likely did where JSON's grammar is broken."""

from __future__ import annotations

import re
from collections.abc import Mapping

from policyctl.source.fault import Fault, quote
from policyctl.source.lines import Lines

_WORD = re.compile(r"[\w$.+-]+")
_NUMBER_LIKE = re.compile(r"[+-]?\.?[0-9]")
_STRING_BODY = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*')
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_LAST_COMMA = re.compile(r",[ \t\r\n]*\Z")

_SPELLINGS: Mapping[str, str] = {"true": "true", "false": "false", "none": "null", "null": "null", "nil": "null"}
_EXPECTED: Mapping[str, str] = {
    "VALUE": "a value",
    "FIRST_VALUE": "a value or `]`",
    "KEY": "a key in double quotes",
    "FIRST_KEY": "a key in double quotes or `}`",
    "COLON": "`:` between the key and its value",
    "COMMA": "`,` or the closing bracket",
    "END": "the end of the file",
}


def unexpected(text: str, at: int, expected: str, opener: int | None) -> Fault:
    """The mistake at `at`, where something in `expected` (the name of an `Expect`) should stand."""
    # Most specific first: each of these knows its own mistake by the first characters.
    for guess in (_comment, _single_quote, _broken_string, _not_a_number, _spelling, _number):
        fault = guess(text, at)
        if fault:
            return fault
    return _structure(text, at, expected, opener)


def unclosed(text: str, opener: int | None, lines: Lines) -> Fault:
    """The end of the text came too early; `opener` is the innermost bracket that is still open."""
    end = len(text.rstrip(" \t\r\n"))
    if end == 0:
        return Fault(
            "SRC02", "the file is empty", 'a smallest policy is {"version": "1", "default": "deny", "tools": {}}', 0, 0
        )
    if opener is None:
        return Fault("SRC02", "the file ends before its value", "complete the document", end - 1, end)
    bracket = text[opener]
    kind, closing = ("object", "}") if bracket == "{" else ("list", "]")
    message = f"the file ends inside the {kind} that opens on line {lines.position(opener).line}"
    return Fault("SRC02", message, f"complete it and close it with `{closing}`", end - 1, end)


def _comment(text: str, at: int) -> Fault | None:
    if not text.startswith(("//", "/*", "#"), at):
        return None
    help_ = "put the text into a `description` at the top of the document, or write the policy in YAML"
    return Fault("SRC02", "a comment stands here, and JSON has none", help_, at, _end_of_line(text, at))


def _single_quote(text: str, at: int) -> Fault | None:
    if text[at] not in "'`\u2018\u2019\u201c\u201d":
        return None
    message = f"{text[at]} does not start a text in JSON" if text[at] == "`" else f"a text in `{text[at]}` is not JSON"
    return Fault("SRC02", message, 'put keys and texts in double quotes: "..."', at, at + 1)


def _broken_string(text: str, at: int) -> Fault | None:
    body = _STRING_BODY.match(text, at)
    if body is None or text.startswith('"', body.end()):
        return None
    end = body.end()
    if end == len(text) or text[end] in "\r\n":
        help_ = 'close the text with `"` on the line where it starts; a line break inside it is written `\\n`'
        return Fault("SRC02", "the text is not closed on its line", help_, at, end)
    if text[end] == "\\":
        help_ = (
            'the escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits; a backslash is written `\\\\`'
        )
        return Fault("SRC02", f"{quote(text[end : end + 2])} is no escape of JSON", help_, end, min(end + 2, len(text)))
    code = f"\\u{ord(text[end]):04x}"
    message = f"the control character {code} stands unescaped in a text"
    return Fault("SRC02", message, f"write it as `{code}`", end, end + 1)


def _not_a_number(text: str, at: int) -> Fault | None:
    word = _word(text, at)
    if word.lstrip("+-").lower() not in {"nan", "inf", "infinity"}:
        return None
    return Fault("SRC02", f"{quote(word)} is no number of JSON", "write a finite number", at, at + len(word))


def _spelling(text: str, at: int) -> Fault | None:
    word = _word(text, at)
    meant = _SPELLINGS.get(word.lower())
    if meant is None or meant == word:
        return None
    return Fault("SRC02", f"{quote(word)} is not JSON", f"write `{meant}`", at, at + len(word))


def _number(text: str, at: int) -> Fault | None:
    word = _word(text, at)
    if not _NUMBER_LIKE.match(word) or re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?", word):
        return None
    help_ = "write digits without leading zeros, `+` or `_`, with digits on both sides of a point, or put it in quotes"
    return Fault("SRC02", f"{quote(word)} is no number of JSON", help_, at, at + len(word))


def _structure(text: str, at: int, expected: str, opener: int | None) -> Fault:
    word = _word(text, at) or _string(text, at) or text[at]
    comma = _LAST_COMMA.search(text, 0, at) if word in {"]", "}"} else None
    if comma and expected in {"VALUE", "KEY"}:
        message = f"a comma stands before the closing `{word}`"
        return Fault("SRC02", message, "remove the comma", comma.start(), comma.start() + 1)
    if word in {"]", "}"} and expected != "END":
        return _stray_closing(word, at, expected, None if opener is None else text[opener])
    for case in (_second_value, _unquoted_key, _missing_comma, _unquoted_text):
        fault = case(word, at, expected)
        if fault:
            return fault
    message = f"expected {_EXPECTED[expected]}, found {quote(word)}"
    return Fault("SRC02", message, "see whether a quote, a comma or a bracket is missing before it", at, at + len(word))


def _second_value(word: str, at: int, expected: str) -> Fault | None:
    if expected != "END":
        return None
    if word in {"]", "}", ",", ":"}:
        message = f"{quote(word)} stands after the end of the document"
        return Fault("SRC02", message, "remove it, or look for a bracket that closes too early", at, at + 1)
    help_ = "keep one policy in a file, and nothing after its closing bracket"
    return Fault("SRC02", "a second value starts after the end of the document", help_, at, at + len(word))


def _stray_closing(word: str, at: int, expected: str, bracket: str | None) -> Fault:
    if bracket is None:
        return Fault("SRC02", f"`{word}` closes nothing", "remove it, or add the bracket that it closes", at, at + 1)
    fitting = "]" if bracket == "[" else "}"
    if word == fitting:
        message = f"expected {_EXPECTED[expected]}, found `{word}`"
        return Fault("SRC02", message, "complete the entry before the bracket", at, at + 1)
    return Fault("SRC02", f"`{word}` cannot close `{bracket}`", f"close it with `{fitting}` first", at, at + 1)


def _unquoted_key(word: str, at: int, expected: str) -> Fault | None:
    if expected not in {"KEY", "FIRST_KEY"} or not _WORD.match(word):
        return None
    return Fault("SRC02", f"the key {quote(word)} is not in double quotes", f'write "{word}"', at, at + len(word))


def _missing_comma(word: str, at: int, expected: str) -> Fault | None:
    if expected != "COMMA" or word in {":", "]", "}"}:
        return None
    return Fault("SRC02", f"a comma is missing before {quote(word)}", "separate entries with `,`", at, at + len(word))


def _unquoted_text(word: str, at: int, expected: str) -> Fault | None:
    if expected not in {"VALUE", "FIRST_VALUE"} or not _WORD.match(word):
        return None
    return Fault("SRC02", f"the text {quote(word)} is not in double quotes", f'write "{word}"', at, at + len(word))


def _word(text: str, at: int) -> str:
    match = _WORD.match(text, at)
    return match[0] if match else ""


def _string(text: str, at: int) -> str:
    match = _STRING_BODY.match(text, at)
    return f'{match[0]}"' if match else ""


def _end_of_line(text: str, at: int) -> int:
    match = _REST_OF_LINE.match(text, at)
    return match.end() if match else at
