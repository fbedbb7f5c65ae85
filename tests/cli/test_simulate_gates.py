"""Bounds on what a run may show, labels of sessions, and which exit code wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Replay

POLICY = {
    "version": "1",
    "default": "allow",
    "tools": {
        "no": {"action": "deny"},
        "ask": {"action": "require_approval"},
        "maybe": {"deny_if": [{"conditions": [{"path": "args.x", "op": "exists", "value": True}]}]},
    },
}


def call(tool: str, decision: Any = None, **fields: Any) -> dict[str, Any]:
    args: Any = None if tool == "maybe" else {}
    return {"tool": tool, "args": args, "decision": decision, **fields}


#: Five calls: two allowed, one denied, one for approval, one undetermined; four are recorded, of which two come out the same.
LINES = [
    call("yes", {"verdict": "allow"}),
    call("yes", {"verdict": "DENY?"}),
    call("no", {"verdict": "denied", "rule": "x"}),
    call("ask", {"verdict": "allowed"}),
    call("maybe", {"verdict": "deny"}),
]

GATES = {
    "max-denied": [("0", 1), ("1", 0), ("19.9%", 1), ("20%", 0), ("0%", 1), ("100%", 0)],
    "max-undetermined": [("0", 4), ("1", 0), ("19%", 4), ("20%", 0)],
    "min-calls": [("4", 0), ("5", 4), ("0", 0)],
    "min-fidelity": [("50%", 0), ("50.1%", 4), ("0%", 0)],
    "max-bad-lines": [("0", 0)],
}


@pytest.mark.parametrize(("gate", "bound", "code"), [(gate, *case) for gate, cases in GATES.items() for case in cases])
def test_a_gate_passes_or_fails_with_its_code(replay: Replay, gate: str, bound: str, code: int) -> None:
    replayed = replay(LINES, f"--{gate}", bound, policy=POLICY)
    assert replayed.code == code
    (row,) = (row for row in replayed.report["gates"] if row["gate"] == gate)
    assert row["passed"] == (code == 0)


@pytest.mark.parametrize(
    ("setting", "code"),
    [("max_denied = 0", 1), ('max_undetermined = "10%"', 4), ("min_calls = 5", 4), ('min_fidelity = "90%"', 4)],
)
def test_a_gate_may_be_configured_and_a_flag_outranks_it(
    replay: Replay, repository: Path, setting: str, code: int
) -> None:
    (repository / "policyctl.toml").write_text(f"[gate]\n{setting}\n")
    assert replay(LINES, policy=POLICY).code == code
    name, _, _ = setting.partition(" = ")
    loose = {"max_denied": "9", "max_undetermined": "9", "min_calls": "0", "min_fidelity": "0%"}
    assert replay(LINES, f"--{name.replace('_', '-')}", loose[name], policy=POLICY).code == 0
    env = {f"POLICYCTL_SIMULATE_{name.upper()}": loose[name]}
    assert replay(LINES, policy=POLICY, env=env).code == 0


def test_denials_alone_exit_with_0(replay: Replay) -> None:
    assert replay([call("no")] * 3, policy=POLICY).code == 0


def test_nothing_decided_exits_with_4_and_nothing_checked_with_3(replay: Replay) -> None:
    assert replay([call("maybe")], policy=POLICY).code == 4
    assert replay([call("maybe"), call("yes")], policy=POLICY).code == 0
    assert replay([], policy=POLICY).code == 3


def test_fidelity_without_recorded_decisions_is_too_thin(replay: Replay) -> None:
    assert replay([call("yes")], "--min-fidelity", "0%", policy=POLICY).code == 4


@pytest.mark.parametrize(
    ("lines", "options", "code"),
    [
        ([*LINES, b"{"], ("--max-denied", "0"), 1),
        ([*LINES, b"{"], ("--max-denied", "1"), 4),
        (LINES, ("--max-denied", "0", "--max-undetermined", "0"), 1),
        ([], ("--min-calls", "1"), 4),
        ([], ("--max-denied", "0"), 3),
        ([], ("--max-denied", "0%", "--max-undetermined", "0%"), 3),
        ([b"{"], (), 4),
        ([b"{"], ("--max-bad-lines", "1"), 3),
    ],
)
def test_the_strongest_code_wins(replay: Replay, lines: Any, options: tuple[str, ...], code: int) -> None:
    assert replay(lines, *options, policy=POLICY).code == code


def labelled(session: str, tool: str, **meta: Any) -> dict[str, Any]:
    return call(tool, session=session, meta=meta)


SESSIONS = [
    labelled("stopped", "yes", bad=True),
    labelled("stopped", "no", bad=True, after_injection_seen=True),
    labelled("touched", "no", bad=True),
    labelled("missed", "yes", bad=True, after_injection_seen=True),
    labelled("held", "ask", bad=True),
    labelled("open", "maybe", bad=True),
    labelled("fine", "yes", kind="benign", done=True),
    labelled("broken", "yes", kind="benign", done=True),
    labelled("broken", "no", kind="benign", done=True),
    labelled("broken", "no", kind="benign", done=True),
    labelled("waits", "ask", kind="benign", done=True),
    labelled("unfinished", "no", kind="benign", done=False),
    labelled("both", "no", bad=True, kind="benign", done=True),
    labelled("neither", "no"),
    call("no"),
]
LABELS = ("--bad", "meta.bad=true", "--good", "meta.kind=benign,meta.done=true")


def test_sessions_are_scored_beside_both_baselines(replay: Replay) -> None:
    labels = replay(SESSIONS, *LABELS, policy=POLICY).report["labels"]
    bad, good = labels["bad"], labels["good"]
    assert (bad["sessions"], bad["stopped"], bad["any_denial"]) == (5, 1, 2)
    assert (good["sessions"], good["broken"]) == (3, 1)
    assert (labels["unlabelled"], labels["both"]) == (2, 1)
    assert labels["baselines"] == {
        "deny_everything": {"stopped": 5, "broken": 3},
        "allow_everything": {"stopped": 0, "broken": 0},
    }
    (example,) = good["examples"]
    assert (example["session"], example["tool"], example["rule"], example["first"]["line"]) == (
        "broken",
        "no",
        "/tools/no/action",
        9,
    )


def test_the_calls_that_serve_an_attack_may_be_named(replay: Replay) -> None:
    labels = replay(SESSIONS, *LABELS, "--attack-call", "tool=no", policy=POLICY).report["labels"]
    assert labels["bad"]["stopped"] == 2
    several = replay(SESSIONS, *LABELS, "--attack-call", "tool=x", "--attack-call", "tool=no", policy=POLICY)
    assert several.report["labels"]["bad"]["stopped"] == 2


@pytest.mark.parametrize(
    ("selector", "meta", "holds"),
    [
        ("meta.x=true", {"x": True}, True),
        ("meta.x=true", {"x": "true"}, True),
        ("meta.x=true", {"x": 1}, False),
        ("meta.x=1", {"x": 1.0}, True),
        ("meta.x=1", {"x": True}, False),
        ("meta.x=null", {"x": None}, False),
        ("meta.x", {"x": None}, False),
        ("meta.x", {"x": False}, False),
        ("meta.x", {"x": 0}, True),
        ("meta.x.y=a b", {"x": {"y": "a b"}}, True),
        ("meta.x.y=a", {"x": "y"}, False),
        ("meta.x=a=b", {"x": "a=b"}, True),
        ("tool=yes", {}, True),
        ("session=s,meta.x=1", {"x": 1}, True),
        ("session=t,meta.x=1", {"x": 1}, False),
    ],
)
def test_a_selector_compares_by_value(replay: Replay, selector: str, meta: Any, holds: bool) -> None:
    labels = replay([labelled("s", "yes", **meta)], "--bad", selector, policy=POLICY).report["labels"]
    assert labels["bad"]["sessions"] == int(holds)
