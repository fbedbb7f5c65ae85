"""Score the classifier against what others say a tool's class is, each set apart: agreement, its interval, confusion, misses.

    python scripts/score_classifier.py                     # the data beside the project
    python scripts/score_classifier.py --half held-out     # only servers that were not looked at when words were chosen
    python scripts/score_classifier.py --data DIR --quiet  # figures alone

A figure comes with its n and the 95 % interval of Wilson. Sets of labels are small and disagree with each other: a miss is
to be argued, not to be tuned away.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from policyctl.catalog.classify import classify
from policyctl.model.catalog import Category, Risk, Tool

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
JUDGED = ROOT / "tests" / "catalog" / "judged" / "definitions.yaml"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One figure of a set: rows that `asks` picks are answered right where `given` and `ours` say the same."""

    title: str
    goal: float | None
    asks: Callable[[Row], bool]
    given: Callable[[Row], str]
    ours: Callable[[Row, Tool], str]


@dataclass(frozen=True, slots=True)
class LabelSet:
    """One file of labels and what is asked of it."""

    name: str
    label: str
    tool: Callable[[Row], Tool]
    questions: tuple[Question, ...]
    flagged: Callable[[Row], bool] = lambda row: bool(row.get("flags"))


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not n:
        return 0.0, 1.0
    share, square = right / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def is_development(server: str) -> bool:
    """Whether a server belongs to the half that may be looked at while words are chosen."""
    return hashlib.sha256(server.encode()).digest()[0] % 2 == 0


def _category(tool: Tool) -> str:
    return str(tool.category)


def _name_only(row: Row) -> Tool:
    return Tool(name=row["name"], pointer="")


def _described(row: Row) -> Tool:
    return Tool(name=row["name"], pointer="", description=row.get("description"))


def _is_read(category: str) -> str:
    return "Read" if category == "Read" else "not Read"


def sets(definitions: dict[tuple[str, str], Row]) -> tuple[LabelSet, ...]:
    """Every set that is known, with what a tool of it is made from."""

    def without_annotations(row: Row) -> Tool:
        full = definitions.get((row["server"], row["name"]), row)
        schema = full.get("inputSchema")
        return Tool(
            name=row["name"],
            pointer="",
            description=full.get("description") or row.get("description"),
            input_schema=schema if isinstance(schema, dict) else None,
        )

    any_row: Callable[[Row], bool] = lambda _: True  # noqa: E731 - the third of its kind in one table
    return (
        LabelSet(
            "policylayer-tools",
            "category",
            _name_only,
            (
                Question("category", 0.88, any_row, lambda row: row["category"], lambda _, tool: _category(tool)),
                Question(
                    "Destructive or Financial that come out Critical",
                    0.92,
                    lambda row: row["category"] in {"Destructive", "Financial"},
                    lambda _: "Critical",
                    lambda _, tool: str(tool.risk),
                ),
                Question("risk", None, any_row, lambda row: row["risk"], lambda _, tool: str(tool.risk)),
            ),
        ),
        LabelSet(
            "annotations",
            "annotation_class",
            without_annotations,
            (
                Question(
                    "Read or not",
                    0.95,
                    any_row,
                    lambda row: _is_read(row["annotation_class"]),
                    lambda _, tool: _is_read(_category(tool)),
                ),
                Question(
                    "marked destructive and not Read",
                    1.0,
                    lambda row: row["annotation_class"] == "Destructive",
                    lambda _: "not Read",
                    lambda _, tool: _is_read(_category(tool)),
                ),
            ),
        ),
        LabelSet(
            "intercept-policies",
            "category",
            _described,
            (
                Question(
                    "category, without Other",
                    0.85,
                    lambda row: row["category"] != "Other",
                    lambda row: row["category"],
                    lambda _, tool: _category(tool),
                ),
            ),
        ),
        LabelSet(
            "drift-tool-permission",
            "permission",
            _name_only,
            (
                Question(
                    "Read or not",
                    None,
                    any_row,
                    lambda row: _is_read(row["permission"]),
                    lambda _, tool: _is_read(_category(tool)),
                ),
            ),
        ),
    )


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def definitions_in(folder: Path) -> dict[tuple[str, str], Row]:
    """Every tool of the catalogs by server and name."""
    rows = (row for path in sorted(folder.glob("*.jsonl")) for row in _rows(path) if "name" in row)
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        found.setdefault((row["server"], row["name"]), row)
    return found


def judged_rows(path: Path, definitions: dict[tuple[str, str], Row]) -> Iterator[tuple[Row, Tool]]:
    """Definitions that people have judged, with the tool that each is about."""
    import yaml

    document = yaml.safe_load(path.read_text("utf-8"))
    entries = document.get("tools", document.get("definitions", ())) if isinstance(document, dict) else document
    for entry in entries:
        full = {**definitions.get((entry.get("server", ""), entry.get("name", "")), {}), **entry.get("tool", {})}
        schema, annotations = full.get("inputSchema"), full.get("annotations")
        yield (
            entry,
            Tool(
                name=entry["name"],
                pointer="",
                description=full.get("description"),
                input_schema=schema if isinstance(schema, dict) else None,
                annotations=annotations if isinstance(annotations, dict) else {},
            ),
        )


def answer(question: Question, rows: Sequence[tuple[Row, Tool]], *, misses: bool) -> tuple[str, bool]:
    """The lines of one question, and whether it reaches its goal."""
    asked = [(row, tool) for row, tool in rows if question.asks(row)]
    pairs = [(question.given(row), question.ours(row, tool), row, tool) for row, tool in asked]
    right = sum(given == ours for given, ours, _, _ in pairs)
    low, high = wilson(right, len(pairs))
    share = right / len(pairs) if pairs else 0.0
    is_met = question.goal is None or not pairs or share >= question.goal
    goal = "" if question.goal is None else f"   goal {question.goal:.0%} {'met' if is_met else 'MISSED'}"
    lines = [f"  {question.title}: {right}/{len(pairs)} = {share:.1%}   95 % interval {low:.1%} to {high:.1%}{goal}"]
    confusion = Counter((given, ours) for given, ours, _, _ in pairs if given != ours)
    lines += [f"    {given} taken for {ours}: {number}" for (given, ours), number in sorted(confusion.items(), key=str)]
    if misses:
        lines += [f"      {_miss(given, ours, row, tool)}" for given, ours, row, tool in pairs if given != ours]
    return "\n".join(lines), is_met


def _miss(given: str, ours: str, row: Row, tool: Tool) -> str:
    why = tool.evidence[0].says if tool.evidence else ""
    return f"{row.get('server', '')} {row['name']}: {given} / {ours} ({tool.confidence}; {why})"


def main() -> int:
    parser = argparse.ArgumentParser(description="score the classifier against labels of others")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with labels/ and catalogs/")
    parser.add_argument("--half", choices=("all", "development", "held-out"), default="all")
    parser.add_argument("--quiet", action="store_true", help="no misses")
    parser.add_argument("--only", default="", metavar="TEXT", help="sets whose name holds this text")
    parser.add_argument("--gate", action="store_true", help="exit with 1 if a goal is missed")
    options = parser.parse_args()
    if not (options.data / "labels").is_dir():
        print(f"{options.data} has no folder labels/", file=sys.stderr)
        return 3
    definitions = definitions_in(options.data / "catalogs")
    wanted = {"all": {True, False}, "development": {True}, "held-out": {False}}[options.half]
    met: list[bool] = []
    for labels in sets(definitions):
        path = options.data / "labels" / f"{labels.name}.jsonl"
        if options.only not in labels.name or not path.is_file():
            continue
        rows = [row for row in _rows(path) if is_development(row["server"]) in wanted]
        scored = [(row, classify(labels.tool(row), server=row["server"])) for row in rows]
        clean = [(row, tool) for row, tool in scored if not labels.flagged(row)]
        parts = [("", clean)] if len(clean) == len(scored) else [(", unflagged", clean), (", with the flagged", scored)]
        for what, part in parts:
            print(f"{labels.name}{what} ({options.half}, {len(part)} rows)")
            for question in labels.questions:
                text, is_met = answer(question, part, misses=not options.quiet and part is parts[0][1])
                print(text)
                met.append(is_met or part is not clean)
        print()
    if JUDGED.is_file() and options.only in "judged":
        met.append(_judged(definitions, options))
    return int(options.gate and not all(met))


def _judged(definitions: dict[tuple[str, str], Row], options: argparse.Namespace) -> bool:
    scored = [(row, classify(tool, server=row.get("server", ""))) for row, tool in judged_rows(JUDGED, definitions)]
    print(f"judged definitions ({len(scored)} rows)")
    question = Question("category", 0.93, lambda _: True, lambda row: row["category"], lambda _, tool: _category(tool))
    text, is_met = answer(question, scored, misses=not options.quiet)
    print(text)
    risk = Question("risk", None, lambda _: True, lambda row: row["risk"], lambda _, tool: str(tool.risk))
    print(answer(risk, scored, misses=not options.quiet)[0])
    return is_met


assert set(Category) and set(Risk)

if __name__ == "__main__":
    sys.exit(main())
