"""Every diagnostic that reading a file can give, by its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policyctl.diagnostic import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """`name` reads well after "ignore"; `summary` is one sentence for a list of codes.

    `severity` is the usual one, `refs` are ids of CWE, OWASP and ATLAS.
    """

    code: str
    name: str
    summary: str
    severity: Severity = Severity.ERROR
    refs: tuple[str, ...] = ()


_ALL = (
    Code("SRC01", "not-utf-8", "The file is not UTF-8 text."),
    Code("SRC02", "syntax", "The file breaks the grammar of JSON or YAML."),
    Code("SRC03", "too-large", "The document is nested, or its YAML aliases expand, beyond the limits."),
    Code("SRC04", "lone-surrogate", "An escape names half a character."),
    Code("SRC05", "number-range", "A number cannot be held as the language holds numbers."),
    Code("SRC06", "not-json-data", "YAML that has no counterpart in JSON: tags, merge keys, keys that are no texts."),
    Code("SCH01", "unknown-key", "A key that the language does not know would protect nothing."),
    Code("SCH02", "version-or-default", "`version` or `default` is missing or not one of its values."),
    Code("SCH03", "duplicate-key", "An object has the same key twice; one of the two would be lost."),
    Code("SCH04", "operator-or-operand", "An operator is unknown or its value has the wrong type."),
    Code("SCH20", "foreign-document", "The file is a policy of another kind of engine."),
    Code("SCH21", "wrong-type", "A value has another type than its key asks for."),
    Code("SCH22", "missing-key", "A key that must be there is missing."),
    Code("SCH23", "path", "A path does not name an argument."),
    Code("SCH24", "pattern", "RE2 refuses a regular expression."),
    Code("SCH25", "limit", "A limit's maximum or window is not one that can be counted."),
    Code("SCH26", "unknown-word", "A value is not one of the words that its key allows."),
    Code("SCH40", "dialect", "The policy uses what the chosen dialect does not have."),
)

CODES: Mapping[str, Code] = {entry.code: entry for entry in _ALL}
