"""One policy document to its canonical text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from policyctl.fmt.note import Note
from policyctl.fmt.shape import POLICY
from policyctl.fmt.short_forms import long_form, stays
from policyctl.source.document import Document

_BREAK = re.compile(r"\r\n|\r|\n")

UNCHANGED = "the file stays as it is, since moving its keys would change what YAML reads from it"


@dataclass(frozen=True, slots=True)
class Formatted:
    """The canonical text, without a byte order mark, and what was left undone on the way to it."""

    text: str
    notes: tuple[Note, ...] = ()


def format_policy(document: Document, *, long_forms: bool = False) -> Formatted:
    """The canonical text of a policy without errors; `long_forms` writes what PolicyLayer documents.

    The lines end as the first one does. Whatever is written reads as the same data, or the text stays as it was.
    """
    ending = _ending(document.text)
    text = _BREAK.sub("\n", document.text)
    formatted = (
        _format_json(document, text, long_forms) if document.format == "json" else _format_yaml(text, long_forms)
    )
    return Formatted(formatted.text.replace("\n", ending), formatted.notes)


def _ending(text: str) -> str:
    first = _BREAK.search(text)
    return "\r\n" if first and first[0] == "\r\n" else "\n"


def _format_json(document: Document, text: str, long_forms: bool) -> Formatted:
    from policyctl.fmt.json_ import arrange, write
    from policyctl.fmt.json_dialect import rewrite
    from policyctl.fmt.json_tree import Object, tree_of

    tree = tree_of(text)
    if not long_forms or not isinstance(tree, Object):
        return Formatted(write(arrange(tree, POLICY), POLICY))
    return Formatted(write(arrange(rewrite(tree), POLICY), POLICY), tuple(stays(document.data, kept=())))


def _format_yaml(text: str, long_forms: bool) -> Formatted:
    from policyctl.fmt.yaml_ import rewrite
    from policyctl.fmt.yaml_edges import with_final_break, with_tidy_edges
    from policyctl.source.yaml_ import parse

    before, _ = parse(text)
    assert before is not None
    closed = with_final_break(text, before)
    middle, _ = parse(closed)
    tidy = closed if middle is None else with_tidy_edges(closed, middle)
    root, _ = parse(tidy)
    if root is None or not _same(root.value, before.value):
        return Formatted(text, (Note("", UNCHANGED),))
    written = rewrite(tidy, root, long_forms=long_forms)
    kept = {id(rules) for rules in root.value.get("tools", {}).values()} - written.rules
    after, _ = parse(written.text)
    if after is None or not _same(after.value, long_form(root.value, kept=kept)):
        return Formatted(text, (Note("", UNCHANGED),))
    return Formatted(written.text, (*written.notes, *(stays(root.value, kept=kept) if long_forms else ())))


def _same(left: Any, right: Any) -> bool:
    """Equal as JSON texts are: `1` is not `1.0`, and the order of keys does not count."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)
