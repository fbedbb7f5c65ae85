"""Equal input gives equal bytes, whatever the seed of Python's hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent.parent
ARGUMENTS = (
    "simulate",
    "fixtures/traces/exchange.jsonl",
    "fixtures/traces/exchange-gateway-log.jsonl",
    "--policy=fixtures/policies/exchange.json",
    "--catalog=fixtures/tool-catalogs/exchange.json",
    "--bad=meta.attack_success=true",
    "--good=meta.session_kind=benign",
)


def output(seed: str, *options: str) -> bytes:
    environment = os.environ | {"PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "policyctl", *ARGUMENTS, *options]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout


@pytest.mark.parametrize("options", [("--format=text",), ("--format=json",), ("--format=markdown",), ("--stats",)])
def test_a_report_does_not_depend_on_the_hash_seed(options: tuple[str, ...]) -> None:
    first, second = (output(seed, *options) for seed in ("1", "2"))
    assert first == second
    assert first.endswith(b"\n")
