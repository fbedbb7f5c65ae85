"""The decisions of the beginning of a trace are the beginning of its decisions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.recordings import MAPS, REAL, ROOT, SHIPPED

if TYPE_CHECKING:
    from tests.conftest import Run

PARTS = (0, 1, 7, 50, 93)


def decisions(run: Run, folder: Path, policy: Path, lines: list[bytes], *options: str) -> list[str]:
    (folder / "calls.jsonl").write_bytes(b"".join(lines))
    words = ["simulate", "calls.jsonl", "--policy", policy, "--decisions", "-", "--max-bad-lines", "100%", *options]
    result = run(words, cwd=folder)
    assert result.code in {0, 3, 4}, result.stderr
    return result.stdout.splitlines()


def check(run: Run, folder: Path, policy: Path, trace: Path) -> None:
    options = ("--map", MAPS[trace.stem]) if trace.stem in MAPS else ()
    lines = trace.read_bytes().splitlines(keepends=True)
    whole = decisions(run, folder, policy, lines, *options)
    assert whole
    for percent in PARTS:
        beginning = decisions(run, folder, policy, lines[: len(lines) * percent // 100], *options)
        assert beginning == whole[: len(beginning)]
    assert beginning


@pytest.mark.parametrize("name", SHIPPED)
def test_a_beginning_of_a_shipped_trace(run: Run, repository: Path, name: str) -> None:
    policy = ROOT / "fixtures/policies" / SHIPPED[name]
    check(run, repository, policy, ROOT / "fixtures/traces" / f"{name}.jsonl")


@pytest.mark.parametrize("name", REAL)
def test_a_beginning_of_a_real_trace(run: Run, repository: Path, shared_data: Path, name: str) -> None:
    check(run, repository, ROOT / "tests/real/policies" / f"{name}.json", shared_data / "traces" / f"{name}.jsonl")
