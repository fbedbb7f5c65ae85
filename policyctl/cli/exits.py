"""What an exit code says (docs/adr/0002)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class ExitCode(IntEnum):
    """No output format changes the code."""

    CLEAN = 0
    FINDINGS = 1
    TROUBLE = 2
    NOTHING_CHECKED = 3
    TOO_THIN = 4
    BUG = 70
    INTERRUPTED = 130
    #: What a shell reports for a tool that the closing of its pipe has ended: 128 + SIGPIPE.
    PIPE_CLOSED = 141


#: Which code wins where several apply, first the strongest.
_STRENGTH = (
    ExitCode.BUG,
    ExitCode.TROUBLE,
    ExitCode.FINDINGS,
    ExitCode.TOO_THIN,
    ExitCode.NOTHING_CHECKED,
    ExitCode.CLEAN,
)


def strongest(codes: Iterable[ExitCode]) -> ExitCode:
    """The one code for a run in which all of these apply; clean if there is none."""
    return min(codes, key=_STRENGTH.index, default=ExitCode.CLEAN)
