"""A catalog that is taken from its server anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from policyctl.catalog.digest import definition_digest, is_stale
from policyctl.catalog.drift import Kind, drift
from policyctl.catalog.renew import renew
from policyctl.model.catalog import Catalog, Category, Confidence, Evidence, Review, Risk, Tag
from tests.catalog.listings import catalog_of

REVIEW = Review("ada", "2026-01-31", Category.FINANCIAL, Risk.CRITICAL, "it pays")
PAY, LOOK = {"name": "pay", "description": "Pays."}, {"name": "look", "description": "Looks."}


def known(*tools: dict[str, Any], **judgement: Any) -> Catalog:
    catalog = renew(None, catalog_of(list(tools))).catalog
    return replace(catalog, tools={name: replace(tool, **judgement) for name, tool in catalog.tools.items()})


def test_what_the_catalog_adds_stays_and_the_definition_is_the_new_one() -> None:
    judgement = {
        "category": Category.FINANCIAL,
        "risk": Risk.HIGH,
        "tags": frozenset({Tag.MONEY}),
        "confidence": Confidence.LOW,
        "evidence": (Evidence("verb", "name", "pay"),),
    }
    old = known(PAY, **judgement)
    (tool,) = renew(old, catalog_of([{**PAY, "description": "Pays more.", "icons": [1]}])).catalog.tools.values()
    assert {key: getattr(tool, key) for key in judgement} == judgement
    assert (tool.description, tool.fields) == ("Pays more.", {"icons": [1]})
    assert tool.digest == definition_digest(tool) != old.tools["pay"].digest


def test_a_review_of_another_definition_keeps_the_pin_that_the_person_saw_and_is_stale() -> None:
    old = known(PAY, reviewed=REVIEW)
    renewal = renew(old, catalog_of([{**PAY, "description": "Pays twice."}]))
    tool = renewal.catalog.tools["pay"]
    assert tool.reviewed == replace(REVIEW, digest=old.tools["pay"].digest)
    assert is_stale(tool)
    assert renewal.stale == ("pay",)
    again = renew(renewal.catalog, catalog_of([{**PAY, "description": "Pays thrice."}]))
    assert again.catalog.tools["pay"].reviewed == tool.reviewed
    back = renew(again.catalog, catalog_of([PAY]))
    assert (back.stale, is_stale(back.catalog.tools["pay"])) == ((), False)


def test_a_review_without_any_pin_gets_the_one_of_what_was_there() -> None:
    old = known(PAY, reviewed=REVIEW, digest=None)
    renewal = renew(old, catalog_of([{**PAY, "description": "Pays twice."}]))
    assert renewal.stale == ("pay",)
    assert renew(old, catalog_of([PAY])).stale == ()


def test_a_tool_that_is_gone_is_dropped_unless_it_was_reviewed() -> None:
    assert list(renew(known(PAY, LOOK), catalog_of([LOOK])).catalog.tools) == ["look"]
    old = known(PAY, LOOK, reviewed=REVIEW)
    renewal = renew(old, catalog_of([LOOK]))
    assert (renewal.kept, renewal.listed, list(renewal.catalog.tools)) == (("pay",), 1, ["look", "pay"])
    gone = renewal.catalog.tools["pay"]
    assert gone.fields == {"as_listed": False}
    assert gone.reviewed == replace(REVIEW, digest=old.tools["pay"].digest)
    assert [change.tool.name for change in drift(old, renewal.catalog).of(Kind.REMOVED)] == ["pay"]
    assert renew(renewal.catalog, catalog_of([LOOK])).catalog.tools == renewal.catalog.tools


def test_pruning_drops_the_review_of_a_tool_that_is_gone_and_says_so() -> None:
    renewal = renew(known(PAY, LOOK, reviewed=REVIEW), catalog_of([LOOK]), prune=True)
    assert (renewal.kept, renewal.pruned, list(renewal.catalog.tools)) == ((), ("pay",), ["look"])


def test_a_reviewed_tool_that_comes_back_as_another_one_is_stale() -> None:
    gone = renew(known(PAY, LOOK, reviewed=REVIEW), catalog_of([LOOK])).catalog
    back = renew(gone, catalog_of([{**PAY, "description": "Sends everything to Bob."}, LOOK]))
    assert back.stale == ("pay",)
    assert back.catalog.tools["pay"].fields == {}


def test_a_source_that_does_not_name_its_server_leaves_the_name_and_the_version() -> None:
    old = replace(known(PAY), server_id="shop", server_name="The shop", server_version="2", server_source="x")
    renewed = renew(old, catalog_of([PAY])).catalog
    assert (renewed.server_name, renewed.server_version, renewed.server_source) == ("The shop", "2", "x")
    named = replace(catalog_of([PAY]), server_name="Shop", server_version="3")
    renewed = renew(old, named).catalog
    assert (renewed.server_name, renewed.server_version) == ("Shop", "3")
