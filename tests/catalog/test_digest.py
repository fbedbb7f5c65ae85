"""The pin of a tool changes with what its server says, and with nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from policyctl.catalog.digest import definition_digest, is_stale
from policyctl.model.catalog import Category, Review, Risk, Tool

TOOL = Tool(
    "pay",
    "/tools/0",
    description="Pays.",
    input_schema={"type": "object", "properties": {"to": {"type": "string"}, "amount": {"type": "number"}}},
    output_schema=True,
    annotations={"readOnlyHint": False},
)
REVIEW = Review("ada", "2026-01-31", Category.FINANCIAL, Risk.CRITICAL, "it pays")


@pytest.mark.parametrize(
    "other",
    [
        replace(TOOL, name="Pay"),
        replace(TOOL, description="Pays. "),
        replace(TOOL, description=None),
        replace(TOOL, input_schema={"type": "object"}),
        replace(TOOL, output_schema={"type": "object"}),
        replace(TOOL, output_schema=None),
        replace(TOOL, annotations={"readOnlyHint": True}),
    ],
)
def test_another_definition_has_another_digest(other: Tool) -> None:
    assert definition_digest(other) != definition_digest(TOOL)


@pytest.mark.parametrize(
    "other",
    [
        replace(TOOL, category=Category.FINANCIAL, risk=Risk.CRITICAL, reviewed=REVIEW),
        replace(TOOL, pointer="/tools/7", digest="sha256:00", fields={"icons": []}),
        replace(
            TOOL,
            input_schema={"properties": {"amount": {"type": "number"}, "to": {"type": "string"}}, "type": "object"},
        ),
    ],
)
def test_what_the_catalog_adds_and_the_order_of_keys_do_not_count(other: Tool) -> None:
    assert definition_digest(other) == definition_digest(TOOL)


def test_a_digest_is_that_of_the_canonical_text() -> None:
    assert definition_digest(Tool("t", "/tools/0")) == "sha256:" + hashlib.sha256(b'{"name":"t"}').hexdigest()


def test_a_review_is_stale_when_the_definition_is_another_one() -> None:
    now = definition_digest(TOOL)
    assert not is_stale(TOOL)
    assert not is_stale(replace(TOOL, reviewed=REVIEW))
    assert not is_stale(replace(TOOL, reviewed=replace(REVIEW, digest=now)))
    assert not is_stale(replace(TOOL, reviewed=REVIEW, digest=now))
    assert is_stale(replace(TOOL, reviewed=REVIEW, digest="sha256:00"))
    assert is_stale(replace(TOOL, reviewed=replace(REVIEW, digest="sha256:00"), digest=now))
