"""Names on one command line that cannot go together."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from policyctl.errors import PolicyctlError
from policyctl.workspace.naming import shown_name


def refuse_second_reading(*names: str | None) -> None:
    """PolicyctlError if standard input is named more than once."""
    if names.count("-") > 1:
        raise PolicyctlError("standard input can be read once only", hint="name `-` a single time")


def refuse_replacing(read: Iterable[str], written: Iterable[str | Path | None]) -> None:
    """PolicyctlError if a file that is read would be replaced, or one be written twice."""
    sources = {os.path.realpath(name) for name in read}
    targets = [os.path.realpath(target) for target in written if target is not None and target != "-"]
    for target in targets:
        # A pipe, a terminal or a device may be read and written, and written twice.
        if os.path.exists(target) and not os.path.isfile(target):
            continue
        if target in sources:
            name = shown_name(target)
            raise PolicyctlError(f"`{name}` is read here, and would be replaced", hint="write to another file")
        if targets.count(target) > 1:
            raise PolicyctlError(f"`{shown_name(target)}` would be written twice", hint="give each output its own file")
