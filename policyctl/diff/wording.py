"""What reads otherwise and decides no call otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from policyctl.source.pointer import join

#: Keys that are read by people alone: whatever else changes beside them, they change no decision.
_FOR_PEOPLE = frozenset({"$schema", "description", "reason", "on_deny", "counter"})


class Edit(StrEnum):
    """What happened to a place of the document."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Rewording:
    """One place, as a JSON Pointer: into the old document if it was removed from there, else into the new one."""

    pointer: str
    edit: Edit


_EDITS = {
    "values_changed": Edit.CHANGED,
    "type_changes": Edit.CHANGED,
    "dictionary_item_added": Edit.ADDED,
    "iterable_item_added": Edit.ADDED,
    "dictionary_item_removed": Edit.REMOVED,
    "iterable_item_removed": Edit.REMOVED,
}


def rewordings(old: Mapping[str, Any], new: Mapping[str, Any], changed: Iterable[str]) -> tuple[Rewording, ...]:
    """The places that differ, but for those of the tools in `changed` that can bear on a decision; by pointer."""
    touched = frozenset(changed)
    old, new = _unlike(_for_readers(old, touched), _for_readers(new, touched))
    if isinstance(old.get("tools"), dict) and isinstance(new.get("tools"), dict):
        old["tools"], new["tools"] = _unlike(old["tools"], new["tools"])
    if old == new:
        return ()
    found = {Rewording(join(*path), edit) for path, edit in _differences(old, new) if _is_wording(path, touched)}
    return tuple(sorted(found, key=lambda one: (one.pointer, one.edit)))


def _for_readers(document: Mapping[str, Any], changed: frozenset[str]) -> dict[str, Any]:
    """The document with nothing but words for people, and with all of the tools that decide as before."""
    words = {key: value if key in _FOR_PEOPLE else _words(value) for key, value in document.items() if key != "tools"}
    tools = document.get("tools")
    if not isinstance(tools, Mapping):
        return words
    return {**words, "tools": {name: _words(rules) if name in changed else rules for name, rules in tools.items()}}


def _words(value: Any) -> Any:
    """The same shape with words for people alone."""
    match value:
        case dict():
            return {key: member if key in _FOR_PEOPLE else _words(member) for key, member in value.items()}
        case list():
            return [_words(element) for element in value]
        case _:
            return None


def _unlike(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both without the members that are written alike: by their texts, since 1, 1.0 and true are equal to Python."""
    keys = [key for key in (*old, *new) if key not in old or key not in new or repr(old[key]) != repr(new[key])]
    return {key: old[key] for key in keys if key in old}, {key: new[key] for key in keys if key in new}


def _is_wording(path: tuple[str | int, ...], changed: frozenset[str]) -> bool:
    if any(key in _FOR_PEOPLE for key in path[-1:]):
        return True
    match path:
        case ("tools", str() as name, *_):
            return name not in changed
        case _:
            return False


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Edit]]:
    # It takes longer to import than all the rest of a comparison.
    from deepdiff import DeepDiff

    # Equal numbers of two kinds and a list in another order are other texts.
    tree = DeepDiff(old, new, view="tree", verbose_level=2, ignore_order=False)
    for kind, edit in _EDITS.items():
        for level in tree.get(kind, ()):
            yield tuple(level.path(output_format="list", force="fake")), edit
