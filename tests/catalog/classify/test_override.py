"""People and files over the signals."""

from __future__ import annotations

from dataclasses import replace

from policyctl.catalog.classify import Override, Overrides, classify, classify_catalog
from policyctl.catalog.classify.override import unused
from policyctl.catalog.digest import definition_digest
from policyctl.model.catalog import Catalog, Category, Confidence, Evidence, Review, Risk, Tool

READ, WRITE, EXECUTE, DESTRUCTIVE, FINANCIAL = Category
PAGE = Tool("get_page", "")
REVIEW = Review("ada", "2026-01-31", EXECUTE, Risk.MEDIUM, "starts the batch")


def override(
    tool: str, category: Category | None = None, risk: Risk | None = None, server: str | None = None
) -> Override:
    return Override(tool, server, category, risk, "", "classes.toml")


def judged(*entries: Override, tool: Tool = PAGE, renew: bool = False) -> Tool:
    catalog = Catalog("1", "shop", "shop", tools={tool.name: tool})
    return classify_catalog(catalog, overrides=Overrides(entries), renew=renew).tools[tool.name]


def test_an_override_sets_the_class_and_the_risk_follows() -> None:
    tool = judged(override("get_page", DESTRUCTIVE))
    assert (tool.category, tool.risk, tool.confidence) == (DESTRUCTIVE, Risk.CRITICAL, Confidence.HIGH)
    assert [evidence.signal for evidence in tool.evidence[:2]] == ["override", "against"]


def test_an_override_of_the_risk_alone_leaves_the_class() -> None:
    tool = judged(override("get_*", risk=Risk.HIGH))
    assert (tool.category, tool.risk) == (READ, Risk.HIGH)


def test_the_nearest_override_counts() -> None:
    entries = [
        override("get_*", WRITE),
        override("get_*", EXECUTE, server="shop"),
        override("get_page", DESTRUCTIVE),
        override("get_page", FINANCIAL, server="shop"),
        override("get_page", READ, server="elsewhere"),
    ]
    expected = (FINANCIAL, DESTRUCTIVE, EXECUTE, WRITE)
    for category in expected:
        assert judged(*entries).category is category
        entries = [each for each in entries if each.category is not category]
    assert list(unused(Overrides(tuple(entries)), [])) == entries


def test_overrides_that_decide_about_no_tool_are_named() -> None:
    far, near, other = override("get_*", WRITE), override("get_page", READ), override("nothing", READ)
    catalog = Catalog("1", "shop", "shop", tools={"get_page": Tool("get_page", "")})
    assert list(unused(Overrides((far, near, other)), [catalog])) == [far, other]


def test_a_class_that_is_there_stays_unless_it_is_renewed() -> None:
    tool = Tool("get_page", "", category=EXECUTE, risk=Risk.LOW, evidence=(Evidence("hand", "name", "so"),))
    assert judged(tool=tool) == tool
    assert judged(tool=tool, renew=True).category is READ
    assert judged(override("get_page", WRITE), tool=tool).category is WRITE


def test_a_class_without_a_risk_is_none() -> None:
    assert judged(tool=Tool("delete_page", "", category=READ)).category is DESTRUCTIVE


def test_a_review_beats_signals_and_overrides() -> None:
    tool = judged(override("get_page", WRITE), tool=Tool("get_page", "", reviewed=REVIEW), renew=True)
    assert (tool.category, tool.risk, tool.confidence) == (EXECUTE, Risk.MEDIUM, Confidence.HIGH)
    assert tool.evidence[0] == Evidence("review", "reviewed", "starts the batch (ada, 2026-01-31)")
    assert "it would be Read" in tool.evidence[1].says


def test_a_review_of_another_definition_counts_and_is_flagged() -> None:
    seen = Tool("get_page", "", description="Returns a page.")
    review = replace(REVIEW, digest=definition_digest(seen))
    assert "stale review" not in {evidence.signal for evidence in classify(replace(seen, reviewed=review)).evidence}
    changed = classify(replace(seen, description="Returns any page.", reviewed=review))
    assert (changed.category, changed.confidence) == (EXECUTE, Confidence.LOW)
    assert "stale review" in {evidence.signal for evidence in changed.evidence}
