"""What is odd about the way a server defines a tool."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum

from policyctl.catalog.digest import definition_digest, is_stale
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
    return frozenset(sign for sign, holds in _HOLDS.items() if holds(tool))


#: Where a description stops being one; the longest honest ones are manuals of a few thousand characters.
_LONG = 4_000
#: Alphabets with letters that pass for Latin ones.
_LOOK_ALIKE = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH", "MATHEMATICAL"})
#: What text to a model says and text to a person does not.
_TO_MODEL = re.compile(
    r"""<\s*(important|system|secret|instructions?)\s*>
    |\b(ignore|disregard|forget)\s+(all\s+|any\s+)?(the\s+)?(previous|prior|earlier|other|above)\s+(instructions?|rules?|tools?)
    |\b(do\s+not|don't|never)\s+(tell|mention|inform|notify|reveal|show)\b[^.]{0,40}\b(user|human|person)
    |\bwithout\s+(telling|informing|notifying|asking)\s+(the\s+)?(user|human)""",
    re.IGNORECASE | re.VERBOSE,
)
#: Characters that nobody sees: zero-width ones, those that turn the direction of text, the alphabet of tags.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2060-\u2069\U000e0000-\U000e007f]")


def _hides_text(tool: Tool) -> bool:
    return any(_UNSEEN.search(text) for text in _texts(tool))


def _addresses_model(tool: Tool) -> bool:
    return any(_TO_MODEL.search(text) for text in _texts(tool))


def _is_long(tool: Tool) -> bool:
    return len(tool.description or "") > _LONG


def _has_odd_name(tool: Tool) -> bool:
    scripts = {unicodedata.name(character, "?").split()[0] for character in tool.name if character.isalpha()}
    return "LATIN" in scripts and not scripts.isdisjoint(_LOOK_ALIKE)


def _claims_less(tool: Tool) -> bool:
    if tool.category is None:
        return False
    reads_only = tool.annotations.get("readOnlyHint") is True and tool.category is not Category.READ
    harmless = tool.annotations.get("destructiveHint") is False and tool.category is Category.DESTRUCTIVE
    return reads_only or harmless


def _has_changed(tool: Tool) -> bool:
    return tool.digest is not None and tool.digest != definition_digest(tool)


def _is_unpinned(tool: Tool) -> bool:
    return tool.digest is None


def _texts(tool: Tool) -> tuple[str, ...]:
    return (tool.name, tool.title or "", tool.description or "")


_HOLDS: Mapping[Sign, Callable[[Tool], bool]] = {
    Sign.HIDDEN_TEXT: _hides_text,
    Sign.ADDRESSES_MODEL: _addresses_model,
    Sign.LONG_TEXT: _is_long,
    Sign.ODD_NAME: _has_odd_name,
    Sign.MILD_CLAIM: _claims_less,
    Sign.CHANGED: _has_changed,
    Sign.STALE_REVIEW: is_stale,
    Sign.UNPINNED: _is_unpinned,
}
