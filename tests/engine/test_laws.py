"""The laws of language §6 that are not about what a record leaves out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policyctl.engine.gateway import Gateway
from policyctl.engine.ledger import Windows
from policyctl.model.call import Approval, Call
from policyctl.model.decision import Decision, Verdict

from . import hostile
from .build import Event, Reference, policy_of, replay

_RANDOMS = st.randoms(use_true_random=False, note_method_calls=False)
_FEW = settings(max_examples=150, deadline=None)
_TIDY = hostile.Habits(0, 0, 0)
_CARELESS = hostile.Habits(0.5, 0.2, 0)
_NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_RANK = {Verdict.DENY: 0, Verdict.APPROVAL: 1, Verdict.ALLOW: 2}


def _call(random: Random, habits: hostile.Habits = _TIDY, tool: str | None = None) -> Call:
    return hostile.call(random, tool or random.choice(hostile.TOOLS), hostile.arguments(random), _NOW, habits)


def _verdict(document: dict[str, Any], call: Call, before: list[Event] | None = None) -> Verdict:
    engine = Gateway(policy_of(document))
    replay(engine, before or [])
    return engine.admit(call).verdict


def _never_more(strict: Verdict, loose: Verdict) -> bool:
    """Whether the stricter answer lets through no more; what is undetermined may be anything."""
    if strict is Verdict.UNDETERMINED:
        return loose is not Verdict.DENY
    return loose is Verdict.UNDETERMINED or _RANK[strict] <= _RANK[loose]


def _with_rules(document: dict[str, Any], tool: str, **added: Any) -> dict[str, Any]:
    """The policy with more rules for a tool that it lists."""
    rules = dict(document["tools"][tool])
    for key, value in added.items():
        rules[key] = [*rules.get(key, []), *value]
    return {**document, "tools": {**document["tools"], tool: rules}}


@_FEW
@given(_RANDOMS, st.sampled_from(["require", "deny_if", "limits", "hide", "all_tools"]), st.booleans())
def test_adding_a_rule_never_allows_more_under_equal_usage(random: Random, what: str, careless: bool) -> None:
    document = hostile.policy(random)
    tool = random.choice(sorted(document["tools"]))
    match what:
        case "hide":
            strict = {**document, "hide": [*document.get("hide", []), random.choice((*hostile.TOOLS, "*"))]}
        case "all_tools":
            limits = [*document.get("all_tools", {"limits": []})["limits"], *hostile.limits(random, 2)]
            strict = {**document, "all_tools": {"limits": limits}}
        case "limits":
            strict = _with_rules(document, tool, limits=hostile.limits(random, 2))
        case _:
            strict = _with_rules(document, tool, **{what: hostile.predicates(random, 2)})
    for _ in range(10):
        call = _call(random, _CARELESS if careless else _TIDY, random.choice((tool, None)))
        assert _never_more(_verdict(strict, call), _verdict(document, call))


@_FEW
@given(_RANDOMS, st.booleans(), st.integers(1, 4))
def test_raising_a_maximum_never_denies_more_under_equal_usage(random: Random, careless: bool, more: int) -> None:
    least = random.choice((1, 2, 3))
    limit = {"counter": "c", "window": "minute"} | random.choice(({}, {"amount_from": "args.amount"}))
    documents = [{"tools": {"t": {"limits": [limit | {"max": maximum}]}}} for maximum in (least, least + more)]
    before: list[Event] = [_call(random, tool="t") for _ in range(4)]
    # Equal usage: only calls that both policies allow came before.
    used = replay(Gateway(policy_of(documents[0])), before)
    allowed = [call for call, decision in zip(before, used, strict=True) if decision.verdict is Verdict.ALLOW]
    call = _call(random, _CARELESS if careless else _TIDY, "t")
    tight, wide = (_verdict(document, call, allowed) for document in documents)
    assert _never_more(tight, wide)


def test_over_a_sequence_a_stricter_policy_may_let_more_through() -> None:
    document = {"tools": {"a": {}, "b": {}}, "all_tools": {"limits": [{"counter": "c", "max": 1, "window": "day"}]}}
    strict = {**document, "tools": {"a": {"action": "deny"}, "b": {}}}
    calls: list[Event] = [Call(tool=tool, args={}, ts="2026-03-01T12:00:00Z", grant="g") for tool in "ab"]
    loose_verdicts, strict_verdicts = (
        [decision.verdict for decision in replay(Gateway(policy_of(one)), calls)] for one in (document, strict)
    )
    assert loose_verdicts == [Verdict.ALLOW, Verdict.DENY]
    assert strict_verdicts == [Verdict.DENY, Verdict.ALLOW]


def test_over_a_sequence_a_higher_maximum_may_deny_more() -> None:
    def document(maximum: int) -> dict[str, Any]:
        limit = {"counter": "c", "max": maximum, "window": "day"}
        return {
            "tools": {"a": {"limits": [limit]}, "b": {}},
            "all_tools": {"limits": [{**limit, "max": 2}]},
        }

    calls: list[Event] = [Call(tool=tool, args={}, ts="2026-03-01T12:00:00Z", grant="g") for tool in "aab"]
    verdicts = [replay(Gateway(policy_of(document(maximum))), calls)[-1].verdict for maximum in (1, 2)]
    assert verdicts == [Verdict.ALLOW, Verdict.DENY]


@_FEW
@given(_RANDOMS)
def test_empty_rules_and_no_rules_are_the_same_under_default_allow(random: Random) -> None:
    document = {**hostile.policy(random), "default": "allow"}
    tools = {name: rules for name, rules in document["tools"].items() if name != "t"}
    absent, empty = {**document, "tools": tools}, {**document, "tools": {**tools, "t": {}}}
    events = list(hostile.trace(random, 20))
    _assert_same(replay(Gateway(policy_of(absent)), events), replay(Gateway(policy_of(empty)), events))


def _assert_same(left: list[Decision], right: list[Decision]) -> None:
    assert [(one.content, one.doubts) for one in left] == [(one.content, one.doubts) for one in right]


@_FEW
@given(_RANDOMS, st.sampled_from(Windows))
def test_a_short_form_and_its_long_form_give_the_same_verdicts(random: Random, windows: Windows) -> None:
    document = hostile.policy(random)
    rate = {"max": random.choice((1, 2)), "window": random.choice(("minute", 20))}
    rules = {key: value for key, value in document["tools"].get("t", {}).items() if key not in {"action", "rate_limit"}}
    denies = random.random() < 0.3
    short = {**rules, "rate_limit": rate} | ({"action": "deny"} if denies else random.choice(({}, {"action": "allow"})))
    long = {**rules, "limits": [*rules.get("limits", []), {**rate, "counter": "rate", "scope": "session"}]}
    if denies:
        long["deny_if"] = [{"conditions": []}]
    events = list(hostile.trace(random, 20))
    verdicts = [
        [
            decision.verdict
            for decision in replay(
                Gateway(policy_of({**document, "tools": {**document["tools"], "t": form}}), windows=windows), events
            )
        ]
        for form in (short, long)
    ]
    assert verdicts[0] == verdicts[1]


@_FEW
@given(_RANDOMS, st.integers(0, 20))
def test_the_replay_of_a_prefix_is_the_prefix_of_the_replay(random: Random, length: int) -> None:
    policy = policy_of(hostile.policy(random))
    events = list(hostile.trace(random, 20))
    calls = sum(isinstance(event, Call) for event in events[:length])
    _assert_same(replay(Gateway(policy), events[:length]), replay(Gateway(policy), events)[:calls])


@_FEW
@given(_RANDOMS)
def test_deciding_does_not_depend_on_the_order_of_keys(random: Random) -> None:
    document = hostile.policy(random)
    events = list(hostile.trace(random, 15))
    turned = [_turned(event) for event in events]
    for engine in (Reference, Gateway):
        plain = replay(engine(policy_of(document)), events)
        _assert_same(replay(engine(policy_of(_reversed(document))), turned), plain)


def _reversed(value: Any) -> Any:
    match value:
        case dict():
            return {key: _reversed(member) for key, member in reversed(value.items())}
        case list():
            return [_reversed(element) for element in value]
        case _:
            return value


def _turned(event: Event) -> Event:
    if isinstance(event, Approval):
        return event
    fields = ("tool", "ts", "session", "grant", "server", "outcome", "args_state", "keys", "redacted")
    return Call(**{name: getattr(event, name) for name in fields}, args=_reversed(event.args))


@_FEW
@given(_RANDOMS)
def test_two_replays_do_not_know_of_each_other_and_change_nothing(random: Random) -> None:
    policy = policy_of(hostile.policy(random))
    events = list(hostile.trace(random, 15))
    before = json.dumps([event.args for event in events if isinstance(event, Call)])
    first, other = Gateway(policy), Gateway(policy)
    once = []
    for event in events:
        if isinstance(event, Approval):
            first.approve(event)
            other.approve(event)
        else:
            once.append(first.admit(event))
            other.admit(event)
    _assert_same(replay(Gateway(policy), events), once)
    assert json.dumps([event.args for event in events if isinstance(event, Call)]) == before
