"""What a configuration file says, typed, with the place of each value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal, TypeAlias

from policyctl.diagnostic import Severity
from policyctl.model.threshold import Threshold

Dialect: TypeAlias = Literal["policyctl", "policylayer"]
Profile: TypeAlias = Literal["tool-page", "server-page", "strict"]
WindowModel: TypeAlias = Literal["fixed", "sliding"]

#: A line that cannot be read is a call that was not judged: the user has to say that it may be.
NO_BAD_LINES = Threshold(Fraction(0), is_share=False)


@dataclass(frozen=True, slots=True)
class Lint:
    """Which rules run; `severity` overrides a rule's own by code or name."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """Files of assertions."""

    asserts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Server:
    """The policy and catalog of one server of a recording that holds many."""

    policy: Path | None = None
    catalog: Path | None = None


@dataclass(frozen=True, slots=True)
class Traces:
    """Which recordings there are and how to read them.

    `files` are globs below the working directory; `grant_from` is `session`, `file` or `meta.KEY`; `map` leads from a
    field of the normal form to a JSON Pointer; `lateness` is in seconds.
    """

    files: tuple[str, ...] = ()
    grant_from: str | None = None
    grant: str | None = None
    map: Mapping[str, str] = field(default_factory=dict)
    lateness: int | None = None
    window: WindowModel = "fixed"


@dataclass(frozen=True, slots=True)
class Gate:
    """What a simulation may show at most or must show at least; None sets no bound."""

    max_denied: Threshold | None = None
    max_undetermined: Threshold | None = None
    min_calls: int | None = None
    min_fidelity: Threshold | None = None
    max_bad_lines: Threshold | None = NO_BAD_LINES
    #: About calls that a policy decides otherwise than its base.
    max_newly_allowed: Threshold | None = None
    max_approval_removed: Threshold | None = None
    max_newly_denied: Threshold | None = None
    max_approval_added: Threshold | None = None
    max_changed: Threshold | None = None
    #: Each a `--fail-on` of the comparison of two policies.
    diff: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppression:
    """A finding that is known and accepted: rule, policy and JSON Pointer, not a line number, which moves."""

    rule: str
    policy: Path
    at: str
    reason: str | None = None
    expires: date | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """The place that sets a value; no file means that it is the default, no line that the file has it somewhere."""

    file: Path | None = None
    line: int | None = None

    def __str__(self) -> str:
        if self.file is None:
            return "default"
        return f"{self.file.as_posix()}:{self.line}" if self.line else self.file.as_posix()


@dataclass(frozen=True, slots=True)
class Configuration:
    """All settings, given or default; paths are relative to the working directory, not to the file.

    `origins` holds the line of each key that the file sets, by its dotted name; `file` is None if there is none.
    """

    file: Path | None = None
    policy: Path | None = None
    catalog: Path | None = None
    dialect: Dialect = "policyctl"
    profile: Profile = "tool-page"
    lint: Lint = Lint()
    check: Check = Check()
    servers: Mapping[str, Server] = field(default_factory=dict)
    traces: Traces = Traces()
    gate: Gate = Gate()
    suppress: tuple[Suppression, ...] = ()
    origins: Mapping[str, int | None] = field(default_factory=dict)

    def origin(self, key: str) -> Origin:
        """Where the value of a dotted key comes from."""
        return Origin(self.file, self.origins[key]) if key in self.origins else Origin()
