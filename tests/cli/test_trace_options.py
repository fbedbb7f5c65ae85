from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Replay
    from tests.conftest import Run

DAILY = {"counter": "c", "max": 1, "window": "hour", "scope": "session"}
POLICY = {"version": "1", "default": "deny", "tools": {"t": {"limits": [DAILY]}}}
#: The second record is 30 hours behind the first.
OUT_OF_ORDER = [
    {"tool": "t", "session": "s", "ts": "2026-03-03T18:00:00Z"},
    {"tool": "t", "session": "s", "ts": "2026-03-02T12:00:00Z"},
]


@pytest.mark.parametrize("lateness", ["129600", "2160m", "36h", "2d"])
def test_counts_are_kept_as_long_as_lateness_says_in_any_unit(replay: Replay, lateness: str) -> None:
    assert replay(OUT_OF_ORDER, policy=POLICY).verdicts == ["allow", "undetermined"]
    assert replay(OUT_OF_ORDER, "--lateness", lateness, policy=POLICY).verdicts == ["allow", "allow"]


@pytest.mark.parametrize("lateness", ["-1", "1.5h", "1w", "", "soon"])
def test_a_lateness_that_is_no_duration_is_exit_2_and_the_hint_has_the_form(run: Run, lateness: str) -> None:
    result = run(["simulate", "calls.jsonl", "--lateness", lateness])
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr == (
        f"error: `--lateness` is the text `{lateness}`\nhint: write seconds, or a number with s, m, h or d: `36h`\n"
    )


def test_an_argument_is_shown_by_its_name_alone(run: Run) -> None:
    assert "\n  TRACE  Recorded calls" in run(["simulate", "--help"]).stdout
    assert run(["schema", "--help"]).stdout.startswith("Usage: policyctl schema [OPTIONS] [NAME]\n")


def test_a_wrong_number_is_refused_in_our_words(run: Run) -> None:
    result = run(["simulate", "calls.jsonl", "--min-calls", "many"])
    assert result.stderr.splitlines()[0] == "error: invalid value for `--min-calls`: it should be a valid integer"


def test_a_count_of_reproduced_decisions_is_refused_as_in_the_configuration(run: Run) -> None:
    result = run(["simulate", "calls.jsonl", "--min-fidelity", "95"])
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr == "error: `--min-fidelity 95` is no share\nhint: write a percentage such as `95%`\n"
