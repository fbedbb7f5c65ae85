"""Every rule on its own examples, and on the cases that are written for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from policyctl.lint import rules
from policyctl.lint.listed import Listed
from policyctl.lint.rule import Need, Rule, SuppressionRule
from policyctl.lint.run import Linted, lint
from policyctl.lint.subject import Subject
from policyctl.lint.table import BY_CODE, BY_NAME, FAMILIES, LISTED, every_rule
from policyctl.source.edit import apply
from tests.lint.examples import Example, catalog_of, check, parse, settled, subject, with_trace

CASES = Path(__file__).parent / "cases"
RULES = every_rule()
FOLDER = Path(rules.__file__).parent
EMPTY = '{"version": "1", "default": "deny"}'

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code} {rule.name}")


def about_the_catalog(rule: Rule) -> bool:
    return '"server"' in rule.bad and '"default"' not in rule.bad


def judged(rule: Rule, example: Example, catalog: str, trace: str = "") -> Linted:
    """What the one rule finds; the text is a policy, or a catalog where the rule is about these."""
    if trace:
        with TemporaryDirectory() as folder:
            return lint(with_trace(subject(example.text, catalog), trace, Path(folder)), [rule])
    if about_the_catalog(rule) and '"default"' not in example.text:
        tools, document = catalog_of(example.text)
        policy = subject(EMPTY)
        return lint(Subject(policy.document, policy.policy, tools, document), [rule])
    if isinstance(rule, SuppressionRule):
        found = settled(subject(example.text, catalog), RULES, rule.configuration).found
        return Linted(tuple(each for each in found if each.code == rule.code))
    return lint(subject(example.text, catalog), [rule])


def expanded(trace: str) -> str:
    """The lines of a recording; `20 * {…}` stands for twenty of them."""
    lines = (re.fullmatch(r"(?:(\d+) \* )?(\{.*\})", line) for line in trace.splitlines())
    return "".join(f"{line[2]}\n" * int(line[1] or 1) for line in lines if line)


def cases_of(rule: Rule) -> list[dict[str, Any]]:
    if isinstance(rule, SuppressionRule) and rule.configuration:
        return []  # what a configuration says is tested in test_suppress.py
    path = CASES / rule.code[:3].lower() / f"{rule.name}.yaml"
    return list(yaml.safe_load(path.read_text("utf-8")))


def all_cases() -> Iterator[Any]:
    for rule in RULES:
        for number, case in enumerate(cases_of(rule)):
            yield pytest.param(rule, case, id=f"{rule.code} {number} {case['says']}")


@each_rule
def test_the_bad_example_is_found_where_its_carets_are(rule: Rule) -> None:
    example = parse(rule.bad)
    linted = judged(rule, example, rule.catalog, rule.trace)
    assert not linted.crashes
    if isinstance(rule, SuppressionRule) and rule.configuration:
        assert [found.file for found in linted.diagnostics] == ["policyctl.toml"]
        return
    if rule.finds_in_trace:
        places = [(found.span and found.span.start.line, found.message) for found in linted.diagnostics]
        assert [place for place, _ in places] == [line for line, _ in rule.finds_in_trace]
        assert all(words in said for (_, words), (_, said) in zip(rule.finds_in_trace, places, strict=True))
        return
    assert example.finds
    check(linted.diagnostics, example.finds)
    assert {found.code for found in linted.diagnostics} == {rule.code}


@each_rule
def test_nothing_is_found_in_the_good_example(rule: Rule) -> None:
    trace = rule.trace if rule.good_trace is None else rule.good_trace
    linted = judged(rule, parse(rule.good), rule.catalog, trace)
    assert (linted.diagnostics, linted.crashes) == ((), ())


@each_rule
def test_the_fix_of_the_bad_example_gives_the_good_one(rule: Rule) -> None:
    example = parse(rule.bad)
    fixes = [found.fix for found in judged(rule, example, rule.catalog, rule.trace).diagnostics if found.fix]
    if fixes:
        assert apply(example.text, [edit for fix in fixes for edit in fix.edits]) == parse(rule.good).text


@pytest.mark.parametrize(("rule", "case"), tuple(all_cases()))
def test_a_case_is_found_or_passed_over_as_it_says(rule: Rule, case: dict[str, Any]) -> None:
    example = parse(case["policy"] if "policy" in case else case["catalog"])
    catalog = case.get("catalog", "") if "policy" in case else ""
    linted = judged(
        rule, example, catalog if isinstance(catalog, str) else json.dumps(catalog), expanded(case.get("trace", ""))
    )
    assert not linted.crashes
    assert not linted.skipped
    if "finds" in case:
        places = [f"{found.span.start.line}: {found.message}" for found in linted.diagnostics if found.span]
        assert len(places) == len(case["finds"])
        assert all(words in place for words, place in zip(case["finds"], places, strict=True))
        return
    check(linted.diagnostics, example.finds)


@each_rule
def test_each_rule_has_three_more_cases_and_a_near_miss_among_them(rule: Rule) -> None:
    cases = cases_of(rule)
    if isinstance(rule, SuppressionRule) and rule.configuration:
        return
    assert len(cases) >= 3
    assert len({case["says"] for case in cases}) == len(cases)
    texts = [case["policy"] if "policy" in case else case["catalog"] for case in cases]
    found = [
        bool(case["finds"] if "finds" in case else parse(text).finds) for case, text in zip(cases, texts, strict=True)
    ]
    assert not all(found), "one must stay silent"
    assert any(found), "one must be found"


@each_rule
def test_the_page_of_a_rule_has_its_headings(rule: Rule) -> None:
    page = rule.page()
    assert re.findall(r"^## (.*)$", page, re.MULTILINE)[:2] == ["Why is this bad?", "What to do instead"]
    assert rule.summary().endswith(".")
    assert len(rule.summary()) <= 120
    assert rule.summary().count(". ") == 0


@each_rule
def test_what_a_rule_says_follows_the_house(rule: Rule) -> None:
    for found in judged(rule, parse(rule.bad), rule.catalog, rule.trace).diagnostics:
        first = found.message[0]
        assert first == "`" or first.islower() or first.isdigit(), found.message
        assert not found.message.endswith("."), found.message
        assert found.help is not None
        assert not found.help.endswith("."), found.help


@each_rule
def test_a_rule_that_needs_a_catalog_brings_one(rule: Rule) -> None:
    assert (Need.CATALOG in rule.needs) <= (bool(rule.catalog) or about_the_catalog(rule))


def test_the_table_is_in_order_of_code_and_each_name_and_code_stands_once() -> None:
    families = tuple(family.code for family in FAMILIES)
    order = [(families.index(rule.code[:3]), int(rule.code[3:])) for rule in RULES]
    assert order == sorted(set(order))
    assert len(BY_CODE) == len(BY_NAME) == len(RULES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.name) for rule in RULES)


@pytest.mark.parametrize("listed", LISTED, ids=lambda listed: listed.code)
def test_a_line_of_the_table_says_what_the_rule_says(listed: Listed) -> None:
    rule = listed.rule
    assert (listed.code, listed.name, listed.needs) == (rule.code, rule.name, rule.needs)
    assert listed.severity is rule.severity


def test_every_file_of_a_rule_is_listed() -> None:
    files = {path.stem.replace("_", "-") for path in FOLDER.glob("*/*.py") if path.stem != "__init__"}
    assert files == set(BY_NAME)


def test_each_rule_stands_in_its_family() -> None:
    assert all(rule.code[:3] == family.code for family in FAMILIES for rule in family.rules)


@each_rule
def test_a_reference_names_a_known_taxonomy(rule: Rule) -> None:
    pattern = r"CWE-\d+|MCP(0[1-9]|10):2025|ASI(0[1-9]|10)|LLM(0[1-9]|10):2025|AML\.T\d{4}(\.\d{3})?"
    assert all(re.fullmatch(pattern, ref) for ref in rule.refs)
