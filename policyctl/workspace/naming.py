"""What a report calls a file."""

from __future__ import annotations

import os


def shown_name(name: str) -> str:
    """The user's name for a file, relative to the working directory: a report holds no absolute path."""
    return os.path.relpath(name).replace(os.sep, "/") if os.path.isabs(name) else name


def source_name(name: str) -> str:
    """How a decision names the file of its call: relative to the working directory if it is in it, else its base name."""
    relative = os.path.normpath(shown_name(name)).replace(os.sep, "/")
    return relative.rpartition("/")[2] if relative.startswith("../") else relative
