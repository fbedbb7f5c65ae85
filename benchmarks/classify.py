"""Measures how fast tools get their class, against `json.loads` of the same tools.

    python benchmarks/classify.py                        # 5,000 generated tools, 7 rounds
    python benchmarks/classify.py --tools tools.jsonl    # of your own, one a line

A figure is the median of the rounds; the two alternate within one process, pinned to one core. Reading the catalog and
writing it is not in it: that costs the same whether tools get a class or not.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from measure import pin

from policyctl.catalog.classify import classify
from policyctl.model.catalog import Tool

_VERBS = (
    "get",
    "list",
    "search",
    "create",
    "update",
    "send",
    "run",
    "delete",
    "cancel",
    "transfer",
    "approve",
    "restart",
)
_THINGS = (
    "user",
    "order",
    "invoice",
    "ticket",
    "page",
    "branch",
    "pod",
    "secret",
    "message",
    "report",
    "payment",
    "widget",
)
_ENDS = ("", "", "_by_id", "_status", "_history", "_v2", "_for_team")
_PROPERTIES = (
    "id",
    "name",
    "query",
    "limit",
    "amount",
    "currency",
    "path",
    "content",
    "url",
    "action",
    "command",
    "since",
)
_MORE = "It takes the arguments below and answers with a document. See the manual of the server for what else it says. "


def main() -> int:
    parser = argparse.ArgumentParser(description="measure how fast tools get their class")
    parser.add_argument("--tools", type=Path, metavar="FILE", help="tools, one a line as JSON; else generated ones")
    parser.add_argument("--count", type=int, default=5_000, help="how many to generate")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--core", type=int, help="the processor core to use (the last one)")
    options = parser.parse_args()
    pin(options.core)
    lines = options.tools.read_text("utf-8").splitlines() if options.tools else list(generated(options.count))
    tools = [tool_of(json.loads(line)) for line in lines]
    parse, judge = lambda: [json.loads(line) for line in lines], lambda: [classify(tool) for tool in tools]
    judge()
    rounds = [(seconds(judge), seconds(parse)) for _ in range(options.rounds)]
    ratios = sorted(ours / other for ours, other in rounds)
    rate = len(tools) / median(ours for ours, _ in rounds)
    print(f"{len(tools):,} tools, {sum(map(len, lines)):,} characters of JSON")
    print(f"{rate:,.0f} tools a second")
    print(f"{median(ratios):.1f} times as long as json.loads ({ratios[0]:.1f} to {ratios[-1]:.1f})")
    return 0


def generated(count: int) -> list[str]:
    """Tools as servers list them, a few arguments and sentences each; the same ones every time."""
    rng = Random(1)
    return [json.dumps(_tool(rng)) for _ in range(count)]


def _tool(rng: Random) -> dict[str, Any]:
    verb, thing = rng.choice(_VERBS), rng.choice(_THINGS)
    names = rng.sample(_PROPERTIES, rng.randint(0, 8))
    properties = {name: {"type": "string", "description": f"The {name} of the {thing}."} for name in names}
    return {
        "name": f"{verb}_{thing}{rng.choice(_ENDS)}",
        "description": f"{verb.title()}s the {thing} of a customer. {_MORE * rng.randint(0, 4)}",
        "inputSchema": {"type": "object", "properties": properties},
    }


def tool_of(row: dict[str, Any]) -> Tool:
    schema = row.get("inputSchema")
    return Tool(
        row["name"],
        "",
        description=row.get("description"),
        input_schema=schema if isinstance(schema, dict) else None,
        annotations=row.get("annotations") or {},
    )


def seconds(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
