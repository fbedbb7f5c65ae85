"""Intervals of use: no way to complete the times, subjects and arguments of a sequence contradicts a verdict."""

from __future__ import annotations

from itertools import islice, product
from random import Random
from typing import Any

import pytest

from policyctl.engine.gateway import Gateway
from policyctl.engine.ledger import Windows
from policyctl.model.call import Call
from policyctl.model.decision import Verdict

from .build import Event, Reference, approval_of, policy_of, replay

_TIMES = (
    "2026-03-01T12:00:00Z",
    "2026-03-01T12:00:04Z",
    "2026-03-01T12:00:09Z",
    "2026-03-01T12:00:31Z",
    "2026-03-02T12:00:00Z",
)
_DOMAINS: dict[str, tuple[Any, ...]] = {
    "ts": _TIMES,
    "grant": ("g", "h", "new"),
    "session": ("s", "r", "new"),
    "args": ({"a": 1}, {"a": 9}, {"a": 0}, {}),
}


def _document(random: Random) -> dict[str, Any]:
    def limit() -> dict[str, Any]:
        shape: dict[str, Any] = {"counter": "c", "max": random.choice((1, 1, 2, 3)), "window": random.choice((10, 60))}
        if random.random() < 0.3:
            shape |= {"amount_from": "args.a"}
        return shape | random.choice(({}, {"scope": "session"}))

    rules: dict[str, Any] = {"limits": [limit() for _ in range(random.choice((1, 1, 2)))]}
    if random.random() < 0.4:
        rules["deny_if"] = [{"conditions": [{"path": "args.a", "op": "gt", "value": 5}]}]
    if random.random() < 0.3:
        rules["action"] = "require_approval"
    return {"tools": {"t": rules, "u": {}}, "all_tools": {"limits": [limit()] if random.random() < 0.3 else []}}


def _sequence(random: Random) -> tuple[list[Event], list[tuple[int, str]]]:
    """Events, and the facts that are missing: the number of the event, and the field."""
    events: list[Event] = []
    missing: list[tuple[int, str]] = []
    for _ in range(random.randint(2, 6)):
        if random.random() < 0.3:
            events.append(approval_of({"a": 1}, session=random.choice("sr"), expires=random.choice(_TIMES[3:])))
        fields: dict[str, Any] = {
            name: random.choice(domain[:2] if name != "ts" else domain) for name, domain in _DOMAINS.items()
        }
        for name in random.sample(sorted(_DOMAINS), random.choice((0, 0, 1, 1, 2))):
            if len(missing) < 4:
                fields[name] = None
                missing.append((len(events), name))
        events.append(Call(tool=random.choice("tttu"), outcome=random.choice((None, None, "protocol_error")), **fields))
    return events, missing


def _completed(events: list[Event], missing: list[tuple[int, str]], values: tuple[Any, ...]) -> list[Event]:
    facts: dict[int, dict[str, Any]] = {}
    for (number, name), value in zip(missing, values, strict=True):
        facts.setdefault(number, {})[name] = value
    return [_fill(event, facts.get(number, {})) for number, event in enumerate(events)]


def _fill(event: Event, facts: dict[str, Any]) -> Event:
    if not isinstance(event, Call):
        return event
    recorded = {name: getattr(event, name) for name in ("tool", "args", "ts", "session", "grant", "outcome")}
    return Call(**{**recorded, **facts})


@pytest.mark.parametrize("chunk", range(4))
@pytest.mark.parametrize("windows", Windows)
def test_no_completion_of_a_sequence_contradicts_a_verdict(chunk: int, windows: Windows) -> None:
    random = Random(f"usage {chunk} {windows}")
    seen = set()
    for _ in range(120):
        policy = policy_of(_document(random))
        events, missing = _sequence(random)
        verdicts = [decision.verdict for decision in replay(Gateway(policy, windows=windows), events)]
        seen |= set(verdicts)
        domains = [random.sample(_DOMAINS[name], len(_DOMAINS[name])) for _, name in missing]
        for values in islice(product(*domains), 200):
            complete = replay(Reference(policy, windows=windows), _completed(events, missing, values))
            for number, (verdict, decision) in enumerate(zip(verdicts, complete, strict=True)):
                assert verdict in {Verdict.UNDETERMINED, decision.verdict}, (number, policy, events, values)
    assert seen == set(Verdict)
