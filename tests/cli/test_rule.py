"""`policyctl rule`: the pages of the rules, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyctl.lint.rule import Rule
from policyctl.lint.table import every_rule

if TYPE_CHECKING:
    from tests.conftest import Run

RULES = every_rule()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_is_found_by_code_and_by_name_and_shows_both_examples(run: Run, rule: Rule) -> None:
    by_code, by_name = run(["rule", rule.code.lower()]), run(["rule", rule.name])
    assert (by_code.code, by_code.stderr) == (0, "")
    assert by_code == by_name
    for words in (rule.code, rule.name, rule.severity.value, "Why is this bad?", "\nBad\n", "\nGood\n"):
        assert words in by_code.stdout
    for example in (rule.bad, rule.good):
        assert all(line.strip() in by_code.stdout for line in example.strip().splitlines())


def test_all_rules_are_listed_in_order(run: Run) -> None:
    result = run(["rule"])
    assert result.code == 0
    listed = [line.split()[0] for line in result.stdout.splitlines() if line.startswith("  ")]
    assert listed == [rule.code for rule in RULES]
    assert f"{len(RULES)} rule" in result.stdout.splitlines()[-1]


def test_a_page_in_markdown_is_the_one_in_the_documentation(run: Run) -> None:
    from pathlib import Path

    docs = Path(__file__).parents[2] / "docs" / "rules"
    for rule in RULES:
        assert run(["rule", rule.code, "--format", "markdown"]).stdout == (docs / f"{rule.name}.md").read_text("utf-8")
    assert run(["rule", "--format", "markdown"]).stdout == (docs / "README.md").read_text("utf-8")


def test_a_code_of_another_command_is_told_in_a_sentence(run: Run) -> None:
    for word in ("ast01", "failed-assertion"):
        result = run(["rule", word])
        assert (result.code, result.stderr) == (0, "")
        assert result.stdout.startswith("AST01 failed-assertion\nerror\n\nA call shows that an assertion")
    assert run(["rule", "SCH22", "--format", "markdown"]).stdout.startswith("# SCH22 missing-key\n")
    assert run(["rule", "DRF01"]).code == 0


def test_a_rule_that_is_not_there_is_told_what_was_meant(run: Run) -> None:
    result = run(["rule", "LOG0"])
    assert (result.code, result.stdout) == (2, "")
    assert "no rule `LOG0`" in result.stderr
    assert "hint: did you mean" in result.stderr
