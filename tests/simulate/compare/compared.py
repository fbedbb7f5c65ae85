"""Comparisons of policies over lines or files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from policyctl.model.policy import Policy
from policyctl.replay.routing import Assignment
from policyctl.replay.subjects import grant_declaration
from policyctl.simulate.compare.change import Change, Standing
from policyctl.simulate.compare.gates import NO_CHANGE_BOUNDS, ChangeBounds
from policyctl.simulate.compare.pairs import ChangeWatcher, Pair
from policyctl.simulate.compare.result import Comparison
from policyctl.simulate.compare.run import Against, compare
from policyctl.simulate.gates import DEFAULT_BOUNDS, Bounds
from policyctl.simulate.labels import Labels
from policyctl.simulate.run import Setup
from policyctl.traces.mapping import parse_map
from policyctl.traces.read import TraceFile
from tests.replay.both import policy_of


def setup_of(
    policies: dict[str | None, Policy],
    traces: Sequence[Path],
    *,
    chunk: int = 256 * 1024,
    mapping: str | None = None,
    grant_from: str | None = None,
    bounds: Bounds = DEFAULT_BOUNDS,
    whole_lines: bool = False,
    **more: Any,
) -> Setup:
    paths = parse_map(mapping) if mapping else None
    declaration = grant_declaration(name=None, source=grant_from)
    return Setup(
        assignments=tuple(Assignment(policy, server=server) for server, policy in policies.items()),
        files=tuple(TraceFile(str(trace), paths, chunk=chunk) for trace in traces),
        grant_of=declaration[0] if declaration else None,
        bounds=bounds,
        whole_lines=whole_lines,
        **more,
    )


def compared(
    base: Any,
    new: Any,
    lines: Sequence[dict[str, Any] | bytes],
    *,
    bounds: Bounds = DEFAULT_BOUNDS,
    changes: ChangeBounds = NO_CHANGE_BOUNDS,
    amounts: tuple[tuple[str, ...], ...] = (),
    show_args: bool = False,
    labels: Labels | None = None,
    watchers: Sequence[ChangeWatcher] = (),
) -> Comparison:
    """What changes for these lines if one policy, a document each, takes the place of another."""
    texts = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    # Reports name a file from the working directory, which must not lie anywhere in particular.
    with TemporaryDirectory() as folder, chdir(folder):
        trace = Path("trace.jsonl")
        trace.write_bytes(b"".join(text + b"\n" for text in texts))
        setup = setup_of({None: policy_of(new, "new.json")}, [trace], bounds=bounds)
        against = Against((Assignment(policy_of(base, "base.json")),), changes, amounts, show_args=show_args)
        return compare(setup, against, labels=labels, watchers=watchers)


class Standings:
    """A watcher that keeps what became of each call."""

    reads = frozenset[str]()

    def __init__(self) -> None:
        self.seen: list[tuple[Change, Standing | None]] = []

    def wants(self, pair: Pair) -> bool:
        del pair
        return True

    def see(self, call: Any, pair: Pair, standing: Standing | None, file: TraceFile, line: int) -> None:
        del call, file, line
        self.seen.append((pair.change, standing))
