"""The published schema and the reader agree on what a policy is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from policyctl.diagnostic import Severity
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "schemas" / "policy.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

#: What JSON Schema cannot express; a duplicate key or a number out of range makes no document in the first place.
BEYOND_THE_SCHEMA = frozenset({"SCH24"})


def often(good: st.SearchStrategy[Any], *bad: Any) -> st.SearchStrategy[Any]:
    """Mostly good values, so that a generated document is not wrong in every place at once."""
    return st.integers(0, 19).flatmap(lambda die: st.sampled_from(bad) if die == 0 and bad else good)


def members(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    whole = st.fixed_dictionaries(required, optional=optional)
    return st.integers(0, 29).flatmap(lambda die: _MUTATIONS[die](whole) if die < len(_MUTATIONS) else whole)


def _without_a_key(whole: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return whole.map(lambda made: dict(list(made.items())[1:]))


def _with_another_key(whole: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    keys = st.sampled_from(["denyif", "Default", "rules", "type", "maxAmount", "", "description", "counter", "op"])
    return st.tuples(whole, keys).map(lambda pair: {**pair[0], pair[1]: 1})


_MUTATIONS: tuple[Callable[[st.SearchStrategy[dict[str, Any]]], st.SearchStrategy[Any]], ...] = (
    _without_a_key,
    _with_another_key,
    lambda _whole: st.sampled_from([None, [], "text", 1, True]),
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from([0.5, 1e300, "", "a", "^a+$"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=3,
)
PATHS = often(
    st.sampled_from(["args.a", "args.a.b", "args.0", "args.a[x]", "args.a[0]b", "args. ", "args.a\n", "args.[]"]),
    "args", "args.", "args..a", "args.a.", "a", "", "Args.a", "args.a[0]", "args.a[12].b", "args.[0]", "args\n", "args.a[0]\n", 1, None,
)  # fmt: skip
OPS = often(
    st.sampled_from(["eq", "neq", "in", "not_in", "lt", "lte", "gt", "gte", "regex", "contains", "exists"]),
    "==", "EQ", "", None, 1, [],
)  # fmt: skip
OPERANDS: dict[Any, st.SearchStrategy[Any]] = {
    **dict.fromkeys(["in", "not_in"], st.lists(JSON, max_size=2)),
    **dict.fromkeys(["lt", "lte", "gt", "gte"], st.integers() | st.floats(allow_nan=False, allow_infinity=False)),
    "regex": st.sampled_from(["", "^a$", "(?=a)", "["]),
    "exists": st.booleans(),
}
CONDITIONS = OPS.flatmap(
    lambda op: members(
        {"path": PATHS, "op": st.just(op), "value": often(OPERANDS.get(str(op), JSON), None, True, "1", 1, [])}, {}
    )
)
MESSAGES = often(st.sampled_from(["", "no"]), None, 1)
PREDICATES = members({"conditions": often(st.lists(CONDITIONS, max_size=2), None, {})}, {"on_deny": MESSAGES})
WINDOWS = often(
    st.sampled_from(["minute", "hour", "day", 1, 60, 60.0, 10**40]), "week", "Day", 0, -1, 1.5, True, None, ""
)
MAXIMA = often(st.sampled_from([1, 2, 100.0, 10**40, 1e300]), 0, -1, 0.5, 1.5, 0.0, -0.5, True, "1", None)
LIMITS = st.lists(
    members(
        {"counter": often(st.sampled_from(["", "c"]), 1, None), "max": MAXIMA, "window": WINDOWS},
        {
            "scope": often(st.sampled_from(["grant", "session"]), "Grant", None),
            "amount_from": PATHS,
            "on_deny": MESSAGES,
        },
    ),
    max_size=2,
)
TOOLS = members(
    {},
    {
        "require": often(st.lists(PREDICATES, max_size=2), None, {}),
        "deny_if": often(st.lists(PREDICATES, max_size=2), "x"),
        "limits": often(LIMITS, {}),
        "action": often(st.sampled_from(["allow", "deny", "require_approval"]), "Allow", "block", None, True),
        "reason": MESSAGES,
        "rate_limit": members({"max": MAXIMA, "window": WINDOWS}, {}),
    },
)
POLICIES = members(
    {
        "version": often(st.just("1"), 1, "2", 1.0, True, None),
        "default": often(st.sampled_from(["allow", "deny"]), "Deny", "", None, True),
    },
    {
        "$schema": often(st.just("x"), 1),
        "description": often(st.just("x"), None),
        "hide": often(st.lists(often(st.sampled_from(["", "*", "a"]), 1, None), max_size=2), "a", {}),
        "all_tools": members({}, {"limits": LIMITS}),
        "tools": often(st.dictionaries(st.sampled_from(["", "a", "a/b~c", "*", "😀"]), TOOLS, max_size=2), [], None),
    },
)


def structural_errors(data: Any) -> list[str]:
    document = read_document("policy.json", json.dumps(data).encode())
    assert isinstance(document, Document)
    found = read_policy(document).diagnostics
    return [
        entry.message for entry in found if entry.severity is Severity.ERROR and entry.code not in BEYOND_THE_SCHEMA
    ]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_examples_of_the_schema_are_policies() -> None:
    for policy in SCHEMA["examples"]:
        VALIDATOR.validate(policy)
        assert structural_errors(policy) == []


@settings(max_examples=600)
@given(POLICIES)
@example(
    {
        "version": "1",
        "default": "deny",
        "tools": {"t": {"limits": [{"counter": "c", "max": 1.5, "window": 1, "amount_from": 1}]}},
    }
)
@example({"type": "wallet", "maxAmount": 5})
@example([])
def test_the_reader_finds_a_structural_error_exactly_where_the_schema_refuses(data: Any) -> None:
    refused = [error.message for error in VALIDATOR.iter_errors(data)]
    assert bool(structural_errors(data)) == bool(refused), (structural_errors(data), refused)
