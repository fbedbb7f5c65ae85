"""What holds for every input: no exception, nothing lost, nothing made up."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policyctl.catalog.classify import classify_catalog
from policyctl.catalog.drift import Drift, Kind, drift
from policyctl.catalog.grading.grade import grade
from policyctl.catalog.load import read_catalogs
from policyctl.catalog.renew import renew
from policyctl.catalog.suspect.inspect import inspect
from policyctl.diagnostic import Severity
from policyctl.model.catalog import Catalog
from policyctl.model.policy import Default, Policy
from policyctl.report.catalog.document import render
from policyctl.source.read import read_document
from tests.catalog.listings import JSON, LISTINGS, catalog_of


@given(st.lists(JSON, min_size=1, max_size=3) | JSON)
def test_any_json_is_catalogs_or_located_diagnostics(value: Any) -> None:
    texts = [json.dumps(value)]
    if isinstance(value, list):
        texts.append("\n".join(json.dumps(line) for line in value))
    for text in texts:
        reading = read_catalogs("x.json", text.encode())
        assert reading.catalogs or any(found.severity is Severity.ERROR for found in reading.diagnostics)
        assert all(found.span is not None for found in reading.diagnostics)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_catalogs_or_diagnostics(raw: bytes) -> None:
    for name in ("x.json", "x.jsonl", "x.yaml"):
        reading = read_catalogs(name, raw)
        assert reading.catalogs or reading.diagnostics


@given(LISTINGS)
def test_an_import_that_is_written_and_imported_again_is_the_same_document(tools: list[dict[str, Any]]) -> None:
    catalog = renew(None, catalog_of(tools)).catalog
    written = render(catalog)
    (again,) = read_catalogs("shop.json", written.encode()).catalogs
    assert render(renew(again, again).catalog) == written
    assert render(renew(again, catalog_of(tools)).catalog) == written
    assert render(renew(again, catalog_of(tools[::-1])).catalog) == written
    classified = classify_catalog(again)
    assert render(renew(classified, catalog_of(tools)).catalog) == render(classified)


@given(LISTINGS)
def test_no_field_of_a_tool_is_lost(tools: list[dict[str, Any]]) -> None:
    kept = json.loads(render(catalog_of(tools)))["tools"]
    for tool in tools:
        (entry,) = (each for each in kept if each["name"] == tool["name"])
        for key, value in tool.items():
            if value is not None and not (key == "annotations" and value == {}):
                assert entry.get("as_listed", entry).get(key, entry.get(key)) == value


@given(LISTINGS)
def test_nothing_drifts_from_itself(tools: list[dict[str, Any]]) -> None:
    catalog = classify_catalog(catalog_of(tools))
    assert drift(catalog, catalog).changes == ()
    assert drift(catalog, catalog_of(tools[::-1])).of(Kind.ADDED) == ()


def _names(found: Drift, kind: Kind) -> set[str]:
    return {change.tool.name for change in found.of(kind)}


def _pairs(found: Drift) -> set[tuple[str, str]]:
    return {(change.before.name, change.tool.name) for change in found.of(Kind.RENAMED) if change.before}


@given(LISTINGS, LISTINGS)
def test_what_is_added_from_one_side_is_removed_from_the_other(
    one: list[dict[str, Any]], other: list[dict[str, Any]]
) -> None:
    before, after = catalog_of(one), catalog_of(other)
    there, back = drift(before, after), drift(after, before)
    assert _names(there, Kind.ADDED) == _names(back, Kind.REMOVED)
    assert _names(there, Kind.REMOVED) == _names(back, Kind.ADDED)
    assert _pairs(there) == {(old, new) for new, old in _pairs(back)}
    assert _names(there, Kind.CHANGED) == _names(back, Kind.CHANGED)


@given(LISTINGS, LISTINGS, st.sampled_from([None, Default.ALLOW, Default.DENY]))
def test_every_change_is_told_and_a_policy_that_denies_all_finds_no_reachable_tool(
    one: list[dict[str, Any]], other: list[dict[str, Any]], default: Default | None
) -> None:
    policy = None if default is None else Policy("1", default)
    found = drift(catalog_of(one), catalog_of(other))
    graded = list(grade(found, lambda _: policy))
    assert {finding.change.tool.name for finding in graded} == {change.tool.name for change in found.changes}
    if default is Default.DENY:
        assert not any(finding.severity is Severity.ERROR for finding in graded)


@given(LISTINGS)
def test_what_is_odd_about_a_tool_is_found_in_its_document(tools: list[dict[str, Any]]) -> None:
    text = json.dumps({"tools": tools})
    catalog = catalog_of(tools)
    document = read_document("shop.json", text.encode())
    assert not isinstance(document, tuple)
    for found in inspect(catalog, lambda _: document):
        assert found.span is not None
        assert found.span.start.offset < len(text)


@given(LISTINGS, LISTINGS, st.sets(st.sampled_from(["pay", "drop", "look_up"])))
def test_no_review_is_ever_lost(one: list[dict[str, Any]], other: list[dict[str, Any]], reviewed: set[str]) -> None:
    from policyctl.model.catalog import Category, Review, Risk

    review = Review("ada", "2026-01-31", Category.READ, Risk.LOW, "seen")
    old = renew(None, catalog_of(one)).catalog
    tools = {name: replace(tool, reviewed=review) if name in reviewed else tool for name, tool in old.tools.items()}
    renewed: Catalog = renew(replace(old, tools=tools), catalog_of(other)).catalog
    for name, tool in tools.items():
        if tool.reviewed is not None:
            kept = renewed.tools[name].reviewed
            assert kept is not None
            assert replace(kept, digest=None) == review
            assert kept.digest in {None, old.tools[name].digest}
