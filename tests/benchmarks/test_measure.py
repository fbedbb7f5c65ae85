"""Two programs are run fairly: in turn, each of them first now and then, and none that failed counts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Find


@pytest.mark.parametrize(
    ("rounds", "order"), [(1, ["ours", "other"]), (3, ["other", "ours", "other", "other", "ours", "ours", "other"])]
)
def test_the_first_of_a_pair_changes_with_each_round(rounds: int, order: list[str], module: Find) -> None:
    measure, done = module("measure"), []

    def program(name: str) -> object:
        done.append(name)
        return measure.Run(float(len(done)), 0.0, 0)

    pairs = measure.in_turn(rounds, lambda: program("ours"), lambda: program("other"))
    assert done == order
    assert [(order[int(ours.wall) - 1], order[int(other.wall) - 1]) for ours, other in pairs] == [
        ("ours", "other")
    ] * rounds


def test_a_process_is_measured_and_what_it_says_is_kept(module: Find, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    program = "import sys; block = bytearray(64 << 20); print('said'); print('more', file=sys.stderr)"
    run = module("measure").run([sys.executable, "-c", program], out=out)
    assert sorted(out.read_text("utf-8").split()) == ["more", "said"]
    assert run.wall > 0
    assert run.peak > 64 << 20


def test_a_program_that_fails_is_no_figure_unless_its_code_is_allowed(module: Find, tmp_path: Path) -> None:
    measure, words = module("measure"), [sys.executable, "-c", "print('why'); raise SystemExit(3)"]
    with pytest.raises(measure.RunError, match="ended with 3:\nwhy"):
        measure.run(words, out=tmp_path / "out.txt")
    assert measure.run(words, out=tmp_path / "out.txt", allowed=frozenset({3})).cpu > 0


def test_only_what_is_asked_for_is_measured(module: Find) -> None:
    figures = module("figures")
    setting = figures.Setting(False, 10, 1, "replay/limits")
    assert setting.wants("replay", "limits, 5 tools")
    assert not setting.wants("replay", "summary, 5 tools")
    assert figures.Setting(False, 10, 1).wants("replay", "summary, 5 tools")
