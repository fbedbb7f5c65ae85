"""How far recorded decisions come out again, and what the others hang on."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.simulate.result import Fidelity, MissCause
from tests.replay.both import policy_of
from tests.simulate.compare.compared import compared

AT = "2026-01-01T00:00:00Z"
POLICY = {
    "version": "1",
    "default": "allow",
    "tools": {
        "few": {"limits": [{"counter": "n", "max": 1, "window": "day"}]},
        "ask": {"action": "require_approval"},
        "no": {"action": "deny"},
        "limits": {"action": "deny"},
    },
}


def call(tool: str, verdict: str, **more: Any) -> dict[str, Any]:
    return {"tool": tool, "args": {}, "ts": AT, "grant": "g", "decision": {"verdict": verdict, **more}}


def fidelity(*calls: dict[str, Any]) -> Fidelity:
    found = compared(POLICY, POLICY, calls).base.fidelity
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("record", "cause"),
    [
        (call("few", "deny"), MissCause.RULE),
        (call("few", "deny", rule="/tools/few/limits/n"), MissCause.LIMIT),
        (call("few", "deny", rule="/tools/few/rate_limit"), MissCause.LIMIT),
        (call("few", "deny", rule="/all_tools/limits/n"), MissCause.LIMIT),
        (call("limits", "allow", rule="/tools/limits/action"), MissCause.RULE),
        (call("ask", "allow"), MissCause.APPROVAL),
        (call("no", "approval"), MissCause.APPROVAL),
        (call("no", "allow"), MissCause.RULE),
        (call("no", "allow", rule=5, policy=7), MissCause.RULE),
        (call("no", "allow", policy="another.json"), MissCause.POLICY),
    ],
)
def test_a_miss_says_what_it_hangs_on(record: dict[str, Any], cause: MissCause) -> None:
    found = fidelity(record)
    assert (found.recorded, found.same, [miss.cause for miss in found.misses]) == (1, 0, [cause])


def test_a_call_over_a_limit_hangs_on_what_the_record_lacks() -> None:
    found = fidelity(call("few", "allow"), call("few", "allow"))
    assert (found.same, found.misses[0].replayed, found.misses[0].cause) == (1, "deny", MissCause.LIMIT)


DIGEST = policy_of(POLICY, "base.json").digest


@pytest.mark.parametrize("name", ["base.json", "base", DIGEST, DIGEST.removeprefix("sha256:"), None])
def test_a_policy_is_known_by_its_file_or_its_digest(name: str | None) -> None:
    assert fidelity(call("no", "deny", policy=name)).policies == ()


def test_decisions_of_another_policy_are_counted_by_its_name_even_if_they_come_out_the_same() -> None:
    found = fidelity(call("no", "deny", policy="b"), call("no", "allow", policy="b"), call("no", "deny", policy="a"))
    assert found.policies == (("b", 2), ("a", 1))
    assert found.same == 2
