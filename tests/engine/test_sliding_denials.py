"""What a replay with fixed windows says of sliding ones is what a replay with sliding windows finds."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from policyctl.engine.gateway import Gateway
from policyctl.engine.ledger import Windows
from policyctl.model.call import Call

from .build import policy_of

_LIMITS = st.fixed_dictionaries(
    {"counter": st.just("c"), "max": st.integers(1, 3), "window": st.sampled_from([5, 60])},
    optional={"scope": st.just("session")},
) | st.fixed_dictionaries(
    {"counter": st.just("a"), "max": st.sampled_from([1, 2.5, 3]), "window": st.just(60)}
    | {"amount_from": st.just("args.n")},
)
_CALLS = st.builds(
    lambda second, amount, session: Call(
        tool="t",
        args={"n": amount},
        grant="g",
        session=session,
        ts=f"2026-01-01T00:{second // 60:02}:{second % 60:02}Z",
    ),
    st.integers(0, 150),
    st.sampled_from([1, 1, 1, 0.5, 2]),
    st.sampled_from(["s", "r"]),
)
_ONE = [Call(tool="t", args={"n": 1}, grant="g", ts="2026-01-01T00:00:00Z")] * 3


@given(limits=st.lists(_LIMITS, min_size=1, max_size=3), calls=st.lists(_CALLS, max_size=20))
@example(limits=[{"counter": "a", "max": 2.5, "window": 60, "amount_from": "args.n"}], calls=_ONE)
@example(limits=[{"counter": "c", "max": 2, "window": 60}] * 400, calls=_ONE)
def test_sliding_denials_are_those_of_a_sliding_replay(limits: list[dict[str, Any]], calls: list[Call]) -> None:
    policy = policy_of({"tools": {"t": {"limits": limits}}})
    fixed, sliding = Gateway(policy), Gateway(policy, windows=Windows.SLIDING)
    denied = Counter[str]()
    for call in sorted(calls, key=lambda call: call.ts or ""):
        fixed.admit(call)
        pointer = sliding.admit(call).pointer
        denied.update(() if pointer is None else (pointer,))
    assert fixed.sliding_denials == denied
