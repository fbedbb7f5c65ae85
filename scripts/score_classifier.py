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
from policyctl.model.catalog import Tool

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
    tool: Callable[[Row], Tool]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How one question of one set came out; a pair is what is given, what is ours, and both it is about."""

    name: str
    title: str
    goal: float | None
    is_flagged: bool
    pairs: tuple[tuple[str, str, Row, Tool], ...]

    @property
    def n(self) -> int:
        return len(self.pairs)

    @property
    def right(self) -> int:
        return sum(given == ours for given, ours, _, _ in self.pairs)

    @property
    def share(self) -> float:
        return self.right / self.n if self.n else 0.0

    @property
    def is_met(self) -> bool:
        return self.goal is None or not self.n or self.share >= self.goal


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


def _or_also(row: Row, tool: Tool) -> str:
    """Our class, unless it is one that the judge found possible too."""
    return row["category"] if _category(tool) in row.get("also", ()) else _category(tool)


OF_JUDGED = (
    Question("category", None, lambda _: True, lambda row: row["category"], lambda _, tool: _category(tool)),
    Question("category, or one that is possible too", 0.93, lambda _: True, lambda row: row["category"], _or_also),
    Question("risk", None, lambda _: True, lambda row: row["risk"], lambda _, tool: str(tool.risk)),
)


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
    for row in document["definitions"] if isinstance(document, dict) else document:
        full = definitions.get((row["server"], row["name"]), row)
        schema, annotations = full.get("inputSchema"), full.get("annotations")
        yield (
            row,
            Tool(
                name=row["name"],
                pointer="",
                description=full.get("description"),
                input_schema=schema if isinstance(schema, dict) else None,
                annotations=annotations if isinstance(annotations, dict) else {},
            ),
        )


def answers(data: Path, half: str, only: str = "") -> Iterator[Answer]:
    """Every question of every set, first without the rows that somebody flagged, then with them."""
    definitions = definitions_in(data / "catalogs")
    wanted = {"all": {True, False}, "development": {True}, "held-out": {False}}[half]
    for labels in sets(definitions):
        path = data / "labels" / f"{labels.name}.jsonl"
        if only not in labels.name or not path.is_file():
            continue
        rows = [row for row in _rows(path) if is_development(row["server"]) in wanted]
        scored = [(row, classify(labels.tool(row), server=row["server"])) for row in rows]
        clean = [(row, tool) for row, tool in scored if not row.get("flags")]
        yield from (_answer(labels.name, question, clean, is_flagged=False) for question in labels.questions)
        if len(clean) < len(scored):
            yield from (_answer(labels.name, question, scored, is_flagged=True) for question in labels.questions)
    if JUDGED.is_file() and only in "judged":
        scored = [
            (row, classify(tool, server=row["server"]))
            for row, tool in judged_rows(JUDGED, definitions)
            if is_development(row["server"]) in wanted
        ]
        yield from (_answer("judged definitions", question, scored, is_flagged=False) for question in OF_JUDGED)


def _answer(name: str, question: Question, rows: Sequence[tuple[Row, Tool]], *, is_flagged: bool) -> Answer:
    asked = ((row, tool) for row, tool in rows if question.asks(row))
    pairs = tuple((question.given(row), question.ours(row, tool), row, tool) for row, tool in asked)
    return Answer(name, question.title, question.goal, is_flagged, pairs)


def told(answer: Answer, *, misses: bool) -> Iterator[str]:
    """The lines of one answer."""
    low, high = wilson(answer.right, answer.n)
    goal = "" if answer.goal is None else f", goal {answer.goal:.0%} {'met' if answer.is_met else 'MISSED'}"
    yield f"  {answer.title}: {answer.right}/{answer.n} = {answer.share:.1%} (95 %: {low:.1%} to {high:.1%}){goal}"
    missed = [pair for pair in answer.pairs if pair[0] != pair[1]]
    for (given, ours), number in sorted(Counter((given, ours) for given, ours, _, _ in missed).items()):
        yield f"    {given} taken for {ours}: {number}"
    for given, ours, row, tool in missed if misses else ():
        why = next((evidence.says for evidence in tool.evidence if evidence.signal != "against"), "")
        yield f"      {row['server']} {row['name']}: {given} / {ours} ({tool.confidence}; {why})"


def main() -> int:
    parser = argparse.ArgumentParser(description="score the classifier against labels of others")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with labels/ and catalogs/")
    parser.add_argument("--half", choices=("all", "development", "held-out"), default="all")
    parser.add_argument("--quiet", action="store_true", help="no misses")
    parser.add_argument("--only", default="", metavar="TEXT", help="sets whose name holds this text")
    parser.add_argument("--gate", action="store_true", help="exit with 1 if a goal is missed")
    options = parser.parse_args()
    if not (options.data / "labels").is_dir():
        print(f"{options.data} has no folder labels/: there is nothing to score against", file=sys.stderr)
        return 3
    is_met, heading = True, ""
    for answer in answers(options.data, options.half, options.only):
        title = f"{answer.name} ({options.half}{', with the flagged rows' if answer.is_flagged else ''})"
        if title != heading:
            print(f"\n{title}" if heading else title)
            heading = title
        print("\n".join(told(answer, misses=not (options.quiet or answer.is_flagged))))
        is_met = is_met and (answer.is_met or answer.is_flagged)
    return int(options.gate and not is_met)


if __name__ == "__main__":
    sys.exit(main())
