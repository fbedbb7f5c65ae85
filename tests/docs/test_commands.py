"""The commands on the hand-written pages run as they are written."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = ("fixtures/README.md", "docs/traces.md")


def commands(page: str) -> Iterator[list[str]]:
    text = (ROOT / page).read_text("utf-8").replace("\\\n", " ")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ policyctl "):
                yield shlex.split(line)[2:]


@pytest.mark.parametrize(
    "words", [words for page in PAGES for words in commands(page)], ids=lambda words: " ".join(words[:2])
)
def test_a_command_of_a_page_runs(run: Any, words: list[str]) -> None:
    result = run(words, cwd=ROOT)
    assert (result.code, result.stderr) == (0, "")
    assert "checked 1 policy" in result.stdout.splitlines()[-1]
