"""Two runs side by side: what got worse is found, whichever way its figures should go."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.conftest import BENCHMARKS, Find


def record(figures: dict[str, tuple[str, list[float]]], **more: Any) -> dict[str, Any]:
    return {
        "schema": "policyctl/benchmarks/v2",
        "machine": {"processor": "P", "cores": "2"},
        "versions": {"policyctl": "0.1.0"},
        "figures": {
            name: {"values": values, "better": better, "unit": "", "goal": None}
            for name, (better, values) in figures.items()
        },
        **more,
    }


def compared(folder: Path, earlier: Any, later: Any, *options: str) -> subprocess.CompletedProcess[str]:
    paths = folder / "earlier.json", folder / "later.json"
    for path, content in zip(paths, (earlier, later), strict=True):
        path.write_text(json.dumps(content), "utf-8")
    words = [sys.executable, str(BENCHMARKS / "run.py"), "--compare", *map(str, paths), *options]
    return subprocess.run(words, capture_output=True, text=True, check=False)


BEFORE = record({"replay/summary": ("more", [0.9, 1.0, 1.4]), "start/validate": ("less", [1.2])})


@pytest.mark.parametrize(
    ("after", "worse"),
    [
        ({"replay/summary": ("more", [0.9]), "start/validate": ("less", [1.3])}, []),
        ({"replay/summary": ("more", [0.8]), "start/validate": ("less", [1.2])}, ["replay/summary"]),
        ({"replay/summary": ("more", [2.0]), "start/validate": ("less", [1.5])}, ["start/validate"]),
        ({"replay/summary": ("more", [9.0]), "start/validate": ("less", [0.1])}, []),
        ({"replay/summary": ("more", [0.1, 1.0, 1.0]), "start/validate": ("less", [1.2])}, []),
    ],
)
def test_a_median_that_went_the_wrong_way_by_more_than_is_tolerated_is_marked_and_fails(
    after: dict[str, tuple[str, list[float]]], worse: list[str], tmp_path: Path
) -> None:
    process = compared(tmp_path, BEFORE, record(after))
    marked = [line.split("|")[1].strip() for line in process.stdout.splitlines() if "**regression**" in line]
    assert marked == worse
    assert process.returncode == (1 if worse else 0)
    assert f"{len(worse)} of 2 figures are worse by more than 15%." in process.stdout


def test_the_tolerance_is_the_users(tmp_path: Path) -> None:
    after = record({"replay/summary": ("more", [0.8]), "start/validate": ("less", [1.2])})
    assert compared(tmp_path, BEFORE, after, "--tolerance", "0.3").returncode == 0
    assert compared(tmp_path, BEFORE, after, "--tolerance", "0.2").returncode == 1


def test_what_only_one_run_measured_is_named_and_fails_nothing(tmp_path: Path) -> None:
    after = record({"replay/summary": ("more", [1.0]), "diff/5 tools": ("less", [3.0])})
    process = compared(tmp_path, BEFORE, after)
    assert process.returncode == 0
    assert "1 not measured now: start/validate" in process.stdout
    assert "1 not measured before: diff/5 tools" in process.stdout


def test_another_machine_is_said(tmp_path: Path) -> None:
    after = record({"replay/summary": ("more", [1.0])}, machine={"processor": "Q", "cores": "2"})
    assert "- processor: P before, Q now" in compared(tmp_path, BEFORE, after).stdout


@pytest.mark.parametrize("content", [{}, [], {"schema": "policyctl/benchmarks/v1"}])
def test_a_file_that_is_no_record_is_refused(content: Any, tmp_path: Path) -> None:
    process = compared(tmp_path, BEFORE, content)
    assert (process.returncode, process.stdout) == (2, "")
    assert "is no record of policyctl/benchmarks/v2" in process.stderr


def test_what_is_written_can_be_compared_with_itself(module: Find, tmp_path: Path) -> None:
    figures, results, recording = module("figures"), module("results"), module("record")
    figure = figures.Figure("a|b", (1.0, 2.0, 4.0), 1.5)
    table = figures.Table("replay", "T", "", (), "ratio", figures.Better.MORE, (figure,))
    circumstances = results.Circumstances("python benchmarks/run.py", 1, {})
    written = recording.document([table], circumstances)
    process = compared(tmp_path, written, written)
    assert process.returncode == 0
    assert r"| replay/a\|b | 2.00 | 2.00 | " in process.stdout
