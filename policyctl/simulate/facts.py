"""What should be recorded next time."""

from __future__ import annotations

from collections.abc import Iterable

from policyctl.model.decision import Decision

#: Fields before arguments: they are the cheaper ones to record.
_FIELDS = ("ts", "grant", "session")


def facts_to_record(decisions: Iterable[Decision]) -> tuple[str, ...]:
    """Fields and argument paths that would settle every doubt of these decisions; none of them can be left out.

    Each doubt is one that some value of the missing fact leaves open, so every fact counts; but a path is settled by the
    record of a value that contains it.
    """
    facts = {doubt.fact for decision in decisions for doubt in decision.doubts if doubt.fact is not None}
    fields = [field for field in _FIELDS if field in facts]
    paths = sorted(facts - set(_FIELDS))
    return (*fields, *(path for path in paths if not _is_contained(path, facts)))


def _is_contained(path: str, facts: set[str]) -> bool:
    segments = path.split(".")
    return any(".".join(segments[:length]) in facts for length in range(1, len(segments)))
