"""What a record says about an argument: redactions, in all the places that they can stand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.engine.decide import reasons
from policyctl.engine.equality import Hole
from policyctl.engine.record import Absent, Record, Seen, Unseen
from policyctl.model.call import Call

from .build import condition, decide_alone, one_tool, predicate


def _verdict(condition_: dict[str, Any], args: Any, *redacted: str) -> str:
    """`allow` if the condition holds for sure, `deny` if it fails for sure, else `undetermined`."""
    policy = one_tool(require=[predicate(condition_)])
    return str(decide_alone(policy, Call(tool="t", args=args, redacted=list(redacted))).verdict)


@pytest.mark.parametrize(
    ("redacted", "path", "found"),
    [
        ("/a", "a", Unseen),
        ("/a", "a.b", Unseen),
        ("/a", "c", Seen),
        ("/a/b", "a.c", Seen),
        ("/a/b", "a.b", Unseen),
        ("/a/b", "a.b.c", Unseen),
        ("/a/x", "a.x", Unseen),
        ("/a/x", "a.y", Absent),
        ("/n/x", "n", Seen),
        ("/n/x", "n.x", Absent),
        ("/z/x", "n", Seen),
        ("/null/x", "null", Absent),
        ("/missing/x", "missing.x", Unseen),
        ("/missing/x", "missing.y", Absent),
        ("/missing/x/y", "missing.x.z", Absent),
        ("", "n", Unseen),
        ("n", "c", Unseen),
        ("/k~1~0", "k/~", Unseen),
        ("/k~1~0", "n", Seen),
    ],
)
def test_a_redaction_hides_its_place_and_what_is_below(redacted: str, path: str, found: type) -> None:
    args = {"a": {"b": 1, "c": 2}, "c": 3, "n": 5, "null": None, "k/~": 1}
    record = Record.of(Call(tool="t", args=args, redacted=[redacted]))
    assert isinstance(record.find(tuple(path.split("."))), found)


@pytest.mark.parametrize(
    ("condition_", "verdict"),
    [
        (condition("args.a", "exists", True), "undetermined"),
        (condition("args.a", "exists", False), "undetermined"),
        (condition("args.a", "eq", {}), "undetermined"),
        (condition("args.a", "eq", {"b": 1}), "undetermined"),
        (condition("args.a", "eq", {"b": {"c": 1}}), "undetermined"),
        (condition("args.a", "eq", {"c": 1}), "deny"),
        (condition("args.a", "eq", 1), "deny"),
        (condition("args.a", "neq", 1), "undetermined"),
        (condition("args.a", "in", [1, [], None]), "deny"),
        (condition("args.a", "lt", 5), "deny"),
        (condition("args.a", "regex", ""), "deny"),
        (condition("args.a", "contains", 1), "deny"),
        (condition("args.a.c", "exists", False), "allow"),
        (condition("args.a.b", "exists", False), "undetermined"),
    ],
)
def test_below_an_absent_parent_the_parent_is_absent_or_an_object(condition_: dict[str, Any], verdict: str) -> None:
    assert _verdict(condition_, {}, "/a/b") == verdict


@pytest.mark.parametrize("index", ["0", "7", "-", "00"])
def test_below_an_absent_parent_an_index_leaves_open_whether_it_is_a_list(index: str) -> None:
    for op, value in [("contains", 1), ("eq", [1]), ("eq", {"0": 1}), ("exists", True), ("lt", 1)]:
        assert _verdict(condition("args.a", op, value), {}, f"/a/{index}") == "undetermined"
        assert _verdict(condition("args.a", op, value), {}, "/a/b", f"/a/{index}") == "undetermined"
    assert _verdict(condition("args.b", "exists", False), {}, f"/a/{index}") == "allow"


@pytest.mark.parametrize(
    ("redacted", "op", "value", "verdict"),
    [
        ("/a/0", "contains", 2, "allow"),
        ("/a/0", "contains", 1, "undetermined"),
        ("/a/2", "contains", 7, "undetermined"),
        ("/a/0", "eq", [7, 2, 3], "undetermined"),
        ("/a/0", "eq", [7, 2], "deny"),
        ("/a/0", "eq", [7, 2, 4], "deny"),
        ("/a/2", "eq", [1, 2], "undetermined"),
        ("/a/2", "eq", [1], "deny"),
        ("/a/2", "eq", [1, 2, 3, 4], "deny"),
        ("/a/2", "neq", [1], "allow"),
        ("/a/2", "exists", True, "allow"),
        ("/a/0", "lt", 5, "deny"),
        ("/a/0/x", "eq", [1, 2, 3], "allow"),
        ("/a/3", "eq", [1, 2, 3], "undetermined"),
        ("/a/3", "exists", True, "undetermined"),
        ("/a/01", "contains", 9, "undetermined"),
        ("/a/-", "contains", 1, "undetermined"),
        ("/a/x", "contains", 1, "undetermined"),
        ("/a/99999999999999999999999", "contains", 1, "undetermined"),
        ("/a/١", "contains", 1, "undetermined"),
    ],
)
def test_a_redacted_element_is_unknown_and_the_others_are_not(redacted: str, op: str, value: Any, verdict: str) -> None:
    assert _verdict(condition("args.a", op, value), {"a": [1, 2, 3]}, redacted) == verdict


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ({"b": 1, "c": 2}, "undetermined"),
        ({"c": 2}, "undetermined"),
        ({"b": None, "c": 2}, "undetermined"),
        ({"b": 1, "c": 3}, "deny"),
        ({"b": 1}, "deny"),
        ({"b": 1, "c": 2, "d": 1}, "deny"),
        ([], "deny"),
    ],
)
def test_a_whole_across_a_redaction_is_unknown_unless_the_known_parts_decide(value: Any, verdict: str) -> None:
    assert _verdict(condition("args.a", "eq", value), {"a": {"b": 1, "c": 2}}, "/a/b") == verdict
    assert _verdict(condition("args.a", "in", [value]), {"a": {"b": 1, "c": 2}}, "/a/b") == verdict
    opposite = {"deny": "allow"}.get(verdict, verdict)
    assert _verdict(condition("args.a", "neq", value), {"a": {"b": 1, "c": 2}}, "/a/b") == opposite
    assert _verdict(condition("args.a", "not_in", [value]), {"a": {"b": 1, "c": 2}}, "/a/b") == opposite


def test_the_outer_of_two_redactions_counts_in_either_order() -> None:
    for redacted in (["/a", "/a/b"], ["/a/b", "/a"]):
        record = Record.of(Call(tool="t", args={"a": {"b": 1}}, redacted=redacted))
        assert [doubt.cause for doubt in reasons(record.find(("a",)))] == ["argument-redacted:/a"]


def test_a_redaction_changes_nothing_in_the_call() -> None:
    args = {"a": {"b": [1, {"c": 2}]}}
    Record.of(Call(tool="t", args=args, redacted=["/a/b/1/c", "/a/x/y"]))
    assert args == {"a": {"b": [1, {"c": 2}]}}


@pytest.mark.parametrize("key", ["a", "0"])
def test_a_pointer_of_100000_steps_hides_what_it_names(key: str) -> None:
    value: Any = 1
    for _ in range(100_000):
        value = {key: value}
    pointer = f"/x{f'/{key}' * 100_000}"
    recorded: list[dict[str, Any]] = [{"x": value}, {}, {"x": [[[]]]}, {"x": 5}]
    for args in recorded:
        record = Record.of(Call(tool="t", args=args, redacted=[pointer]))
        assert isinstance(record.find(("y",)), Absent)
    assert reasons(Record.of(Call(tool="t", args={"x": value}, redacted=[pointer])).whole)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from("ab"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "0", ""]), inner, max_size=3)
    ),
    max_leaves=12,
)
_POINTERS = st.lists(st.sampled_from(["a", "b", "0", "1", "-", "00", "~0"]), max_size=4).map(
    lambda keys: "".join(f"/{key}" for key in keys)
)


@given(st.dictionaries(st.sampled_from("ab0"), _JSON), st.lists(_POINTERS, max_size=4))
def test_what_no_redaction_touches_stays_as_it_is(args: dict[str, Any], redacted: list[str]) -> None:
    shown = Record.of(Call(tool="t", args=args, redacted=redacted)).shown
    _assert_same_but_for_holes(shown, args)


def _assert_same_but_for_holes(shown: Any, args: Any) -> None:
    match shown, args:
        case Hole(), _:
            pass
        case dict(), dict():
            for key in shown.keys() | args.keys():
                _assert_same_but_for_holes(shown[key], args.get(key))
        case list(), list():
            assert len(shown) == len(args)
            for left, right in zip(shown, args, strict=True):
                _assert_same_but_for_holes(left, right)
        case _:
            assert (shown, type(shown)) == (args, type(args))
