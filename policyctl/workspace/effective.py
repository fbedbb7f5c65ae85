"""The settings as one list, to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from policyctl.model.threshold import Threshold
from policyctl.model.values import JSONValue
from policyctl.workspace.config import dotted
from policyctl.workspace.configuration import Configuration, Origin, Suppression

_GATES = (
    "max_denied", "max_undetermined", "min_calls", "min_fidelity", "max_bad_lines", "max_newly_allowed",
    "max_approval_removed", "max_newly_denied", "max_approval_added", "max_changed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """One effective value; None where there is none."""

    key: str
    value: JSONValue
    origin: Origin


def effective(configuration: Configuration) -> tuple[Setting, ...]:
    """Every setting, first those of the whole; each server and each suppression has entries of its own."""
    return tuple(Setting(key, _plain(value), configuration.origin(key)) for key, value in _values(configuration))


def _values(configuration: Configuration) -> Iterator[tuple[str, Any]]:
    for key in ("policy", "catalog", "dialect", "profile"):
        yield key, getattr(configuration, key)
    for key in ("select", "ignore", "severity"):
        yield f"lint.{key}", getattr(configuration.lint, key)
    yield "check.asserts", configuration.check.asserts
    for name, server in configuration.servers.items():
        yield dotted(("servers", name, "policy")), server.policy
        yield dotted(("servers", name, "catalog")), server.catalog
    for key in ("files", "grant_from", "grant", "map", "lateness", "window"):
        yield f"traces.{key}", getattr(configuration.traces, key)
    for key in _GATES:
        yield f"gate.{key}", getattr(configuration.gate, key)
    for position, suppression in enumerate(configuration.suppress):
        yield f"suppress.{position}", suppression


def _plain(value: Any) -> JSONValue:
    match value:
        case None | bool() | int() | str():
            return value
        case Enum():
            return str(value.value)
        case Path():
            return value.as_posix()
        case Threshold() | date():
            return str(value)
        case Suppression():
            return {key: _plain(getattr(value, key)) for key in value.__dataclass_fields__}
        case Mapping():
            return {str(key): _plain(entry) for key, entry in value.items()}
        case _:
            return [_plain(entry) for entry in value]
