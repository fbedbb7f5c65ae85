"""Writes a seeded trace and the policies for it: the same seed, the same bytes.

    python benchmarks/generate.py --calls 2000000 --tools 100 --out benchmarks/.work/trace

writes `trace.jsonl`, `policy.json` and, with limits, `policy-limits.json`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from bodies import bodies_of
from policies import GRANTS, draw_tools, policy_of

LIVE_SESSIONS = 1_000
START = datetime(2026, 3, 2, 8, tzinfo=UTC)

#: How often the session of the call before makes the next one too, and how often it then repeats the tool.
BURST, RETRY = 0.3, 0.5

_OUTCOMES = ("ok",) * 18 + ("tool_error", "tool_error", "protocol_error", "unknown")
_BATCH = 20_000


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="write a seeded trace and the policies for it")
    parser.add_argument("--calls", type=int, default=100_000, help="lines of the trace")
    parser.add_argument("--tools", type=int, default=100, help="tools of the policies")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    options = parser.parse_args()
    write(options.out, calls=options.calls, tools=options.tools, seed=options.seed)


def write(folder: Path, *, calls: int, tools: int, seed: int) -> None:
    """All three files; the trace comes last and under its name only when it is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(seed)
    drawn = draw_tools(tools, rng)
    for name, limits in (("policy.json", False), ("policy-limits.json", True)):
        document = policy_of(drawn, limits=limits)
        (folder / name).write_text(json.dumps(document, indent=2) + "\n", "utf-8", newline="\n")
    unfinished = folder / "trace.jsonl.part"
    with open(unfinished, "w", encoding="utf-8", newline="\n", buffering=1 << 20) as file:
        lines = _lines(bodies_of(drawn, rng), rng)
        # A line at a time would cost as much in the writing as in the making.
        sizes = [_BATCH] * (calls // _BATCH) + [calls % _BATCH]
        file.writelines("".join(islice(lines, size)) for size in sizes)
    unfinished.replace(folder / "trace.jsonl")


def _lines(bodies: list[list[str]], rng: Random) -> Iterator[str]:
    """Lines without end: `ts`, who calls, then a body that was rendered before, then what came of it."""
    random, times, sessions, tails = rng.random, _times(rng), _sessions(rng), _tails(rng)
    choices = bodies[0]
    while True:
        name, grant, turn, is_burst = next(sessions)
        if not (is_burst and random() < RETRY):
            choices = bodies[int(random() * len(bodies))]
        body = choices[int(random() * len(choices))]
        call_id = f',"id":"{name}/{turn}"' if random() < 0.5 else ""
        tail = tails[int(random() * len(tails))]
        yield f'{{"ts":"{next(times)}","session":"{name}","grant":"{grant}","server":"bench",{body}{call_id}{tail}\n'


def _times(rng: Random) -> Iterator[str]:
    """RFC 3339 in UTC, about a second apart; the text of a minute is written once."""
    now, random = 0.0, rng.random
    minute, prefix = -1, ""
    while True:
        now += 0.5 + random()
        number, second = divmod(now, 60)
        if number != minute:
            minute, prefix = int(number), f"{START + timedelta(minutes=number):%Y-%m-%dT%H:%M}"
        yield f"{prefix}:{min(second, 59.999):06.3f}Z"


def _sessions(rng: Random) -> Iterator[tuple[str, str, int, bool]]:
    """Who calls next: session, grant, how many calls it made before, and whether it made the last one too."""
    random = rng.random
    live = [[number, 0, int(random() * 200) + 1] for number in range(LIVE_SESSIONS)]
    started, place = LIVE_SESSIONS, 0
    while True:
        is_burst = random() < BURST
        if not is_burst:
            place = int(random() * LIVE_SESSIONS)
        session = live[place]
        number, turn, last = session
        session[1] += 1
        yield f"s-{number:07}", f"agent-{number % GRANTS:02}", turn, is_burst and turn > 0
        if session[1] == last:
            live[place] = [started, 0, 120 + int(random() * 160)]
            started += 1


def _tails(rng: Random) -> list[str]:
    def tail(outcome: str, meta: dict[str, Any]) -> str:
        return f',"outcome":"{outcome}","meta":{json.dumps(meta, separators=(",", ":"))}}}'

    return [
        tail(rng.choice(_OUTCOMES), {"session_kind": "benign", "latency_ms": int(5 + rng.random() * 900)})
        for _ in range(500)
    ]


if __name__ == "__main__":
    main()
