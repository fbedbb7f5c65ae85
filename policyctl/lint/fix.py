"""Fixes put to work: round by round, until nothing is left that may be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from policyctl.diagnostic import Diagnostic, Edit
from policyctl.source.edit import apply

#: A fix may make room for another; more rounds than this only a cycle needs.
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Fixed:
    """The text after all fixes, and what they mended, in the order in which they were applied."""

    text: str
    mended: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Mender:
    """How a text is mended.

    `find` lints a text, None if it is no valid policy (any more); `accepts` says whether the second text may take the
    place of the first. What either refuses is left out, and all else is tried without it.
    """

    find: Callable[[str], tuple[Diagnostic, ...] | None]
    accepts: Callable[[str, str], bool]
    unsafe: bool = False

    def mend(self, text: str) -> Fixed:
        """Apply what may be applied, as often as there is something."""
        mended: list[Diagnostic] = []
        for _ in range(ROUNDS):
            batch = self._acceptable(text, self._applicable(self.find(text) or ()))
            if not batch:
                break
            text = apply(text, _edits(batch))
            mended.extend(batch)
        return Fixed(text, tuple(mended))

    def _applicable(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings whose fixes do not get in each other's way, first come, first served."""
        chosen: list[Diagnostic] = []
        taken: list[Edit] = []
        for diagnostic in found:
            fix = diagnostic.fix
            if fix is None or not (fix.is_safe or self.unsafe):
                continue
            if not any(_touch(edit, other) for edit in fix.edits for other in taken):
                chosen.append(diagnostic)
                taken.extend(fix.edits)
        return chosen

    def _acceptable(self, text: str, candidates: list[Diagnostic]) -> list[Diagnostic]:
        """All of them, if they may be applied together; else one after the other, each with those before it."""
        if self._may_be(text, candidates):
            return candidates
        batch: list[Diagnostic] = []
        for candidate in candidates:
            if self._may_be(text, [*batch, candidate]):
                batch.append(candidate)
        return batch

    def _may_be(self, text: str, batch: list[Diagnostic]) -> bool:
        after = apply(text, _edits(batch))
        return after != text and self.find(after) is not None and self.accepts(text, after)


def _edits(batch: Iterable[Diagnostic]) -> list[Edit]:
    return [edit for diagnostic in batch if diagnostic.fix for edit in diagnostic.fix.edits]


def _touch(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end
