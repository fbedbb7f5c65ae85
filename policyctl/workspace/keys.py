"""Every key that a configuration file may have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from policyctl.workspace.configuration import Check, Configuration, Gate, Lint, Server, Suppression, Traces
from policyctl.workspace.readers import (
    At,
    MistakeError,
    Reader,
    choice,
    count,
    day,
    duration,
    glob_from,
    many,
    matching,
    named,
    one_or_many,
    path_from,
    severity,
    share,
    table,
    text,
    threshold,
)

#: Fields of a recorded call that `map` can find elsewhere.
TRACE_FIELDS = (
    "tool", "args", "ts", "session", "grant", "server", "args_state", "keys", "redacted", "id", "outcome", "decision",
    "meta",
)  # fmt: skip

_POINTER = matching(r"(/[\s\S]*)?", "write a JSON Pointer: `/params/name`")


def reader(folder: Path) -> Reader:
    """The reader of a whole configuration whose file lies in `folder`."""
    path = path_from(folder)
    return table(
        {
            "policy": path,
            "catalog": path,
            "traces": _traces(folder),
            "dialect": choice("policyctl", "policylayer"),
            "profile": choice("tool-page", "server-page", "strict"),
            "lint": table(
                {"select": one_or_many(text), "ignore": one_or_many(text), "severity": named(severity)}, Lint
            ),
            "check": table({"asserts": one_or_many(path)}, Check),
            "servers": named(table({"policy": path, "catalog": path}, Server)),
            "gate": table(_GATE, Gate),
            "suppress": many(_suppression(path)),
        },
        Configuration,
    )


_GATE: dict[str, Reader] = {
    "max_denied": threshold,
    "max_undetermined": threshold,
    "min_calls": count,
    "min_fidelity": share,
    "max_bad_lines": threshold,
    "max_newly_allowed": threshold,
    "max_approval_removed": threshold,
    "max_newly_denied": threshold,
    "max_approval_added": threshold,
    "max_changed": threshold,
    "diff": one_or_many(
        matching(
            r"(wider|narrower|any)(:(Read|Write|Execute|Destructive|Financial|Low|Medium|High|Critical))?",
            "write a direction, and a class if you like: `wider:Financial`",
        )
    ),
}


def _traces(folder: Path) -> Reader:
    """A glob or a list of globs, or a table of which `files` is one key: TOML cannot have both under one name."""
    files = one_or_many(glob_from(folder))
    whole = table(
        {
            "files": files,
            "grant_from": matching(r"session|file|meta\..+", "choose `session`, `file` or `meta.KEY`"),
            "grant": text,
            "map": _map,
            "lateness": duration,
            "window": choice("fixed", "sliding"),
        },
        Traces,
    )
    return lambda raw, at: whole(raw, at) if isinstance(raw, dict) else Traces(files=files(raw, at))


def _map(raw: Any, at: At) -> dict[str, str]:
    pairs = table(dict.fromkeys(TRACE_FIELDS, _POINTER), dict)
    if not isinstance(raw, str):
        return dict(pairs(raw, at))
    cut = [pair.partition("=") for pair in raw.split(",")]
    if any(not separator for _, separator, _ in cut):
        raise MistakeError(at, "`map` has a part without `=`", "write it as `tool=/params/name,args=/params/arguments`")
    return dict(pairs({field.strip(): pointer.strip() for field, _, pointer in cut}, at))


def _suppression(path: Reader) -> Reader:
    keys: dict[str, Reader] = {
        "rule": matching(r"[A-Z]+[0-9]+", "write the code of one rule: `ARG02`"),
        "policy": path,
        "at": _POINTER,
        # Without a reason an entry is a finding of its own, not a broken configuration.
        "reason": lambda raw, at: text(raw, at) if raw != "" else None,
        "expires": day,
        "content": matching(r"sha256:[0-9a-f]{64}", "leave it to `policyctl suppress`"),
    }
    return table(keys, Suppression, required=("rule", "policy", "at"))
