"""The answer for two policies does not hang on how they are written."""

from __future__ import annotations

from random import Random
from typing import Any

from policyctl.diff.compare import compare
from policyctl.diff.result import CallWitness, PolicyDiff, Relation, Side
from policyctl.engine.canonical import canonical
from policyctl.model.policy import Op
from tests.cells import brute
from tests.engine.build import condition, policy_of, predicate

PAIRS = 1_500

Rules = dict[str, Any]


def written(random: Random) -> tuple[Rules, Rules]:
    """Rules of one tool, and those that another hand made of them; some with short forms and limits."""
    old = brute.rules(random)
    new = brute.mutated(random, old) if random.random() < 0.6 else brute.rules(random)
    for rules in (old, new):
        if random.random() < 0.2:
            rules["action"] = random.choice(("allow", "deny", "require_approval"))
        if random.random() < 0.3:
            rules["rate_limit"] = {"max": random.randrange(1, 4), "window": random.choice(("minute", "hour", 90))}
    return old, new


def rewritten(random: Random, rules: Rules) -> Rules:
    """The same meaning in other words: another order, split or merged predicates, long forms for short ones."""
    require = [one for each in rules.get("require", ()) for one in each["conditions"]]
    deny_if = [[dict(one) for one in each["conditions"]] for each in rules.get("deny_if", ())]
    limits: list[Rules] = []
    found: Rules = {}
    if rules.get("action") == "deny":
        deny_if.append([])
    elif "action" in rules and not (rules["action"] == "allow" and random.random() < 0.5):
        found["action"] = rules["action"]
    if "rate_limit" in rules:
        limits.append({"counter": "c", "scope": "session", **rules["rate_limit"]})
    require = [_said_otherwise(random, one) for one in require]
    deny_if = [[_said_otherwise(random, one) for one in each] for each in deny_if]
    # One that must be there in so many words is one that is not denied for being absent.
    moved = [one for one in require if one["op"] == "exists" and random.random() < 0.5]
    require = [one for one in require if not any(one is other for other in moved)]
    deny_if += [[{**one, "value": not one["value"]}] for one in moved]
    deny_if += deny_if[:1]
    for each in (require, deny_if, *deny_if):
        random.shuffle(each)
    cut = random.randrange(len(require) + 1)
    return {
        **found,
        "limits": [*limits, *limits],
        "deny_if": [predicate(*each) for each in deny_if],
        "require": [predicate(*part) for part in (require[:cut], require[cut:], require[:1])],
    }


def _said_otherwise(random: Random, one: Rules) -> Rules:
    op, value = one["op"], one["value"]
    if random.random() < 0.5:
        return one
    match Op(op):
        case Op.EQ:
            return {**one, "op": "in", "value": [value, value]}
        case Op.NEQ:
            return {**one, "op": "not_in", "value": [value]}
        case Op.IN | Op.NOT_IN:
            return {**one, "value": [*reversed(value), *value[:1]]}
        case _:
            return one


def both(first: Rules, second: Rules) -> PolicyDiff:
    return compare(policy_of({"tools": {"t": first}}), policy_of({"tools": {"t": second}}))


def shown(side: Side) -> tuple[type, str | None]:
    """The kind of the answer, and the call that shows it where it is a single one."""
    return type(side), canonical(side.call.args) if isinstance(side, CallWitness) else None


def sides(diff: PolicyDiff) -> list[tuple[tuple[type, str | None], ...]]:
    return [(shown(change.wider), shown(change.narrower)) for change in diff.entries]


def kinds(shown: list[tuple[tuple[type, str | None], ...]]) -> list[list[type]]:
    return [[kind for kind, _ in each] for each in shown]


def test_another_spelling_is_equal_and_changes_no_answer_and_no_call() -> None:
    relations = dict.fromkeys(Relation, 0)
    for number in range(PAIRS):
        random = Random(f"laws {number}")
        old, new = written(random)
        diff = both(old, new)
        relations[diff.relation] += 1
        assert both(old, rewritten(random, old)).relation is Relation.EQUAL, number
        again = sides(both(rewritten(random, old), rewritten(random, new)))
        if "deny" in {old.get("action"), new.get("action")}:
            # In the long form the rules beside it name values, and a named one is smaller.
            assert kinds(again) == kinds(sides(diff)), number
        else:
            assert again == sides(diff), number
        assert [pair[::-1] for pair in sides(both(new, old))] == sides(diff), number
    assert relations.pop(Relation.UNDETERMINED) == 0
    assert min(relations.values()) > PAIRS // 20, relations


def test_a_tool_is_compared_alike_whatever_stands_beside_it() -> None:
    for number in range(100):
        random = Random(f"beside {number}")
        tools = {f"t{index}": written(random) for index in range(5)}
        names = list(tools)
        random.shuffle(names)
        together = compare(
            policy_of({"tools": {name: tools[name][0] for name in tools}}),
            policy_of({"tools": {name: tools[name][1] for name in names}}),
        )
        alone = {name: both(*pair).entries for name, pair in tools.items()}
        found = {change.name: (shown(change.wider), shown(change.narrower)) for change in together.changes}
        assert found == {
            name: (shown(entry.wider), shown(entry.narrower)) for name, entries in alone.items() for entry in entries
        }


def test_a_prohibition_of_several_values_is_several_prohibitions() -> None:
    several = {"deny_if": [predicate(condition("args.a", "in", [1, "x", None]))]}
    single = {"deny_if": [predicate(condition("args.a", "eq", value)) for value in ("x", 1)]}
    assert both(several, single).relation is Relation.EQUAL
