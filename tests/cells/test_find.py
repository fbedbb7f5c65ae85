from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import pytest

from policyctl.cells.find import NOTHING, Answer, Example, Undetermined, find
from policyctl.cells.rules import passing, refused
from policyctl.engine.decide import truth_of
from policyctl.engine.record import Record
from policyctl.engine.truth import Truth
from policyctl.model.call import Call
from policyctl.model.policy import ToolRules
from tests.cells.brute import calls, conditions_of, pairs
from tests.cells.order import order
from tests.engine.build import condition, one_tool, predicate

#: POLICYCTL_TEST_PAIRS=100000 makes the long run.
PAIRS = int(os.environ.get("POLICYCTL_TEST_PAIRS", "20000"))
CALLS = 80


def tool(**rules: Any) -> ToolRules:
    return one_tool(**rules).tools["t"]


def only_new(old: ToolRules, new: ToolRules) -> Answer:
    """The smallest call that NEW lets through and OLD does not."""
    return find((*passing(new), refused(old)))


def passes(rules: ToolRules, args: Any) -> bool:
    """What the reference evaluator says of the rules alone."""
    record = Record.of(Call(tool="t", args=args))
    met = all(truth_of(predicate, record) is Truth.TRUE for predicate in rules.require)
    return met and not any(truth_of(predicate, record) is Truth.TRUE for predicate in rules.deny_if)


@pytest.mark.parametrize("seed", range(8))
def test_no_call_of_a_dense_sample_contradicts_the_answer_or_is_smaller_than_it(seed: int) -> None:
    answers = dict.fromkeys((Example, type(NOTHING), Undetermined), 0)
    for old, new, random in pairs(seed, PAIRS // 8):
        answer = only_new(old, new)
        answers[type(answer)] += 1
        conditions = conditions_of(old, new)
        key = order(conditions)
        if isinstance(answer, Example):
            assert passes(new, answer.args)
            assert not passes(old, answer.args)
            smallest = key(answer.args)
        for args in calls(random, conditions, CALLS):
            if passes(new, args) and not passes(old, args):
                assert isinstance(answer, Example), (old, new, args)
                assert smallest <= key(args), (old, new, args, answer)
    assert answers[Example] > PAIRS // 40
    assert answers[type(NOTHING)] > PAIRS // 40
    assert answers[Undetermined] == 0


def shuffled(rules: ToolRules, random: Random) -> ToolRules:
    """The same rules in another order, requirements split or merged, prohibitions said twice."""
    conditions = [one for predicate in rules.require for one in predicate.conditions]
    random.shuffle(conditions)
    cut = random.randrange(len(conditions) + 1)
    require = [
        predicate(*(condition("args." + ".".join(one.path), one.op.value, one.value) for one in part))
        for part in (conditions[:cut], conditions[cut:])
    ]
    deny_if = [
        predicate(*(condition("args." + ".".join(one.path), one.op.value, one.value) for one in forbidden.conditions))
        for forbidden in (*rules.deny_if, *rules.deny_if[:1])
    ]
    random.shuffle(deny_if)
    return tool(require=require, deny_if=deny_if)


def test_another_order_and_another_grouping_give_the_same_answer() -> None:
    for old, new, random in pairs(99, 600):
        first, second = only_new(old, new), only_new(shuffled(old, random), shuffled(new, random))
        assert type(first) is type(second)
        if isinstance(first, Example) and isinstance(second, Example):
            assert first.args == second.args
        assert only_new(old, shuffled(old, random)) is NOTHING


def _wanted(**require: tuple[str, Any]) -> Iterator[Any]:
    for path, (op, value) in require.items():
        yield predicate(condition(f"args.{path.replace('__', '.')}", op, value))


@pytest.mark.parametrize(
    ("require", "args"),
    [
        ({"a": ("gt", 500)}, {"a": 501}),
        ({"a": ("gt", 0.1)}, {"a": 1}),
        ({"a": ("lt", 0)}, {"a": -1}),
        ({"a": ("neq", "USD")}, {"a": ""}),
        ({"a": ("contains", "..")}, {"a": ".."}),
        ({"a": ("contains", 7)}, {"a": [7]}),
        ({"a": ("regex", "^/etc/(passwd|shadow)$")}, {"a": "/etc/passwd"}),
        ({"a__b": ("exists", True)}, {"a": {"b": False}}),
        ({"a": ("exists", False)}, {}),
        ({"a": ("gt", 10**4300 - 1)}, {"a": float("inf")}),
    ],
)
def test_an_example_is_the_smallest_value_that_will_do(require: dict[str, Any], args: dict[str, Any]) -> None:
    assert find(passing(tool(require=list(_wanted(**require))))) == Example(args)


@pytest.mark.parametrize(
    "conditions",
    [
        [("gt", 1.0), ("lt", 1.0000000000000002)],
        [("gt", 2**53), ("lt", 2**53 + 1)],
        [("gt", 10**4300 - 1), ("lt", 10**4300 - 2)],
        [("in", [])],
        [("eq", None)],
        [("eq", "a"), ("contains", "b")],
        [("regex", "^a"), ("regex", "^b")],
        [("lt", 5), ("regex", ".")],
    ],
)
def test_nothing_lies_between_neighbours_or_is_of_two_kinds(conditions: list[tuple[str, Any]]) -> None:
    require = [predicate(*(condition("args.a", op, value) for op, value in conditions))]
    assert find(passing(tool(require=require))) is NOTHING


def test_a_number_between_two_doubles_is_found_where_integers_are_finer() -> None:
    require = [predicate(condition("args.a", "gt", 1e17), condition("args.a", "lt", 10**17 + 2))]
    assert find(passing(tool(require=require))) == Example({"a": 10**17 + 1})


def test_what_no_automaton_covers_is_named() -> None:
    answer = only_new(tool(require=_patterns(r"^\C$")), tool(require=_patterns("^.$")))
    assert answer == Undetermined((r"the pattern `^\C$` holds `\C`",))


def test_a_pattern_with_too_many_states_is_undetermined_and_says_so() -> None:
    many = "^(?:a|b)*a(?:a|b){18}$"
    answer = only_new(tool(require=_patterns(many)), tool(require=_patterns(many + "|" + many + "|^c{0}d$")))
    assert answer == Example({"a": "d"})
    answer = only_new(tool(require=_patterns(many)), tool(require=_patterns(f"(?:{many})")))
    assert answer == Undetermined(("the patterns on `args.a` need more than 20,000 states",))


def _patterns(*patterns: str) -> list[Any]:
    return [predicate(condition("args.a", "regex", pattern)) for pattern in patterns]


def test_a_question_that_takes_too_many_steps_is_undetermined() -> None:
    deny_if = [
        predicate(condition(f"args.p{one}", "eq", 1), condition(f"args.p{other}", "neq", 1))
        for one in range(6)
        for other in range(6)
    ]
    require = [predicate(condition("args.p0", "eq", 1))]
    assert find(passing(tool(require=require, deny_if=deny_if)), most=1) == Undetermined(
        ("the question takes more than 1 steps",)
    )


def test_what_has_nothing_to_do_with_a_contradiction_is_not_tried_again_and_again() -> None:
    """Fourteen choices beside three arguments that cannot be had together: without order 2^14 ways to fail."""
    apart = [predicate(condition(f"args.p{one}", "eq", 1), condition(f"args.q{one}", "eq", 1)) for one in range(14)]
    together = [
        predicate(*(condition(f"args.{name}", "eq", value) for name, value in zip("xyz", values, strict=True)))
        for values in product((True, False), repeat=3)
    ]
    require = [predicate(*(condition(f"args.{name}", "in", [True, False]) for name in "xyz"))]
    assert find(passing(tool(require=require, deny_if=[*apart, *together])), most=2_000) is NOTHING


def _nested(value: Any, *, depth: int) -> Any:
    for _ in range(depth):
        value = {"b": value}
    return value


def test_constants_as_deep_as_a_policy_may_be_are_no_obstacle() -> None:
    deep = _nested(1, depth=150)
    require = [predicate(condition("args.a", "eq", deep), condition("args.a.b.b", "exists", True))]
    assert find(passing(tool(require=require))) == Example({"a": deep})


def test_more_choices_than_python_has_stack_are_made() -> None:
    chain = [predicate(condition(f"args.p{n}", "eq", 1), condition(f"args.p{n + 1}", "neq", 1)) for n in range(600)]
    chain += [predicate(condition(f"args.p{n}", "eq", 2), condition(f"args.p{n + 1}", "eq", 3)) for n in range(600)]
    assert find(passing(tool(deny_if=chain, require=[predicate(condition("args.p5", "eq", 1))]))) == Example({"p5": 1})


def test_a_list_of_thousands_is_a_cell_for_each() -> None:
    names = [f"name-{number}" for number in range(5_000)]
    old, new = (tool(require=[predicate(condition("args.a", "in", one))]) for one in (names, [*names, "x"]))
    assert only_new(old, new) == Example({"a": "x"})
    assert only_new(new, old) is NOTHING


def test_forty_parts_are_found_together_without_saying_that_it_is_the_shortest_text() -> None:
    parts = [f"w{number}x" for number in range(40)]
    answer = find(passing(tool(require=[predicate(condition("args.a", "contains", part)) for part in parts])))
    assert isinstance(answer, Example)
    assert all(part in str(answer.args["a"]) for part in parts)
    assert not answer.is_smallest


def test_what_is_unknown_and_would_not_help_leaves_a_proof() -> None:
    require = [
        predicate(condition("args.a", "regex", r"^\C$")),
        predicate(condition("args.a", "regex", "^x"), condition("args.b", "gt", 1)),
    ]
    beyond = [predicate(condition("args.b", "lt", 1))]
    assert find(passing(tool(require=[*require, *beyond]))) is NOTHING


def test_amounts_that_are_equal_as_numbers_and_not_as_amounts_are_told_apart() -> None:
    most = 2**70
    limits = [{"counter": "c", "max": most, "window": "day", "amount_from": "args.a"}]
    doubles = [{**limits[0], "max": float(most)}]
    old, new = (tool(limits=one) for one in (limits, doubles))
    # As a shortest decimal it is 1.1805916207174113e+21, a little less.
    assert only_new_amounts(new, old) == Example({"a": 1180591620717411300001})


def only_new_amounts(old: ToolRules, new: ToolRules) -> Answer:
    return find((*passing(new, new.limits), refused(old, old.limits)))
