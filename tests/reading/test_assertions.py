"""The reader of assertions: what it takes, what it says of mistakes, and that the published schema agrees."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from policyctl.diagnostic import Severity
from policyctl.model.assertion import Assertion, Hint, Kind, Quota, Selector
from policyctl.model.catalog import Category, Risk, Tag
from policyctl.model.policy import Condition, Op
from policyctl.reading.assertions import AssertionsReading, read_assertions
from policyctl.source.document import Document
from policyctl.source.read import read_document

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "schemas" / "assert.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def read(text: str, name: str = "a.yaml") -> AssertionsReading:
    document = read_document(name, text.encode())
    assert isinstance(document, Document), document
    return read_assertions(document)


def test_a_file_says_all_that_an_assertion_can_say() -> None:
    reading = read(
        """
        # What must hold.
        version: "1"
        asserts:
          - never_allow: {category: Financial, except: [get_*, list_*]}
            when: [{path: args.amount, op: gt, value: 5}]
            name: no-money
            reason: because
            severity: warning
          - at_most: 10/minute
            of: {risk: [High, Critical], tags: money, hints: {readOnlyHint: false}}
          - at_most: 3/90s
        """
    )
    assert reading.diagnostics == ()
    assert reading.assertions is not None
    assert reading.assertions.entries == (
        Assertion(
            kind=Kind.NEVER_ALLOW,
            selector=Selector(categories=(Category.FINANCIAL,), but=("get_*", "list_*")),
            pointer="/asserts/0",
            when=(Condition(("amount",), Op.GT, 5),),
            name="no-money",
            reason="because",
            severity=Severity.WARNING,
        ),
        Assertion(
            kind=Kind.AT_MOST,
            selector=Selector(risks=(Risk.HIGH, Risk.CRITICAL), tags=(Tag.MONEY,), hints={Hint.READ_ONLY: False}),
            pointer="/asserts/1",
            quota=Quota(10, 60, "10/minute"),
        ),
        Assertion(Kind.AT_MOST, Selector(), "/asserts/2", quota=Quota(3, 90, "3/90s")),
    )


@pytest.mark.parametrize(
    ("written", "code", "pointer", "message", "help_"),
    [
        (
            {"never allow": {}},
            "SCH01",
            "/never allow",
            "an assertion has no key `never allow`",
            "did you mean `never_allow`?",
        ),
        ({"deny": {}}, "SCH22", "", "the assertion does not say what must hold", "add `never_allow`"),
        ({"never_allow": {}, "can_allow": {}}, "SCH01", "/can_allow", "an assertion says one thing", "make two"),
        (
            {"never_allow": {}, "of": {}},
            "SCH01",
            "/of",
            "an assertion of `never_allow` has no key `of`",
            "has `never_allow`",
        ),
        (
            {"never_allow": "delete_*"},
            "SCH21",
            "/never_allow",
            "what selects tools must be an object",
            "write it in braces",
        ),
        ({"never_allow": {"tools": "x"}}, "SCH01", "/never_allow/tools", "has no key `tools`", "did you mean `tool`?"),
        (
            {"never_allow": {"category": "Finance"}},
            "SCH26",
            "/never_allow/category",
            "`category` cannot be `Finance`",
            "did you mean `Financial`?",
        ),
        ({"never_allow": {"risk": ["High", "high"]}}, "SCH26", "/never_allow/risk/1", "cannot be `high`", "`High`"),
        ({"never_allow": {"tags": []}}, "SCH22", "/never_allow/tags", "`tags` is an empty list", "leave `tags` out"),
        ({"never_allow": {"tool": 5}}, "SCH21", "/never_allow/tool", "`tool` must be a text", "double quotes"),
        ({"never_allow": {"hints": {}}}, "SCH22", "/never_allow/hints", "`hints` names no hint", "leave `hints` out"),
        (
            {"never_allow": {"hints": {"readonly": True}}},
            "SCH01",
            "/never_allow/hints/readonly",
            "`hints` has no key `readonly`",
            "did you mean `readOnlyHint`?",
        ),
        (
            {"never_allow": {"hints": {"readOnlyHint": "yes"}}},
            "SCH21",
            "/never_allow/hints/readOnlyHint",
            "`readOnlyHint` must be a boolean",
            "",
        ),
        ({"at_most": "10 / minutes"}, "SCH25", "/at_most", "`at_most` cannot be", "did you mean `10/minute`?"),
        ({"at_most": "10/week"}, "SCH25", "/at_most", "cannot be `10/week`", "write `10/604800s`"),
        ({"at_most": "0/day"}, "SCH25", "/at_most", "cannot be `0/day`", "use `never_allow`"),
        ({"at_most": 10}, "SCH25", "/at_most", "cannot be the number `10`", "write calls and a window"),
        ({"at_most": "10/0s"}, "SCH25", "/at_most", "cannot be `10/0s`", "write calls and a window"),
        ({"can_allow": {}, "when": {}}, "SCH21", "/when", "`when` must be a list", "brackets"),
        (
            {"can_allow": {}, "when": [{"path": "args.a", "op": "=", "value": 1}]},
            "SCH04",
            "/when/0/op",
            "there is no operator `=`",
            "did you mean `eq`?",
        ),
        ({"can_allow": {}, "severity": "warn"}, "SCH26", "/severity", "cannot be `warn`", "did you mean `warning`?"),
        ({"can_allow": {}, "severity": 1}, "SCH26", "/severity", "cannot be the number `1`", "write `error`"),
        ({"can_allow": {}, "name": 1}, "SCH21", "/name", "`name` must be a text", "double quotes"),
        ([], "SCH21", "", "an assertion must be an object", "braces"),
    ],
)
def test_a_mistake_is_found_where_it_is_and_the_help_says_what_to_do(
    written: Any, code: str, pointer: str, message: str, help_: str
) -> None:
    reading = read(json.dumps({"version": "1", "asserts": [written]}), "a.json")
    assert reading.assertions is None
    (found,) = reading.diagnostics
    assert (found.code, found.pointer) == (code, f"/asserts/0{pointer}")
    assert message in found.message
    assert help_ in (found.help or "")


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("[]", "SCH21", "a file of assertions must be an object, not a list"),
        ('{"asserts": [{"can_allow": {}}]}', "SCH22", "the file has no `version`"),
        (
            '{"version": 1, "asserts": [{"can_allow": {}}]}',
            "SCH02",
            "`version` must be the text `1`, not the number `1`",
        ),
        ('{"version": "1"}', "SCH22", "the file has no `asserts`"),
        ('{"version": "1", "asserts": []}', "SCH22", "`asserts` is empty, so that nothing would be checked"),
        ('{"version": "1", "default": "deny"}', "SCH20", "this is a policy or a catalog, not a file of assertions"),
        (
            '{"version": "1", "asert": [], "asserts": [{"can_allow": {}}]}',
            "SCH01",
            "a file of assertions has no key `asert`",
        ),
    ],
)
def test_a_file_that_asserts_nothing_is_a_mistake(text: str, code: str, message: str) -> None:
    (found,) = read(text, "a.json").diagnostics
    assert (found.code, found.message) == (code, message)


anything = st.sampled_from([None, True, 0, 1, 1.5, "", "1", "Read", "t", "10/minute", [], ["a"], {}, {"tool": "t"}])
globs = st.sampled_from(["t", "*", ["a", "b*"], "[x]"])
categories = st.sampled_from(["Read", "Write", "Execute", "Destructive", "Financial"])
selectors = st.fixed_dictionaries(
    {},
    optional={
        "tool": globs,
        "except": globs,
        "category": categories | st.lists(categories, min_size=1, max_size=2),
        "risk": st.sampled_from(["Low", ["High", "Critical"]]),
        "tags": st.sampled_from(["money", ["code", "bulk"]]),
        "hints": st.sampled_from([{"readOnlyHint": True}, {"openWorldHint": False, "destructiveHint": True}]),
    },
)
conditions = st.sampled_from(
    [
        {"path": "args.a", "op": "eq", "value": None},
        {"path": "args.a.b", "op": "in", "value": [1]},
        {"path": "args.a", "op": "lt", "value": 1.5},
    ]
)
shared: dict[str, st.SearchStrategy[Any]] = {
    "when": st.lists(conditions, max_size=2),
    "name": st.sampled_from(["", "n"]),
    "reason": st.just("r"),
    "severity": st.sampled_from(["error", "warning", "info"]),
}
quotas = st.sampled_from(["1/minute", "10/hour", "5/day", "7/90s", "0/day", "1/week", "1/0s", "01/day", "1/minute "])
assertions = st.one_of(
    st.fixed_dictionaries({"at_most": quotas}, optional={"of": selectors, **shared}),
    *(st.fixed_dictionaries({kind.value: selectors}, optional=shared) for kind in Kind if kind is not Kind.AT_MOST),
)
files = st.fixed_dictionaries(
    {"version": st.just("1"), "asserts": st.lists(assertions, min_size=1, max_size=2)},
    optional={"$schema": st.just("x"), "description": st.just("d")},
)


def objects(value: Any) -> list[dict[str, Any]]:
    match value:
        case dict():
            return [value, *(found for member in value.values() for found in objects(member))]
        case list():
            return [found for element in value for found in objects(element)]
        case _:
            return []


@st.composite
def documents(draw: st.DrawFn) -> Any:
    document = deepcopy(draw(files))
    if draw(st.booleans()):
        return document
    holder = draw(st.sampled_from(objects(document)))
    key = draw(st.sampled_from([*holder, "extra", "at_most", "of", "can_allow", "tool", "tags"]))
    if draw(st.booleans()) and key in holder:
        del holder[key]
    else:
        holder[key] = deepcopy(draw(anything))
    return document


@settings(max_examples=400)
@given(documents())
def test_the_reader_and_the_published_schema_accept_and_refuse_the_same_documents(data: Any) -> None:
    reading = read(json.dumps(data), "a.json")
    assert (reading.assertions is not None) is VALIDATOR.is_valid(data), reading.diagnostics


def test_the_example_of_the_schema_and_the_shipped_file_conform() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    shipped = read_document("x.yaml", (ROOT / "fixtures" / "asserts" / "exchange.yaml").read_bytes())
    assert isinstance(shipped, Document)
    for data in (*SCHEMA["examples"], shipped.data):
        VALIDATOR.validate(data)
        assert read(json.dumps(data), "a.json").assertions is not None


def test_the_schema_lists_each_word() -> None:
    defs = SCHEMA["$defs"]
    assert {branch["required"][0] for branch in defs["assertion"]["oneOf"]} == set(Kind)
    assert defs["category"]["enum"] == list(Category)
    assert defs["risk"]["enum"] == list(Risk)
    assert defs["tag"]["enum"] == list(Tag)
    assert list(defs["selector"]["properties"]["hints"]["properties"]) == list(Hint)


def test_conditions_are_those_of_policies() -> None:
    policy = json.loads((ROOT / "schemas" / "policy.schema.json").read_text("utf-8"))
    for name in ("condition", "path"):
        assert SCHEMA["$defs"][name] == policy["$defs"][name]
