"""A recorder of made-up sessions: a clock, and dice whose sequence Python keeps between versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")
Line = dict[str, Any]

SERVER = "exchange"
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def compact(value: Any) -> str:
    """One line of a trace."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def digest(args: Mapping[str, Any]) -> str:
    """What an approval binds: the arguments by RFC 8785, here sorted keys: all text is ASCII, all numbers plain."""
    canonical = json.dumps(args, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


class Dice:
    """Choices that depend on the seed alone."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def below(self, n: int) -> int:
        return int(self._random.random() * n)

    def one_of(self, choices: tuple[T, ...]) -> T:
        return choices[self.below(len(choices))]


class Session:
    """One agent's session: a clock, and the lines that were recorded while it ran."""

    def __init__(self, name: str, grant: str, start: timedelta, meta: Mapping[str, Any]) -> None:
        self.name, self.grant, self.meta = name, grant, dict(meta)
        self.now = MONDAY + start
        self.lines: list[tuple[datetime, Line]] = []

    def at(self, hour: int, minute: int, second: float = 0.0) -> Session:
        """Moves the clock within the day."""
        midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        self.now = midnight + timedelta(hours=hour, minutes=minute, seconds=second)
        return self

    def call(
        self, pause: float, tool: str, args: Mapping[str, Any] | None, *, outcome: str = "ok", **more: Any
    ) -> Line:
        """Records a call `pause` seconds after the one before; None among `more` leaves a field out."""
        self.now += timedelta(seconds=pause)
        line: Line = {"ts": stamp(self.now), "session": self.name, "grant": self.grant, "server": SERVER, "tool": tool}
        line |= {"args": args, "id": f"{self.name}/{len(self.lines)}", "outcome": outcome}
        line["meta"] = {**self.meta, **more.pop("meta", {})}
        self.lines.append((self.now, {key: value for key, value in (line | more).items() if value is not None}))
        return line

    def approve(self, tool: str, args: Mapping[str, Any], *, minutes: int, by: str) -> None:
        """Records that a person approved this very call, for some minutes from now."""
        expires = stamp(self.now + timedelta(minutes=minutes))
        approval = {"tool": tool, "args_digest": digest(args), "session": self.name, "expires": expires, "id": by}
        self.lines.append((self.now, {"approval": approval}))


def stamp(moment: datetime) -> str:
    """RFC 3339 in milliseconds."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def day(number: int, hour: int, minute: int = 0) -> timedelta:
    """A moment of the week, Monday being day 0."""
    return timedelta(days=number, hours=hour, minutes=minute)
