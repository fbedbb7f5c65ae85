"""What a policy can do with one tool: every way is a policy that works."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyctl.catalog.load import read_catalogs
from policyctl.engine.decide import decide
from policyctl.engine.ledger import Ledger
from policyctl.model.call import Call
from policyctl.model.catalog import Category, Tool
from policyctl.model.policy import Policy
from policyctl.model.values import JSONValue
from policyctl.reading.policy import read_policy
from policyctl.recommend.ways import Aim, Way, ways
from policyctl.source.document import Document
from policyctl.source.read import read_document

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "tool-catalogs").glob("*.json"))


def shipped() -> Iterator[Tool]:
    for file in FIXTURES:
        for catalog in read_catalogs(file.name, file.read_bytes()).catalogs:
            yield from catalog.tools.values()


def read(way: Way) -> Policy:
    document = read_document("policy.json", json.dumps(way.policy).encode())
    assert isinstance(document, Document)
    reading = read_policy(document)
    assert reading.policy is not None, (way, reading.diagnostics)
    return reading.policy


@pytest.mark.parametrize("tool", list(shipped()), ids=lambda tool: tool.name)
def test_every_way_is_a_valid_policy_and_each_aim_is_served(tool: Tool) -> None:
    found = ways(tool)
    assert {way.aim for way in found} == set(Aim)
    for way in found:
        policy = read(way)
        assert set(policy.tools) | set(policy.hide) == {tool.name}
        assert way.words.count("`") % 2 == 0


HOSTILE = ("", "*", "a/b~c", "__proto__", "<b>", "x\u202ey", "`rm`", "a" * 500, "{{ 1 }}", "é")


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("category", [*Category, None])
def test_a_name_of_any_kind_gets_valid_policies(name: str, category: Category | None) -> None:
    properties: JSONValue = {
        "amount": {"type": "number"},
        "to": {"type": "string"},
        "a.b": {"type": "string"},
        "": {"type": "string"},
        "x[0]": {"type": "string", "enum": ["`"]},
    }
    tool = Tool(name, "", category=category, input_schema={"properties": properties, "required": ["to"]})
    for way in ways(tool):
        read(way)
        # For a tool of that name alone: `hide` would take it for all of them.
        assert way.policy.get("hide") != ["*"]


def test_blocking_blocks_and_limiting_limits() -> None:
    limited, _, hidden, denied, asked = ways(Tool("t", "", category=Category.FINANCIAL))
    assert verdicts(limited, calls=6) == ["allow"] * 5 + ["deny"]
    assert [verdicts(way, calls=1) for way in (hidden, denied, asked)] == [["deny"], ["deny"], ["approval"]]


def verdicts(way: Way, *, calls: int) -> list[str]:
    policy = read(way)
    ledger = Ledger(policy)
    made = []
    for second in range(calls):
        call = Call(tool="t", args={}, ts=f"2026-01-01T00:00:{second:02}Z", grant="g", session="s")
        decision = decide(policy, call, ledger)
        ledger.settle(decision, call)
        made.append(decision.verdict.value)
    return made


def test_the_main_argument_and_the_recipient_get_conditions_to_start_from() -> None:
    schema: dict[str, JSONValue] = {
        "properties": {"url": {"type": "string"}, "email": {"type": "string"}, "amount": {"type": "integer"}}
    }
    words = [way.words for way in ways(Tool("t", "", input_schema=schema)) if way.aim is Aim.CONDITION]
    assert [word.split(";")[0] for word in words] == [
        "Each call waits for a person.",
        "Only with a URL that you name",
        "Only for recipients that you name",
        "Only small amounts",
    ]


def test_an_amount_that_is_a_text_is_not_summed() -> None:
    def summed(type_: str) -> bool:
        tool = Tool("t", "", input_schema={"properties": {"amount": {"type": type_}}})
        return any("amount_from" in json.dumps(way.policy) for way in ways(tool))

    assert summed("number")
    assert not summed("string")
