"""How fast tools get their class, against `json.loads` of the same tools.

    python benchmarks/run.py --only classify
    python benchmarks/classify.py tools.jsonl    # of your own, one a line

The two alternate within one process. Reading the catalog and writing it is not in it: that costs the same whether tools get
a class or not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from figures import Better, Figure, Setting, Table, ratios
from measure import no_collection, pin
from results import shown
from workloads import measuring

if TYPE_CHECKING:
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


def chapter(setting: Setting) -> Iterator[Table]:
    """Of generated tools."""
    count = 1_000 if setting.quick else 5_000
    name = f"{count:,} tools"
    figures: tuple[Figure, ...] = ()
    if setting.wants("classify", name):
        measuring(f"classes of {name}")
        figures = (_figure(name, generated(count), 3 if setting.quick else 7),)
    yield Table(
        "classify",
        "Classes of tools",
        "A class with its evidence for each tool, in this process, against `json.loads` of the same tools.",
        ("tools/s",),
        "times as long",
        Better.LESS,
        figures,
    )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="measure how fast your tools get their class")
    parser.add_argument("tools", type=Path, metavar="FILE", help="tools, one a line as JSON")
    options = parser.parse_args()
    pin(None)
    figure = _figure("tools", options.tools.read_text("utf-8").splitlines(), 7)
    print(f"{figure.cells[0]} tools a second, {shown(figure)} times as long as json.loads")
    return 0


def _figure(name: str, lines: list[str], rounds: int) -> Figure:
    # A measured process starts as large as the one that starts it: what this needs is imported late.
    from policyctl.catalog.classify import classify

    tools = [_tool_of(json.loads(line)) for line in lines]
    for tool in tools:
        classify(tool)
    with no_collection():
        pairs = [
            (
                _seconds(lambda: [classify(tool) for tool in tools]),
                _seconds(lambda: [json.loads(line) for line in lines]),
            )
            for _ in range(rounds)
        ]
    rate = len(tools) / median(ours for ours, _ in pairs)
    return Figure(name, ratios(pairs), None, (f"{rate:,.0f}",))


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


def _tool_of(row: dict[str, Any]) -> Tool:
    from policyctl.model.catalog import Tool

    schema = row.get("inputSchema")
    return Tool(
        row["name"],
        "",
        description=row.get("description"),
        input_schema=schema if isinstance(schema, dict) else None,
        annotations=row.get("annotations") or {},
    )


def _seconds(job: Callable[[], object]) -> float:
    started = process_time()
    job()
    return process_time() - started


if __name__ == "__main__":
    sys.exit(main())
