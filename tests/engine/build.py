"""Policies and calls as tests write them; every policy goes through the reader, so that names and places are real."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from policyctl.engine.canonical import digest
from policyctl.engine.decide import decide
from policyctl.engine.gateway import Gateway
from policyctl.engine.ledger import LATENESS, Ledger, Windows
from policyctl.model.call import Approval, Call
from policyctl.model.decision import Decision
from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document

_TABLES = Path(__file__).parent / "tables"

Event: TypeAlias = Call | Approval


def policy_of(data: Mapping[str, Any]) -> Policy:
    """The policy that a document with these members is; `version` and `default` may be left out."""
    text = json.dumps({"version": "1", "default": "deny", **data})
    document = read_document("policy.json", text.encode())
    assert isinstance(document, Document), document
    reading = read_policy(document)
    assert reading.policy is not None, reading.diagnostics
    return reading.policy


def one_tool(**rules: Any) -> Policy:
    """A closed policy that lists the tool `t` alone."""
    return policy_of({"tools": {"t": rules}})


def condition(path: str, op: str, value: Any) -> dict[str, Any]:
    return {"path": path, "op": op, "value": value}


def predicate(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {"conditions": list(conditions)}


def approval_of(
    args: Any, *, tool: str = "t", session: str = "s", expires: str = "2030-01-01T00:00:00Z", id: str = "approval"
) -> Approval:
    return Approval(tool=tool, args_digest=digest(args), session=session, expires=expires, id=id)


def table(name: str) -> Any:
    """A table of cases, read with the types of JSON as a policy is."""
    path = _TABLES / f"{name}.yaml"
    document = read_document(path.name, path.read_bytes())
    assert isinstance(document, Document), document
    return document.data


class Reference:
    """The plain loop over a trace: decide, then settle."""

    def __init__(self, policy: Policy, *, windows: Windows = Windows.FIXED, lateness: int = LATENESS) -> None:
        self.policy = policy
        self.ledger = Ledger(policy, windows=windows, lateness=lateness)

    def admit(self, call: Call) -> Decision:
        decision = decide(self.policy, call, self.ledger)
        self.ledger.settle(decision, call)
        return decision


def replay(engine: Reference | Gateway, events: Iterable[Event]) -> list[Decision]:
    """The decisions of the calls among the events."""
    decisions = []
    for event in events:
        if isinstance(event, Approval):
            engine.ledger.approve(event, event.tool)
        else:
            decisions.append(engine.admit(event))
    return decisions


def decide_alone(policy: Policy, call: Call) -> Decision:
    """The answer of both evaluators, which has to be one, to a call that no other precedes."""
    plain = Reference(policy).admit(call)
    compiled = Gateway(policy).admit(call)
    assert (plain.content, plain.doubts) == (compiled.content, compiled.doubts)
    return plain
