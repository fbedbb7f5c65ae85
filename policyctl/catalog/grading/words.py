"""Tools, classes and differences in a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from policyctl.catalog.changes.part import Difference, Part, What
from policyctl.model.catalog import Category, Risk
from policyctl.source.pointer import format_path, split

_PARTS = {
    Part.TITLE: "the title",
    Part.DESCRIPTION: "the description",
    Part.INPUT: "the input schema",
    Part.OUTPUT: "the output schema",
    Part.ANNOTATIONS: "the annotations",
    Part.FIELDS: "other fields",
}


def class_words(category: Category | None, risk: Risk | None) -> str:
    """`Destructive (Critical)`, or that nobody knows."""
    if category is None and risk is None:
        return "of no known class"
    return f"{category or 'of no category'} ({risk or 'no risk'})"


def parts_words(differences: Iterable[Difference]) -> str:
    """`the description and the input schema`."""
    parts = sorted({difference.part for difference in differences}, key=list(Part).index)
    words = [_PARTS[part] for part in parts]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def difference_words(difference: Difference) -> str:
    """One difference in a line, place first."""
    place = _place(difference)
    before, after = difference.before, difference.after
    match difference.what:
        case What.ADDED:
            return f"{place} is new{_of(after)}"
        case What.REMOVED:
            return f"{place} is gone{_of(before)}"
        case What.OPTIONAL | What.REQUIRED:
            return f"{place} is {after} now"
        case What.VALUES if not before:
            return f"{place}: also {after}"
        case What.VALUES if not after:
            return f"{place}: no longer {before}"
        case What.TEXT if before is None:
            return f"{place} is new: {after}"
        case What.TEXT if after is None:
            return f"{place} is gone: {before}"
        case _ if before is None and after is None:
            return f"{place} is another one"
        case _:
            return f"{place}: {before or 'nothing'} → {after or 'nothing'}"


def _of(detail: str | None) -> str:
    return f" ({detail})" if detail else ""


def _place(difference: Difference) -> str:
    """`args.amount maximum`; where it is no argument's, the pointer without its first step."""
    segments = split(f"/{difference.pointer}")
    last = segments[-1]
    if difference.part is not Part.INPUT or difference.argument is None:
        return "/".join(segments)
    argument = format_path(difference.argument)
    is_whole = difference.what in {What.ADDED, What.REMOVED, What.OPTIONAL, What.REQUIRED}
    return argument if is_whole else f"{argument} {last}"
