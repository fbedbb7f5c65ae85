"""What is odd about the way a server defines a tool."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from policyctl.catalog.digest import definition_digest, is_stale
from policyctl.catalog.suspect.names import of_names
from policyctl.catalog.suspect.texts import of_texts
from policyctl.model.catalog import Category, Tool


class Sign(StrEnum):
    """One oddity; each of them has an honest cause more often than a bad one."""

    HIDDEN_TEXT = "hidden-text"
    ADDRESSES_MODEL = "addresses-model"
    LONG_TEXT = "long-text"
    ODD_NAME = "odd-name"
    MILD_CLAIM = "mild-claim"
    CHANGED = "changed"
    STALE_REVIEW = "stale-review"
    UNPINNED = "unpinned"


def signs_of(tool: Tool) -> frozenset[Sign]:
    """All that hold of this tool."""
    return frozenset((*_of_texts(tool), *_of_claims(tool), *_of_pins(tool)))


#: What a reader of lists of tools is warned of (policyctl.catalog.codes).
_BY_CODE = {"LST11": Sign.ODD_NAME, "LST12": Sign.HIDDEN_TEXT, "LST13": Sign.ADDRESSES_MODEL}
#: Where a description stops being one; the longest honest ones are manuals of a few thousand characters.
_LONG = 4_000


def _of_texts(tool: Tool) -> Iterator[Sign]:
    for found in (*(odd for _, odd in of_names([tool])), *of_texts(tool)):
        if found.code in _BY_CODE:
            yield _BY_CODE[found.code]
    if len(tool.description or "") > _LONG:
        yield Sign.LONG_TEXT


def _of_claims(tool: Tool) -> Iterator[Sign]:
    reads_only = tool.annotations.get("readOnlyHint") is True and tool.category not in {Category.READ, None}
    harmless = tool.annotations.get("destructiveHint") is False and tool.category is Category.DESTRUCTIVE
    if reads_only or harmless:
        yield Sign.MILD_CLAIM


def _of_pins(tool: Tool) -> Iterator[Sign]:
    if tool.digest is None:
        yield Sign.UNPINNED
    elif tool.digest != definition_digest(tool):
        yield Sign.CHANGED
    if is_stale(tool):
        yield Sign.STALE_REVIEW
