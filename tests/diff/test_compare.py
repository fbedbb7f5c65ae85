from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from policyctl.diff.compare import compare
from policyctl.diff.result import CallWitness, Change, PolicyDiff, Relation, SequenceWitness, Side, Unproven
from tests.engine.build import condition, policy_of, predicate


def compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> PolicyDiff:
    return compare(policy_of(old), policy_of(new))


def of_tool(old: Mapping[str, Any], new: Mapping[str, Any]) -> Change:
    """The one entry that a change of the tool `t` makes."""
    (change,) = compared({"tools": {"t": old}}, {"tools": {"t": new}}).entries
    return change


def args_of(side: Side) -> Any:
    assert isinstance(side, CallWitness)
    return side.call.args


def bursts_of(side: Side) -> list[tuple[str | None, int]]:
    assert isinstance(side, SequenceWitness)
    return [(burst.call.ts, burst.count) for burst in side.bursts]


def require(*conditions: tuple[str, str, Any]) -> dict[str, Any]:
    return {"require": [predicate(condition(*one)) for one in conditions]}


def deny_if(*conditions: tuple[str, str, Any]) -> dict[str, Any]:
    return {"deny_if": [predicate(condition(*one)) for one in conditions]}


def limits(*written: dict[str, Any]) -> dict[str, Any]:
    return {"limits": [{"counter": "c", "window": "minute", **limit} for limit in written]}


ASK = {"action": "require_approval"}


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        ({}, {"action": "deny"}, Relation.NARROWER),
        ({}, ASK, Relation.NARROWER),
        ({"action": "deny"}, ASK, Relation.WIDER),
        (require(("args.a", "lte", 500)), require(("args.a", "lte", 1_000)), Relation.WIDER),
        (deny_if(("args.a", "gt", 500)), require(("args.a", "lte", 500)), Relation.NARROWER),
        (require(("args.a", "in", ["x", "y"])), require(("args.a", "in", ["y", "z"])), Relation.INCOMPARABLE),
        (require(("args.p", "regex", "^/tmp/")), require(("args.p", "regex", "^/tmp/[a-z]+$")), Relation.NARROWER),
        (ASK | require(("args.a", "gt", 1)), require(("args.a", "gt", 2)), Relation.INCOMPARABLE),
    ],
)
def test_a_tool_is_compared_over_all_calls(old: Mapping[str, Any], new: Mapping[str, Any], relation: Relation) -> None:
    assert of_tool(old, new).relation is relation


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (require(("args.a", "gte", 1), ("args.a", "lte", 1)), require(("args.a", "eq", 1.0))),
        (deny_if(("args.a", "exists", False)), require(("args.a", "exists", True))),
        (deny_if(("args.a", "eq", 1), ("args.a", "eq", 2)), deny_if(("args.a", "in", [2, 1, 2]))),
        (require(("args.a", "regex", "^(a|b)$")), require(("args.a", "in", ["a", "b"]))),
        (require(("args.a", "contains", "x"), ("args.a", "regex", "^")), require(("args.a", "regex", "x"))),
        ({"action": "deny"}, {"deny_if": [predicate()]}),
        ({"action": "deny"}, require(("args.a", "eq", 1), ("args.a", "eq", 2))),
        ({}, {"action": "allow", "reason": "why not"}),
        (limits({"max": 2}, {"max": 3}), limits({"max": 2})),
        (limits({"max": 2}), limits({"max": 2}, {"max": 120, "window": "hour"})),
    ],
)
def test_rules_that_mean_the_same_are_equal(old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    for before, after in ((old, new), (new, old)):
        diff = compared({"tools": {"t": before}}, {"tools": {"t": after}})
        assert diff.entries == ()
        assert diff.relation is Relation.EQUAL


def test_each_direction_has_its_smallest_call() -> None:
    change = of_tool(require(("args.a", "in", ["x", "y"])), require(("args.a", "in", ["y", "z"])))
    assert args_of(change.wider) == {"a": "z"}
    assert args_of(change.narrower) == {"a": "x"}


def test_hidden_and_denied_are_equal_and_the_change_of_sight_is_told_apart() -> None:
    diff = compared({"hide": ["t"], "tools": {"t": {}}}, {"tools": {"t": {"action": "deny"}}})
    assert diff.relation is Relation.EQUAL
    assert [(seen.name, seen.old, seen.new) for seen in diff.visibility] == [("t", False, True)]
    everything = compared({}, {"hide": ["*"]})
    assert everything.relation is Relation.EQUAL
    assert [(seen.name, seen.old, seen.new) for seen in everything.visibility] == [(None, True, False)]


def test_all_tools_that_no_policy_names_are_one_entry() -> None:
    diff = compared({"default": "allow", "tools": {"t": {}}}, {"tools": {"t": {}}})
    assert [change.name for change in diff.entries] == ["(any other tool)"]
    assert diff.relation is Relation.NARROWER
    assert isinstance(diff.others.narrower, CallWitness)
    assert diff.others.narrower.call.tool == "other_tool"


def test_an_amount_is_a_requirement_on_a_single_call() -> None:
    change = of_tool(limits({"max": 10, "amount_from": "args.a"}), {})
    assert change.relation is Relation.WIDER
    assert args_of(change.wider) == {}
    change = of_tool(limits({"max": 10, "amount_from": "args.a"}), limits({"max": 12.5, "amount_from": "args.a"}))
    assert change.relation is Relation.WIDER
    assert args_of(change.wider) == {"a": 11}


def test_an_amount_beyond_what_doubles_tell_apart_is_compared_as_it_is_counted() -> None:
    """10^30 as a double is greater than 10^30, and yet counts as 10^30."""
    change = of_tool(
        limits({"max": 10**30, "amount_from": "args.a"}) | require(("args.a", "gt", 10**30)),
        limits({"max": 10**30 + 1, "amount_from": "args.a"}) | require(("args.a", "gt", 10**30)),
    )
    assert change.relation is Relation.WIDER
    assert args_of(change.wider) == {"a": 10**30 + 1}


def test_an_approval_on_record_shows_what_a_question_hides() -> None:
    """Without one both ask; with one only the limit of the old policy refuses a call without an amount."""
    change = of_tool(ASK | limits({"max": 10, "amount_from": "args.a"}), ASK)
    assert change.relation is Relation.WIDER
    assert isinstance(change.wider, CallWitness)
    assert change.wider.is_approved


@pytest.mark.parametrize(
    ("old", "new", "wider", "narrower"),
    [
        ({}, {"max": 2}, None, [("2026-01-01T00:00:00Z", 3)]),
        ({"max": 2}, {"max": 5}, [("2026-01-01T00:00:00Z", 3)], None),
        (
            {"max": 3, "window": "hour"},
            {"max": 2},
            [("2026-01-01T00:00:00Z", 2), ("2026-01-01T00:01:00Z", 2)],
            [("2026-01-01T00:00:00Z", 3)],
        ),
        ({"max": 20}, {"max": 2, "window": 7}, None, [("2026-01-01T00:00:00Z", 3)]),
        ({"max": 10**12}, {"max": 10**12 + 1}, [("2026-01-01T00:00:00Z", 10**12 + 1)], None),
        ({"max": 2}, {"max": 2, "scope": "session"}, [("2026-01-01T00:00:00Z", 3)], [("2026-01-01T00:00:00Z", 3)]),
    ],
)
def test_limits_have_a_sequence_for_each_direction(
    old: dict[str, Any], new: dict[str, Any], wider: Any, narrower: Any
) -> None:
    change = of_tool(limits(old) if old else {}, limits(new))
    assert (change.wider and bursts_of(change.wider)) == wider
    assert (change.narrower and bursts_of(change.narrower)) == narrower


def test_windows_that_do_not_nest_are_met_where_they_overlap_most() -> None:
    """Ten windows of seven seconds have a second in some minute, though only nine begin in it."""
    change = of_tool(limits({"max": 19}), limits({"max": 2, "window": 7}))
    assert sum(count for _, count in bursts_of(change.wider)) == 20
    assert of_tool(limits({"max": 20}), limits({"max": 2, "window": 7})).wider is None


def test_amounts_have_a_sequence_too() -> None:
    small = require(("args.a", "lte", 10))
    change = of_tool(
        small | limits({"max": 100, "amount_from": "args.a"}), small | limits({"max": 120, "amount_from": "args.a"})
    )
    assert change.relation is Relation.WIDER
    assert isinstance(change.wider, SequenceWitness)
    assert sum(burst.count * burst.call.args["a"] for burst in change.wider.bursts) > 100


def test_limits_that_neither_a_sequence_nor_a_proof_settles_are_undetermined() -> None:
    """Sums of 5 and 7 leave 13 out, so that twelve are the most: a bound on sums of any amounts does not see that."""
    some = require(("args.a", "in", [5, 7]))
    amounts = {"amount_from": "args.a"}
    change = of_tool(some | limits({"max": 12, **amounts}), some | limits({"max": 13, **amounts}))
    assert change.relation is Relation.UNDETERMINED
    assert isinstance(change.wider, Unproven)
    assert change.narrower is None
    assert change.reasons == (
        "no sequence of calls was found that exceeds `/tools/t/limits/c` of 12 every 60 s, nor a proof that there is none",
    )


@pytest.mark.parametrize(
    ("held", "implied"),
    [
        # Two that only together leave no room for more.
        (({"max": 10}, {"max": 40, "window": "hour"}), {"max": 40, "window": 600}),
        (({"max": 2, "window": 7}, {"max": 5, "window": 25}), {"max": 18}),
        (({"max": 1, "window": 2}, {"max": 2, "window": 5}, {"max": 3, "window": 7}), {"max": 4, "window": 10}),
    ],
)
def test_limits_imply_together_what_none_of_them_does_alone(
    held: tuple[dict[str, Any], ...], implied: dict[str, Any]
) -> None:
    assert compared({"tools": {"t": limits(*held, implied)}}, {"tools": {"t": limits(*held)}}).entries == ()
    lower = {**implied, "max": implied["max"] - 1}
    change = of_tool(limits(*held, lower), limits(*held))
    assert change.relation is Relation.WIDER
    assert sum(count for _, count in bursts_of(change.wider)) == implied["max"]


@pytest.mark.parametrize(
    ("rules", "held", "implied", "relation"),
    [
        # A call takes at least one of the amount, so that eleven calls are the most.
        (("args.a", "gte", 1), ({"max": 11, "amount_from": "args.a"},), {"max": 11}, Relation.EQUAL),
        (("args.a", "gte", 1), ({"max": 12, "amount_from": "args.a"},), {"max": 11}, Relation.WIDER),
        (("args.a", "gt", 0), ({"max": 12, "amount_from": "args.a"},), {"max": 99}, Relation.WIDER),
        # It takes at most ten, so that three calls take no more than thirty.
        (("args.a", "lte", 10), ({"max": 3},), {"max": 30, "amount_from": "args.a"}, Relation.EQUAL),
        (("args.a", "lte", 10), ({"max": 3},), {"max": 29.5, "amount_from": "args.a"}, Relation.WIDER),
        (("args.a", "lt", 10), ({"max": 3},), {"max": 29.5, "amount_from": "args.a"}, Relation.WIDER),
        # Amounts over several windows, of which none alone implies it.
        (
            ("args.a", "lte", 1_000),
            ({"max": 10.5, "amount_from": "args.a"}, {"max": 40.25, "window": "hour", "amount_from": "args.a"}),
            {"max": 40.25, "window": 600, "amount_from": "args.a"},
            Relation.EQUAL,
        ),
        (
            ("args.a", "lte", 1_000),
            ({"max": 10.5, "amount_from": "args.a"}, {"max": 40.25, "window": "hour", "amount_from": "args.a"}),
            {"max": 40, "window": 600, "amount_from": "args.a"},
            Relation.WIDER,
        ),
        # Another amount, of which each call takes some.
        (
            ("args.b", "gte", 4),
            ({"max": 9, "amount_from": "args.b"}, {"max": 6, "window": 1, "amount_from": "args.a"}),
            {"max": 12, "amount_from": "args.a"},
            Relation.EQUAL,
        ),
    ],
)
def test_amounts_and_calls_bound_each_other(
    rules: tuple[str, str, Any], held: tuple[dict[str, Any], ...], implied: dict[str, Any], relation: Relation
) -> None:
    # Of a single call the limit that is gone asked nothing more than the rules do.
    single = require(rules, ("args.a", "gte", 0), ("args.a", "lte", 1_000))
    diff = compared({"tools": {"t": single | limits(*held, implied)}}, {"tools": {"t": single | limits(*held)}})
    assert diff.relation is relation
    assert all(isinstance(change.wider, SequenceWitness) for change in diff.entries)


def test_limits_of_all_tools_are_kept_by_what_each_tool_has() -> None:
    tools = {name: {"rate_limit": {"max": 2, "window": "day"}} for name in ("t", "u")}
    limit = {"counter": "all", "window": "day", "scope": "session"}
    policies = [{"tools": tools, "all_tools": {"limits": [{**limit, "max": most}]}} for most in (3, 4, 5)]
    assert compared(policies[1], policies[2]).relation is Relation.EQUAL
    assert compared(policies[0], policies[1]).relation is Relation.WIDER


def test_limits_of_all_tools_imply_a_third_together() -> None:
    both = [{"counter": "a", "max": 10, "window": "minute"}, {"counter": "b", "max": 40, "window": "hour"}]
    old, new = ([*both, {"counter": "c", "max": 40, "window": 600}], both)
    tools: dict[str, Any] = {"t": {}, "u": {}}
    diff = compared({"tools": tools, "all_tools": {"limits": old}}, {"tools": tools, "all_tools": {"limits": new}})
    assert diff.relation is Relation.EQUAL


def test_the_limits_of_all_tools_are_an_entry_of_their_own() -> None:
    tools = {name: {"rate_limit": {"max": 3, "window": "day"}} for name in ("t", "u")}
    limit = {"counter": "all", "window": "day", "scope": "session"}
    diff = compared(
        {"tools": tools, "all_tools": {"limits": [{**limit, "max": 5}]}},
        {"tools": tools, "all_tools": {"limits": [{**limit, "max": 6}]}},
    )
    assert [change.name for change in diff.entries] == ["all_tools.limits"]
    assert diff.relation is Relation.WIDER
    assert isinstance(diff.all_tools.wider, SequenceWitness)
    assert {burst.call.tool for burst in diff.all_tools.wider.bursts} == {"t", "u"}


def test_a_policy_is_equal_to_itself_and_to_itself_in_another_order() -> None:
    tools = {"t": require(("args.a", "eq", 1), ("args.b", "eq", 2)), "u": {}}
    backwards = {"u": {}, "t": require(("args.b", "eq", 2), ("args.a", "eq", 1))}
    assert compared({"tools": tools}, {"tools": tools}).relation is Relation.EQUAL
    assert compared({"tools": tools}, {"tools": backwards}).relation is Relation.EQUAL


def test_what_cannot_be_found_out_is_undetermined_with_the_reason() -> None:
    change = of_tool(require(("args.a", "regex", r"^\C$")), require(("args.a", "regex", "^.$")))
    assert change.relation is Relation.UNDETERMINED
    assert change.reasons == (r"the pattern `^\C$` holds `\C`",)
