"""Two policies over a trace: the quick way comes to what the plain one comes to, whatever stands in it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyctl.engine.ledger import Windows
from policyctl.model.policy import Policy
from policyctl.replay.routing import Assignment
from policyctl.report.compare.decisions import PairLines
from policyctl.simulate.compare.result import Comparison
from policyctl.simulate.compare.run import Against, compare
from policyctl.simulate.labels import Labels
from policyctl.simulate.selector import parse_selector
from tests.recordings import MAPS, REAL, ROOT, SHIPPED
from tests.replay.both import policy_of
from tests.replay.test_fast import CONDITIONS, OTHER, PIECE, POLICY, TRACE, WARM_UP, warm
from tests.simulate.compare.compared import setup_of

Policies = dict[str | None, Policy]

#: As the hostile traces are made for, but for what is asked of some tools and how often they may be called.
CHANGED = policy_of(
    {
        "version": "1",
        "default": "deny",
        "all_tools": {"limits": [{"counter": "all", "max": 7, "window": "hour"}]},
        "tools": {
            "pay": {
                **CONDITIONS,
                "deny_if": [{"conditions": [{"path": "args.to.id", "op": "exists", "value": False}]}],
            },
            "nested": {"limits": [{"counter": "n", "max": 1, "window": "minute", "scope": "session"}]},
            "sum": {"limits": [{"counter": "s", "max": 9, "window": "day", "amount_from": "args.amount"}]},
            "ask": {"deny_if": [{"conditions": [{"path": "args.a.b", "op": "eq", "value": {"c": 2}}]}]},
            "open": {"action": "require_approval"},
            "secret": {},
        },
    },
    "changed.json",
)


def in_both_ways(
    base: Policies,
    new: Policies,
    traces: list[Path],
    *,
    decisions: bool = False,
    show_args: bool = False,
    **options: Any,
) -> list[tuple[Comparison, bytes]]:
    """What comes of a comparison and of its lines, the plain way first."""
    against = Against(
        tuple(Assignment(policy, server=server) for server, policy in base.items()),
        amounts=(("amount",), ("a", "b", "c")),
        show_args=show_args,
    )
    labels = Labels(
        bad=[parse_selector("session=s1", option="--bad")],
        good=[parse_selector("meta.who=m", option="--good")],
        attack=[parse_selector("tool=pay", option="--attack-call")],
    )
    found = []
    for whole_lines in (True, False):
        out = BytesIO()
        setup = setup_of(new, traces, whole_lines=whole_lines, **options)
        lines = [PairLines(out, show_args=show_args)] if decisions else []
        found.append(
            (compare(setup, against, labels=labels.afresh() if decisions else None, watchers=lines), out.getvalue())
        )
    return found


def check(content: bytes, base: Policies, new: Policies, **options: Any) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        path.write_bytes(content)
        plain, fast = in_both_ways(base, new, [path], chunk=PIECE, **options)
    assert fast == plain


@given(TRACE)
@settings(max_examples=300)
def test_any_trace(lines: list[bytes]) -> None:
    check(warm(lines), {None: POLICY}, {None: CHANGED})


@given(TRACE, st.booleans())
def test_any_trace_with_every_decision_and_a_score(lines: list[bytes], show_args: bool) -> None:
    check(warm(lines), {None: POLICY}, {None: CHANGED}, decisions=True, show_args=show_args)


@given(TRACE)
def test_any_trace_under_the_policies_of_several_servers(lines: list[bytes]) -> None:
    check(warm(lines), {"bank": POLICY, "shop": OTHER}, {"bank": CHANGED, "shop": POLICY})


@given(TRACE, st.sampled_from(["session", "meta.who", "file"]))
def test_any_trace_with_declared_grants(lines: list[bytes], place: str) -> None:
    check(warm(lines), {None: OTHER}, {None: CHANGED}, grant_from=place)


@given(TRACE)
def test_any_trace_in_sliding_windows(lines: list[bytes]) -> None:
    check(warm(lines), {None: POLICY}, {None: CHANGED}, windows=Windows.SLIDING)


@given(TRACE)
def test_any_trace_twice_over(lines: list[bytes]) -> None:
    check(warm([*lines, *lines]), {None: CHANGED}, {None: OTHER})


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("chunk", [PIECE, 20_000])
def test_a_shipped_trace(name: str, chunk: int) -> None:
    file = ROOT / "fixtures/policies" / SHIPPED[name]
    policy, trace = policy_of(file.read_bytes(), file.name), ROOT / "fixtures/traces" / f"{name}.jsonl"
    for base, new in ((policy, OTHER), (CHANGED, policy)):
        plain, fast = in_both_ways(
            {None: base}, {None: new}, [trace], decisions=True, chunk=chunk, mapping=MAPS.get(name)
        )
        assert fast == plain


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("chunk", [2_000, 50_000])
def test_a_real_trace(shared_data: Path, name: str, chunk: int) -> None:
    policy = policy_of((ROOT / "tests/real/policies" / f"{name}.json").read_bytes())
    trace = shared_data / "traces" / f"{name}.jsonl"
    for decisions in (True, False):
        plain, fast = in_both_ways({None: OTHER}, {None: policy}, [trace], decisions=decisions, chunk=chunk)
        assert fast == plain


def test_the_hostile_traces_are_about_something() -> None:
    """Among the calls that every one of them starts with are those that change, in several ways."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        path.write_bytes((warm([]) + b"\n") * 3)
        [_, (found, _)] = in_both_ways({None: POLICY}, {None: CHANGED}, [path], chunk=PIECE)
    assert found.calls == 3 * len(WARM_UP)
    assert len([row for row in found.changes if row.calls]) >= 5
