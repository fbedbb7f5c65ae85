"""Each side of a comparison is the simulation that it would be alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given

from policyctl.model.policy import Policy
from policyctl.replay.routing import Assignment
from policyctl.simulate.compare.result import Comparison
from policyctl.simulate.compare.run import Against, compare
from policyctl.simulate.run import simulate
from tests.recordings import MAPS, REAL, ROOT, SHIPPED
from tests.replay.both import policy_of
from tests.replay.test_fast import OTHER, POLICY, TRACE, warm
from tests.simulate.compare.compared import setup_of

Policies = dict[str | None, Policy]


def check(base: Policies, new: Policies, *traces: Path, **options: Any) -> Comparison:
    """Compares, and holds both sides against simulations of their own."""
    against = Against(tuple(Assignment(policy, server=server) for server, policy in base.items()))
    found = compare(setup_of(new, traces, **options), against)
    alone = simulate(setup_of(base, traces, **options)), simulate(setup_of(new, traces, **options))
    # Whether lines could be read is asked once.
    assert found.base == replace(alone[0], gates=(), code=found.base.code)
    assert found.new == alone[1]
    assert sum(row.calls for row in found.changes) == found.calls == alone[0].coverage.calls
    return found


@pytest.mark.parametrize("name", SHIPPED)
def test_of_a_shipped_trace(name: str) -> None:
    file = ROOT / "fixtures/policies" / SHIPPED[name]
    policy = policy_of(file.read_bytes(), file.name)
    trace = ROOT / "fixtures/traces" / f"{name}.jsonl"
    found = check({None: OTHER}, {None: policy}, trace, mapping=MAPS.get(name))
    assert found.base.policies != found.new.policies


@pytest.mark.parametrize("name", REAL)
def test_of_a_real_trace(shared_data: Path, name: str) -> None:
    policy = policy_of((ROOT / "tests/real/policies" / f"{name}.json").read_bytes())
    check({None: policy}, {None: OTHER}, shared_data / "traces" / f"{name}.jsonl")


def test_of_several_traces_merged_by_time() -> None:
    traces = [ROOT / "fixtures/traces" / f"{name}.jsonl" for name in ("exchange", "exchange-gateway-log")]
    files = [ROOT / "fixtures/policies" / name for name in ("exchange.json", "exchange-next.json")]
    base, new = (policy_of(file.read_bytes(), file.name) for file in files)
    check({None: base}, {None: new}, *traces)


def check_lines(lines: list[bytes], base: Policies, new: Policies, **options: Any) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        path.write_bytes(warm(lines))
        check(base, new, path, chunk=1_000, **options)


@given(TRACE)
def test_of_any_trace(lines: list[bytes]) -> None:
    check_lines(lines, {None: POLICY}, {None: OTHER})


@given(TRACE)
def test_of_any_trace_under_the_policies_of_several_servers(lines: list[bytes]) -> None:
    check_lines(lines, {"bank": POLICY, "shop": OTHER}, {"bank": OTHER, "shop": POLICY}, grant_from="session")


@given(TRACE)
def test_a_policy_beside_itself_changes_nothing(lines: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        path.write_bytes(warm(lines))
        found = check({None: POLICY}, {None: POLICY}, path)
    assert {row.change for row in found.changes if row.calls} <= {"unchanged", "undetermined"}
    assert found.is_same
    assert (found.rules, found.limits, found.amounts) == ((), (), ())
