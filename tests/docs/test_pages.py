"""The hand-written pages name everything that the code knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyctl.model.call import ArgsState, Call, Outcome
from policyctl.model.decision import CAUSES, Verdict
from policyctl.model.policy import Action, Op, Scope

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.mark.parametrize("word", [*Op, *Scope, *(action for action in Action if action is not Action.ALLOW)])
def test_the_page_on_semantics_names_each_word_of_the_language(word: str) -> None:
    assert word in (DOCS / "semantics.md").read_text("utf-8")


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("page", ["semantics.md", "traces.md"])
def test_each_cause_of_an_undetermined_verdict_is_explained(page: str, cause: str) -> None:
    assert f"`{cause}" in (DOCS / page).read_text("utf-8")


@pytest.mark.parametrize("word", [*Call.__struct_fields__, *ArgsState, *Outcome])
def test_the_page_on_traces_names_each_field_and_word_of_a_line(word: str) -> None:
    assert f"`{word}`" in (DOCS / "traces.md").read_text("utf-8")


def test_the_table_of_a_page_has_as_many_cells_in_every_row() -> None:
    for page in ("semantics.md", "traces.md"):
        width = 0
        for line in (DOCS / page).read_text("utf-8").splitlines():
            cells = line.count("|") if line.startswith("|") else 0
            assert not (cells and width) or cells == width, (page, line)
            width = cells


def test_the_order_of_evaluation_is_told_in_the_order_of_the_code() -> None:
    from policyctl.engine.decide import STAGES

    page = (DOCS / "semantics.md").read_text("utf-8")
    steps = [line for line in page.splitlines() if line[:4] in {f"| {number}." for number in range(1, 8)}]
    assert len(steps) == len(STAGES)
    words = ("hidden", "unlisted", "action", "require", "deny_if", "require_approval", "limits")
    assert all(word in step for word, step in zip(words, steps, strict=True))
    assert str(Verdict.UNDETERMINED) in page
