"""Simulations in both ways: every line whole and by itself, or many at a time and no further than needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from policyctl.engine.ledger import Windows
from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.replay.routing import Assignment
from policyctl.replay.subjects import grant_declaration
from policyctl.simulate.result import Simulation
from policyctl.simulate.run import Setup, simulate
from policyctl.source.document import Document
from policyctl.source.read import read_document
from policyctl.traces.mapping import parse_map
from policyctl.traces.read import TraceFile


def policy_of(document: Any, name: str = "policy.json") -> Policy:
    """The policy of a document, or of the text of one."""
    text = document if isinstance(document, bytes) else json.dumps(document).encode()
    read = read_document(name, text)
    assert isinstance(read, Document)
    policy = read_policy(read).policy
    assert policy is not None
    return policy


def both(
    policies: dict[str | None, Policy],
    *traces: Path,
    chunk: int = 256 * 1024,
    mapping: str | None = None,
    grant_from: str | None = None,
    windows: Windows = Windows.FIXED,
) -> tuple[Simulation, Simulation]:
    """What comes of a trace, whole lines first."""
    paths = parse_map(mapping) if mapping else None
    declaration = grant_declaration(name=None, source=grant_from)
    plain, fast = (
        simulate(
            Setup(
                assignments=tuple(Assignment(policy, server=server) for server, policy in policies.items()),
                files=tuple(TraceFile(str(trace), paths, chunk=chunk) for trace in traces),
                grant_of=declaration[0] if declaration else None,
                windows=windows,
                whole_lines=whole_lines,
            )
        )
        for whole_lines in (True, False)
    )
    return plain, fast
