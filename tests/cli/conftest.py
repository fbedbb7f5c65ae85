"""A replay through the command line: lines and a policy go in, decisions and a report come out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a run says: its exit code, the report, each decision, and standard error."""

    code: int
    report: Any
    decisions: tuple[Any, ...]
    stderr: str

    @property
    def verdicts(self) -> list[str]:
        return [made["verdict"] for made in self.decisions]

    @property
    def lines(self) -> list[int]:
        return [made["source"]["line"] for made in self.decisions]

    @property
    def bad(self) -> list[tuple[int, int, str]]:
        found = [(diagnostic["span"]["start"], diagnostic["message"]) for diagnostic in self.report["diagnostics"]]
        return [(start["line"], start["column"], message) for start, message in found]


Replay: TypeAlias = Callable[..., Replayed]

ALLOW_ALL = {"version": "1", "default": "allow"}


def written(lines: bytes | Sequence[Any]) -> bytes:
    """Lines of a trace, each JSON unless it is bytes."""
    if isinstance(lines, bytes):
        return lines
    return b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)


@pytest.fixture
def replay(run: Run, repository: Path, published: Callable[[str], Any]) -> Replay:
    """`replay(lines, *options, policy={…}, env={…})`: the ndjson of `calls.jsonl` under `policy.json`, taken apart."""

    def replayed(
        lines: bytes | Sequence[Any], *options: str | Path, policy: Any = ALLOW_ALL, env: Any = None
    ) -> Replayed:
        (repository / "calls.jsonl").write_bytes(written(lines))
        (repository / "policy.json").write_text(json.dumps(policy), "utf-8")
        result = run(["simulate", "calls.jsonl", "--format", "ndjson", *options], cwd=repository, env=env)
        *decisions, report = result.stdout.split("\n")[:-1] or [""]
        assert report, result.stderr
        parsed = published(report)
        assert parsed["exit"] == result.code
        return Replayed(result.code, parsed, tuple(map(json.loads, decisions)), result.stderr)

    return replayed
