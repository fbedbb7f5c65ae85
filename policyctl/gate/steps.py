"""What a change is asked, one question after the other, and what all answers together come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Analysis(StrEnum):
    """The questions, in the order in which they are asked and told."""

    VALIDATE = "validate"
    LINT = "lint"
    DIFF = "diff"
    CHECK = "check"
    SIMULATE = "simulate"


class Outcome(StrEnum):
    """What comes of a question; the gravest comes first."""

    FAIL = "fail"
    UNDETERMINED = "undetermined"
    NOTHING_CHECKED = "nothing checked"
    PASS = "pass"  # noqa: S105 - no word to get in
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One question and its answer in a sentence, with the words of the user in backticks; `why` are more of them."""

    analysis: Analysis
    outcome: Outcome
    says: str
    why: tuple[str, ...] = ()


#: What the exit code of a command says of the change (docs/adr/0002); a command that skips has none.
_BY_CODE: Mapping[int, Outcome] = {
    0: Outcome.PASS,
    1: Outcome.FAIL,
    3: Outcome.NOTHING_CHECKED,
    4: Outcome.UNDETERMINED,
}


def outcome_of(code: int) -> Outcome:
    """The outcome of an analysis that exits with this."""
    return _BY_CODE[code]


def overall(steps: Iterable[Step]) -> Outcome:
    """The gravest of all outcomes; what is skipped weighs nothing, since somebody has left it out on purpose."""
    outcomes = {step.outcome for step in steps} - {Outcome.SKIPPED}
    return next((outcome for outcome in Outcome if outcome in outcomes), Outcome.NOTHING_CHECKED)


def exit_code(outcome: Outcome) -> int:
    """What the gate exits with."""
    return next((code for code, each in _BY_CODE.items() if each is outcome), 0)
