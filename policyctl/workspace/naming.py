"""What a report calls a file."""

from __future__ import annotations

import os


def shown_name(name: str) -> str:
    """The user's name for a file, relative to the working directory: a report holds no absolute path."""
    return os.path.relpath(name).replace(os.sep, "/") if os.path.isabs(name) else name
