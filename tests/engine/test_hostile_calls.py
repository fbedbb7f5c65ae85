"""Nothing that a record can hold makes the engine stumble."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyctl.engine.canonical import digest
from policyctl.engine.gateway import Gateway
from policyctl.engine.ledger import Windows
from policyctl.model.call import Approval, Call
from policyctl.model.decision import Verdict

from . import hostile
from .build import Reference, condition, decide_alone, one_tool, policy_of, predicate

_TEXTS = st.text(max_size=6) | st.sampled_from(["a", "b", "amount", "", "\0", "\ud800", "__class__", "0", "k/~"])
_NUMBERS = st.integers() | st.integers(-(10**400), 10**400) | st.floats(allow_nan=False)
_JSON = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=10,
)
_STATES = st.sampled_from(["full", "absent", "keys_only", "hashed", "unparseable", "", "FULL", "?"])
_MAYBE_TEXT = st.none() | st.text(max_size=30)
_CALLS = st.builds(
    Call,
    tool=st.sampled_from(hostile.TOOLS) | st.text(max_size=5),
    args=_JSON | st.dictionaries(st.sampled_from(["a", "b", "amount", "list", "0"]), _JSON),
    ts=_MAYBE_TEXT | st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
    session=_MAYBE_TEXT,
    grant=_MAYBE_TEXT,
    server=_MAYBE_TEXT,
    outcome=_MAYBE_TEXT | st.just("protocol_error"),
    args_state=st.none() | _STATES,
    keys=st.none() | st.lists(_TEXTS, max_size=3),
    redacted=st.none() | st.lists(_TEXTS | _TEXTS.map(lambda text: f"/{text}") | st.just("/a/b/0/-"), max_size=3),
)
_APPROVALS = st.builds(
    Approval,
    tool=st.sampled_from(hostile.TOOLS),
    args_digest=_TEXTS,
    session=_TEXTS,
    expires=_TEXTS | st.just("2030-01-01T00:00:00Z"),
    id=_TEXTS,
)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**6), st.lists(_CALLS | _APPROVALS, min_size=1, max_size=6), st.sampled_from(Windows))
def test_every_call_gets_one_answer_from_both_evaluators(
    seed: int, events: list[Call | Approval], windows: Windows
) -> None:
    policy = policy_of(hostile.policy(Random(seed)))
    plain, compiled = Reference(policy, windows=windows), Gateway(policy, windows=windows)
    for event in events:
        if isinstance(event, Approval):
            plain.ledger.approve(event, event.tool)
            compiled.approve(event)
        else:
            expected, found = plain.admit(event), compiled.admit(event)
            assert (found.content, found.doubts) == (expected.content, expected.doubts)
            _assert_whole(found.verdict, found.rule, found.pointer, found.causes)


def _assert_whole(verdict: Verdict, rule: str, pointer: str | None, causes: tuple[str, ...]) -> None:
    """What belongs to each verdict, and to no other."""
    match verdict:
        case Verdict.ALLOW:
            assert (rule, pointer, causes) == ("", None, ())
        case Verdict.UNDETERMINED:
            assert (rule, pointer) == ("", None)
            assert causes
        case Verdict.DENY | Verdict.APPROVAL:
            assert rule
            assert pointer
            assert not causes


def _nested(depth: int, innermost: Any, *, lists: bool) -> Any:
    value = innermost
    for _ in range(depth):
        value = [value] if lists else {"a": value}
    return value


@pytest.mark.parametrize("lists", [True, False])
def test_arguments_that_are_100000_deep_are_decided(lists: bool) -> None:
    deep = _nested(100_000, 1, lists=lists)
    constant = _nested(150, 1, lists=lists)
    for op, value, verdict in [
        ("eq", constant, Verdict.DENY),
        ("neq", constant, Verdict.ALLOW),
        ("in", [constant, 1], Verdict.DENY),
        ("contains", constant, Verdict.DENY),
        ("gt", 1, Verdict.DENY),
        ("regex", "", Verdict.DENY),
        ("exists", True, Verdict.ALLOW),
    ]:
        policy = one_tool(require=[predicate(condition("args.x", op, value))])
        assert decide_alone(policy, Call(tool="t", args={"x": deep})).verdict is verdict
        assert decide_alone(policy, Call(tool="t", args={"x": deep}, redacted=["/y"])).verdict is verdict


@pytest.mark.parametrize("lists", [True, False])
def test_a_constant_as_deep_as_a_policy_may_be_is_compared_to_its_last_level(lists: bool) -> None:
    constant, other = (_nested(185, leaf, lists=lists) for leaf in (1, 2))
    for args, redacted, verdict in [
        ({"x": constant}, None, Verdict.ALLOW),
        ({"x": other}, None, Verdict.DENY),
        ({"x": constant}, [f"/x{('/0' if lists else '/a') * 185}"], Verdict.UNDETERMINED),
    ]:
        policy = one_tool(require=[predicate(condition("args.x", "eq", constant))])
        assert decide_alone(policy, Call(tool="t", args=args, redacted=redacted)).verdict is verdict


def test_approved_arguments_may_be_100000_deep() -> None:
    args = {"x": _nested(100_000, 1, lists=True)}
    policy = one_tool(action="require_approval")
    approval = digest(args)
    for engine in (Reference(policy), Gateway(policy)):
        consent = Approval(tool="t", args_digest=approval, session="s", expires="2030-01-01T00:00:00Z", id="i")
        engine.ledger.approve(consent, "t")
        call = Call(tool="t", args=args, session="s", ts="2026-01-01T00:00:00Z")
        assert [engine.admit(call).verdict for _ in range(2)] == [Verdict.ALLOW, Verdict.APPROVAL]


def test_names_that_look_like_code_stay_names() -> None:
    names = ["x0", "v0", "args", "equal", "has", "judge", "__import__('os')", 'a"b', "a'b", "a\nb", "{0}", "#", "\\"]
    for name in names:
        rule = predicate(condition(f"args.{name}", "eq", name), condition(f"args.{name}", "in", [name, "x"]))
        policy = policy_of({"tools": {name: {"require": [rule]}}})
        assert decide_alone(policy, Call(tool=name, args={name: name})).verdict is Verdict.ALLOW
        assert decide_alone(policy, Call(tool=name, args={name: "x"})).verdict is Verdict.DENY
