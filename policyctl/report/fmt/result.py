"""What `policyctl fmt` did, ready to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policyctl.diagnostic import Diagnostic
from policyctl.fmt.file import FormattedFile, Outcome


@dataclass(frozen=True, slots=True)
class FmtResult:
    """The files in the order in which they were named; `is_written` is False where the run only looks."""

    files: tuple[FormattedFile, ...]
    is_written: bool

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Why files were not touched, in the order of every report."""
        found = (diagnostic for file in self.files for diagnostic in file.diagnostics)
        return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))

    @property
    def texts(self) -> Mapping[str, str]:
        """The text of each file, for excerpts."""
        return {file.name: file.text for file in self.files}

    def having(self, outcome: Outcome) -> tuple[FormattedFile, ...]:
        """The files of which this became."""
        return tuple(file for file in self.files if file.outcome == outcome)
