"""Policies, calls in their order, and what each one is answered (language §1, §3, §4, §5), for both evaluators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from policyctl.engine.decide import STAGES
from policyctl.engine.gateway import Gateway
from policyctl.engine.ledger import LATENESS, Windows
from policyctl.model.call import Call
from policyctl.model.decision import Decision

from .build import Reference, approval_of, policy_of, table

_TABLES = ("order", "approvals", "limits", "unknown")
_EXPECTED = ("verdict", "rule", "pointer", "message", "limits", "causes", "facts")


def _cases() -> Iterator[Any]:
    for name in _TABLES:
        content = table(name)
        for case in content["cases"]:
            yield pytest.param({"calls_have": content["calls_have"], **case}, id=f"{name}: {case['name']}")


def _seen(decision: Decision) -> dict[str, Any]:
    return {
        "verdict": str(decision.verdict),
        "rule": decision.rule,
        "pointer": decision.pointer,
        "message": decision.message,
        "limits": [limit.pointer for limit in decision.limits],
        "causes": list(decision.causes),
        "facts": [doubt.fact for doubt in decision.doubts],
    }


@pytest.mark.parametrize("engine", [Reference, Gateway])
@pytest.mark.parametrize("case", list(_cases()))
def test_each_call_is_answered_as_the_table_says(case: dict[str, Any], engine: type[Reference | Gateway]) -> None:
    windows, lateness = Windows(case.get("windows", "fixed")), case.get("lateness", LATENESS)
    evaluator = engine(policy_of(case["policy"]), windows=windows, lateness=lateness)
    for number, row in enumerate(case["calls"]):
        if "approve" in row:
            consent = approval_of(**row["approve"], id=f"approval {number}")
            evaluator.ledger.approve(consent, consent.tool)
            continue
        expected = {key: value for key, value in row.items() if key in _EXPECTED}
        call = {key: value for key, value in row.items() if key not in _EXPECTED and key != "times"}
        assert expected, "a row without an expectation tests nothing"
        for _ in range(row.get("times", 1)):
            seen = _seen(evaluator.admit(Call(**{**case["calls_have"], **call})))
            assert {key: seen[key] for key in expected} == expected, f"row {number}: {row}"


def test_the_stages_stand_in_the_order_of_the_language() -> None:
    names = [stage.name for stage in STAGES]
    assert names == ["hidden", "unlisted", "action", "unmet", "forbidden", "approval", "exhausted"]
    assert all(stage.evidence for stage in STAGES)
