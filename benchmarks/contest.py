"""Decides calls with one other engine and with policyctl, in turn, in one process; prints what came of it as JSON.

    python benchmarks/contest.py jsonschema-rs --trace DIR/trace.jsonl --policy DIR/policy.json

Both get the arguments of a call as Python decoded them, and a function for its tool; each answer of the other engine
is compared with the reference evaluator's first. A tool whose rules the engine has no words for is left out, for both.
"""

from __future__ import annotations

import argparse
import json
import site
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any

from peers.expression import InexpressibleError
from peers.table import BY_NAME, Peer

from policyctl.engine.compile import compile_policy
from policyctl.engine.decide import decide
from policyctl.engine.ledger import Ledger
from policyctl.model.call import Call
from policyctl.model.decision import Verdict
from policyctl.model.policy import Policy, ToolRules
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document

Args = dict[str, Any]
Engine = Callable[[Args], Any]

#: Seconds of one engine in one round.
_SHORTEST = 0.2
#: So many calls are timed: they stay near the processor, as arguments do that were decoded a moment ago.
_TIMED = 1_000


@dataclass(frozen=True, slots=True)
class Question:
    """A call with the function of each side for its tool."""

    tool: str
    args: Args
    ours: Engine
    other: Engine


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="decide calls with another engine and with policyctl, in turn")
    parser.add_argument("peer", choices=list(BY_NAME))
    parser.add_argument("--trace", type=Path, required=True)
    parser.add_argument("--policy", type=Path, required=True)
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--site", metavar="DIR", help="the site-packages that hold the other engine")
    options = parser.parse_args()
    if options.site:
        site.addsitedir(options.site)
    print(json.dumps(contest(BY_NAME[options.peer], options)))
    return 0


def contest(peer: Peer, options: argparse.Namespace) -> dict[str, Any]:
    """What one engine does against ours."""
    policy = read(options.policy)
    engines, reasons = engines_of(policy, import_module(f"peers.{peer.module}").engine)
    calls = [call for call in calls_of(options.trace, options.calls) if call.tool in engines]
    branches, _ = compile_policy(policy)
    ours = {tool: judge for tool in engines if (judge := branches[tool].judge) is not None}
    questions = [Question(call.tool, call.args, ours[call.tool], engines[call.tool]) for call in calls]
    wrong = disagreements(policy, calls, questions)
    return {
        "version": version(peer.distribution),
        "tools": len(engines),
        "of": len(policy.tools),
        "reasons": reasons,
        "calls": len(calls),
        "disagreements": len(wrong),
        "first": wrong[:1],
        "rounds": rounds_of(questions[:_TIMED], options.rounds),
    }


def read(path: Path) -> Policy:
    """A policy that is known to be right."""
    document = read_document(path.name, path.read_bytes())
    assert isinstance(document, Document)
    policy = read_policy(document).policy
    assert policy is not None
    return policy


def engines_of(policy: Policy, engine: Callable[[ToolRules], Engine]) -> tuple[dict[str, Engine], list[str]]:
    """The other engine for each tool, and why some have none."""
    engines: dict[str, Engine] = {}
    reasons: dict[str, None] = {}
    for name, rules in policy.tools.items():
        try:
            engines[name] = engine(rules)
        except InexpressibleError as reason:
            reasons[str(reason)] = None
    return engines, list(reasons)


def calls_of(trace: Path, count: int) -> list[Call]:
    """The first calls of a trace."""
    with open(trace, "rb") as lines:
        rows = [json.loads(line) for line in islice(lines, count)]
    return [Call(tool=row["tool"], args=row["args"]) for row in rows]


def disagreements(policy: Policy, calls: Sequence[Call], questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Calls that either side decides otherwise than the reference evaluator."""
    usage = Ledger(policy)
    wrong = []
    for call, question in zip(calls, questions, strict=True):
        is_allowed = decide(policy, call, usage).verdict is Verdict.ALLOW
        answers = (question.ours(call.args).verdict is Verdict.ALLOW, question.other(call.args))
        if answers != (is_allowed, is_allowed):
            wrong.append({"tool": call.tool, "args": call.args, "reference": is_allowed, "answers": answers})
    return wrong


def rounds_of(questions: Sequence[Question], rounds: int) -> list[tuple[float, float]]:
    """Decisions a second of both sides, round by round, the first changing; each repeats its calls until a while is over."""
    ours = [(question.ours, question.args) for question in questions]
    other = [(question.other, question.args) for question in questions]
    mine, its = repeats(ours), repeats(other)
    pairs = []
    for number in range(rounds):
        if number % 2:
            second = rate(other, its)
            pairs.append((rate(ours, mine), second))
        else:
            pairs.append((rate(ours, mine), rate(other, its)))
    return pairs


def repeats(work: Sequence[tuple[Engine, Args]]) -> int:
    """How often to go through the calls so that it takes long enough to measure."""
    return max(1, round(_SHORTEST * rate(work, 1) / len(work)))


def rate(work: Sequence[tuple[Engine, Args]], times: int) -> float:
    """Decisions a second of processor time."""
    start = process_time()
    for _ in range(times):
        for engine, args in work:
            engine(args)
    return times * len(work) / (process_time() - start)


if __name__ == "__main__":
    sys.exit(main())
