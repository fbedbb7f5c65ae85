"""What a report calls a file."""

from __future__ import annotations

import os
import re

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_SECRET = re.compile(r"(?<=://)[^/@]*@")


def is_address(name: str) -> bool:
    """Whether this looks like something behind a protocol, `s3://…`, and no file."""
    return _ADDRESS.match(name) is not None


def without_secrets(address: str) -> str:
    """An address without what it says of a user."""
    return _SECRET.sub("", address)


def shown_name(name: str) -> str:
    """The user's name for a file, relative to the working directory: a report holds no absolute path."""
    if is_address(name):
        return without_secrets(name)
    return os.path.relpath(name).replace(os.sep, "/") if os.path.isabs(name) else name


def source_name(name: str) -> str:
    """How a decision names the file of its call: relative to the working directory if it is in it, else its base name."""
    if is_address(name):
        return without_secrets(name)
    relative = os.path.normpath(shown_name(name)).replace(os.sep, "/")
    return relative.rpartition("/")[2] if relative.startswith("../") else relative
