"""Who a call belongs to where the record does not say and the user does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from policyctl.errors import PolicyctlError
from policyctl.model.call import Call

#: A call and the name of its file to a grant; None where there is none to be had.
GrantOf = Callable[[Call, str], str | None]


def grant_declaration(*, name: str | None, source: str | None) -> tuple[GrantOf, str] | None:
    """How `--grant NAME` or `--grant-from session|file|meta.KEY` names the grant of a call without one, and in words."""
    if name is not None and source is not None:
        raise PolicyctlError("`--grant` and `--grant-from` exclude each other", hint="give one of them")
    if name is not None:
        return (lambda _call, _file: name), f"calls without a grant belong to `{name}`"
    match source:
        case None:
            return None
        case "session":
            return (lambda call, _file: call.session), "calls without a grant belong to their session"
        case "file":
            return (lambda _call, file: file), "calls without a grant belong to their file"
        case _ if source.startswith("meta.") and len(source) > len("meta."):
            path = tuple(source.split(".")[1:])
            return (lambda call, _file: _text(meta_at(call, path))), f"calls without a grant belong to `{source}`"
        case _:
            raise PolicyctlError(f"`--grant-from {source}` is not known", hint="say `session`, `file` or `meta.KEY`")


def meta_at(call: Call, path: tuple[str, ...]) -> Any:
    """The value below `meta`; None if there is none."""
    value: Any = decoded(call.meta)
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def decoded(raw: msgspec.Raw) -> Any:
    """What an undecoded field holds; None if it is empty or cannot be held."""
    try:
        return msgspec.json.decode(raw) if bytes(raw) else None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None if value is None else str(value)
