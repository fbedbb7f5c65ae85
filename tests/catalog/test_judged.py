"""The judged definitions are whole, and are the ones that the script draws from the real catalogs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
JUDGED: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "judged" / "definitions.yaml").read_text("utf-8"))
LABELS: list[dict[str, Any]] = JUDGED["definitions"]
WHICH = ("server", "name", "file", "digest")


def published(kind: str) -> set[str]:
    """The words that the published schema has for a category or a risk."""
    schema = json.loads((ROOT / "schemas" / "catalog.schema.json").read_text("utf-8"))["$defs"][kind]
    return set(schema.get("enum") or [one["const"] for one in schema["oneOf"]])


def test_somebody_answers_for_the_labels() -> None:
    assert JUDGED["judged"] == {"by": "policyctl", "on": "2026-11-25"}


def test_there_are_150_of_them_and_none_is_there_twice() -> None:
    assert len(LABELS) == 150
    assert len({label["digest"] for label in LABELS}) == 150
    assert len({(label["file"], label["server"], label["name"]) for label in LABELS}) == 150


def test_each_catalog_has_at_least_six() -> None:
    sizes = Counter(label["file"] for label in LABELS)
    assert len(sizes) == 12
    assert min(sizes.values()) >= 6


@pytest.mark.parametrize("label", LABELS, ids=lambda label: f"{label['server']}.{label['name']}")
def test_a_label_says_which_tool_what_class_and_why(label: dict[str, Any]) -> None:
    assert [field for field in label if field != "also"] == [*WHICH, "category", "risk", "why"]
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", label["digest"])
    assert label["category"] in published("category")
    assert label["risk"] in published("risk")
    assert re.fullmatch(r"[A-Z].+\.", label["why"])
    also = label.get("also", [label["category"]])
    assert also
    assert set(also) <= published("category")
    assert (label["category"] in also) == ("also" not in label)


def test_they_are_what_the_script_draws(shared_data: Path) -> None:
    script = ROOT / "scripts" / "draw_definitions.py"
    command = [sys.executable, str(script), str(shared_data / "catalogs")]
    lines = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()
    assert [{field: label[field] for field in WHICH} for label in LABELS] == [json.loads(line) for line in lines]


def test_every_catalog_of_the_real_data_is_represented(shared_data: Path) -> None:
    catalogs = {
        path.name for path in (shared_data / "catalogs").glob("*.jsonl") if '"name": ' in path.read_text("utf-8")
    }
    assert {label["file"] for label in LABELS} == catalogs
