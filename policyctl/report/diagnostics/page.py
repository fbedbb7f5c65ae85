"""The page of a code that `lint` does not give: what reading a file, comparing lists or comparing policies finds."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.report.diagnostics.rules import KnownRule, Table, rules_of
from policyctl.report.style import Style, severity_role

_GIVEN_BY: dict[Table, str] = {
    "reading": "every command that reads a policy or a catalog",
    "catalogs": "commands that read and compare lists of tools",
    "check": "`policyctl check` and `policyctl gate`",
    "diff": "`policyctl diff` and `policyctl gate`",
    "replay": "commands that replay recorded calls",
}


def find(word: str) -> tuple[KnownRule, Table] | None:
    """The rule of a code or a name, in any case, and where it is listed."""
    for table in _GIVEN_BY:
        for known in rules_of((table,)):
            if word.upper() == known.code or word.lower() == known.name:
                return known, table
    return None


def page(known: KnownRule, table: Table) -> str:
    """The page in Markdown, with a final newline."""
    return "\n\n".join((f"# {known.code} {known.name}", *_paragraphs(known, table))) + "\n"


def shown(known: KnownRule, table: Table, style: Style) -> str:
    """The page on a terminal."""
    title = f"{style.paint(known.code, severity_role(known.severity))} {style.paint(known.name, 'strong')}"
    facts, *rest = _paragraphs(known, table)
    return "\n".join((title, style.paint(facts, "quiet"), *(f"\n{paragraph}" for paragraph in rest)))


def _paragraphs(known: KnownRule, table: Table) -> Iterator[str]:
    yield known.severity.value
    yield known.summary
    yield f"Given by {_GIVEN_BY[table]}."
    if known.refs:
        yield f"See also: {', '.join(known.refs)}"
