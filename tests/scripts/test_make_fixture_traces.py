"""The committed traces are what the script writes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TRACES = ROOT / "fixtures" / "traces"
GENERATED = ("exchange.jsonl", "exchange-gateway-log.jsonl")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("traces")
    script = ROOT / "scripts" / "make_fixture_traces.py"
    subprocess.run([sys.executable, str(script), str(folder)], check=True, env={"PYTHONHASHSEED": "7"})
    return folder


@pytest.mark.parametrize("name", GENERATED)
def test_the_committed_trace_is_what_the_script_writes_byte_for_byte(written: Path, name: str) -> None:
    assert (TRACES / name).read_bytes() == (written / name).read_bytes()


def test_the_gateway_log_keeps_no_value_of_an_argument_that_it_names() -> None:
    lines = [json.loads(line) for line in (TRACES / "exchange-gateway-log.jsonl").read_text("utf-8").splitlines()]
    states = {line.get("args_state") for line in lines}
    assert states == {"keys_only", "hashed", "absent", None}
    assert not any("args" in line for line in lines if line.get("args_state"))
