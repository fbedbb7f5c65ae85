"""The hand-written pages name everything that the code knows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policyctl.cli.exits import ExitCode
from policyctl.model.args_state import ArgsState
from policyctl.model.call import Call, Outcome
from policyctl.model.decision import CAUSES, Verdict
from policyctl.model.policy import Action, Op, Scope

if TYPE_CHECKING:
    from tests.conftest import Run

ROOT = Path(__file__).parent.parent.parent
DOCS, FIXTURES = ROOT / "docs", ROOT / "fixtures"
HAND_WRITTEN = (*ROOT.glob("*.md"), *DOCS.rglob("*.md"), FIXTURES / "README.md", ROOT / "benchmarks" / "README.md")


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
    for page in ("semantics.md", "traces.md", "simulate.md", "exit-codes.md", "README.md"):
        width = 0
        for line in (DOCS / page).read_text("utf-8").splitlines():
            cells = line.replace(r"\|", "").count("|") if line.startswith("|") else 0
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


@pytest.mark.parametrize("page", HAND_WRITTEN, ids=lambda page: page.name)
def test_a_link_leads_somewhere(page: Path) -> None:
    for target, _, section in re.findall(r"\]\((?!https?:)([^)#]*)(#([^)]*))?\)", page.read_text("utf-8")):
        found = page.parent / target if target else page
        assert found.exists(), target
        assert not section or section in titles(found), section


def titles(page: Path) -> list[str]:
    """The titles of a page as addresses have them."""
    lines = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in lines]


def test_each_page_of_the_documentation_is_in_its_index() -> None:
    pages = {page.name for page in DOCS.glob("*.md")} - {"README.md"}
    assert pages <= set(re.findall(r"\]\(([a-z-]+\.md)\)", (DOCS / "README.md").read_text("utf-8")))


def test_the_page_on_simulations_names_each_flag_of_its_own(run: Run) -> None:
    page = (DOCS / "simulate.md").read_text("utf-8")
    of_all_commands = {"--color", "--config", "--quiet", "--help"}
    flags = set(re.findall(r"^ +(?:-., )?(--[a-z-]+)", run(["simulate", "--help"]).stdout, re.MULTILINE))
    assert {flag for flag in flags - of_all_commands if flag not in page} == set()


def test_the_page_on_simulations_names_each_count(run: Run) -> None:
    page = (DOCS / "simulate.md").read_text("utf-8")
    trace, policy = FIXTURES / "traces" / "exchange.jsonl", FIXTURES / "policies" / "exchange.json"
    names = [
        line.split()[0].split("/") for line in run(["simulate", trace, "-p", policy, "--stats"]).stdout.splitlines()
    ]
    assert {first for first, *_ in names if f"| `{first}/" not in page} == set()
    counts = {last for first, *_, last in names if first in {"traces", "coverage", "limits"} and not last.isdecimal()}
    assert {count for count in counts if not re.search(rf"[`/]{count}`", page)} - {
        *CAUSES,
        "argument-redacted:~1address",
    } == set()


def test_the_page_on_exit_codes_has_them_all() -> None:
    page = (DOCS / "exit-codes.md").read_text("utf-8")
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)] == [int(code) for code in ExitCode]
