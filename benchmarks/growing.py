"""Commands over catalogs of growing size, against a process that only parses the same files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from figures import Better, Figure, Table, ratios
from measure import in_turn
from workloads import line, started

ROUNDS = 3
_PARSER = "import json, sys; [json.loads(open(name, encoding='utf-8').read()) for name in sys.argv[1:]]"


def figure(name: str, tools: int, command: Sequence[str], files: Sequence[Path]) -> Figure:
    """One size; findings are no failure."""
    parse = line(sys.executable, "-c", _PARSER, *files)
    pairs = in_turn(ROUNDS, lambda: started(command, allowed=frozenset({0, 1})), lambda: started(parse))
    ours, other = (median(run.cpu for run in side) for side in zip(*pairs, strict=True))
    mebibytes = sum(file.stat().st_size for file in files) / 2**20
    cells = (f"{mebibytes:.1f} MiB", f"{ours:.2f} s", f"{other:.3f} s", f"{ours / tools * 1e3:.2f} ms")
    return Figure(name, ratios([(mine.cpu, its.cpu) for mine, its in pairs]), None, cells)


def table(key: str, title: str, text: str, figures: Sequence[Figure]) -> Table:
    """All sizes."""
    columns = ("files", "seconds", "json.loads", "per tool")
    return Table(key, title, text, columns, "times as long", Better.LESS, tuple(figures))
