"""A look at a running replay says what it is doing, and looking leaves nothing behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from policyctl.replay.sampling import STAGES, Sampler, Stage, stage_at, stage_of

FRAME = "import sys\nframe = sys._getframe()\nif inner: exec(inner, names)\n"


def frame_in(*functions: tuple[str, str]) -> FrameType:
    """A frame of the last module and file, called by the one before."""
    namespaces: list[dict[str, Any]] = [{"__name__": module, "inner": None, "names": None} for module, _ in functions]
    codes = [compile(FRAME, file, "exec") for _, file in functions]
    for outer, inner, code in zip(namespaces, namespaces[1:], codes[1:], strict=False):
        outer["inner"], outer["names"] = code, inner
    exec(codes[0], namespaces[0])
    found: FrameType = namespaces[-1]["frame"]
    return found


def test_every_name_of_a_stage_is_a_module() -> None:
    assert [name for name in STAGES if find_spec(name) is None] == []


@pytest.mark.parametrize(
    ("module", "stage"),
    [
        ("policyctl.workspace.stream", Stage.READING),
        ("policyctl.traces.narrow", Stage.DECODING),
        ("policyctl.traces.duplicates", Stage.COUNTING),
        ("policyctl.engine.gateway", Stage.DECIDING),
        ("policyctl.engine.ledger", Stage.LIMITS),
        ("policyctl.replay.plain", Stage.COUNTING),
        ("policyctl.report.simulate.decisions", Stage.WRITING),
        ("policyctl.model.time", None),
        ("policyctl.engineering", None),
        ("json.decoder", None),
        ("", None),
    ],
)
def test_a_module_does_what_the_longest_name_that_fits_says(module: str, stage: Stage | None) -> None:
    assert stage_of(module) is stage


@pytest.mark.parametrize(
    ("functions", "stage"),
    [
        ([("policyctl.replay.fast", "fast.py"), ("policyctl.engine.book", "book.py")], Stage.LIMITS),
        ([("policyctl.traces.decode", "decode.py"), ("json.decoder", "decoder.py")], Stage.DECODING),
        ([("policyctl.engine.counter", "counter.py"), ("policyctl.model.time", "time.py")], Stage.LIMITS),
        ([("policyctl.replay.fast", "fast.py"), ("", "<record 3>")], Stage.DECIDING),
        ([("policyctl.replay.fast", "fast.py"), ("", "<objects>"), ("re", "re.py")], Stage.DECIDING),
    ],
)
def test_the_innermost_function_with_a_stage_says_what_is_done(functions: list[tuple[str, str]], stage: Stage) -> None:
    assert stage_at(frame_in(*functions)) is stage


def test_nothing_of_ours_is_other() -> None:
    assert stage_at(None) is Stage.OTHER


def test_time_is_booked_where_it_is_spent_and_looking_ends_with_the_block() -> None:
    before = signal.getsignal(signal.SIGPROF)
    spin = "from time import process_time\nend = process_time() + 0.15\nwhile process_time() < end: pass\n"
    with Sampler() as sampler:
        exec(compile(spin, "<record 1>", "exec"), {})
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) is before
    assert sampler.samples > 0
    assert max(sampler.seconds, key=lambda stage: sampler.seconds[stage]) is Stage.DECIDING
    assert sum(sampler.seconds.values()) <= sampler.processor


def test_looking_ends_with_a_replay_that_fails_too() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(RuntimeError), Sampler():
        raise RuntimeError
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) is before


def test_every_module_that_decides_or_reads_calls_has_a_stage(repository: Path) -> None:
    (repository / "policy.json").write_text('{"version": "1", "default": "allow"}', "utf-8")
    (repository / "calls.jsonl").write_text('{"tool": "a"}\n', "utf-8")
    program = (
        "import sys, json\nfrom policyctl.cli.main import main\n"
        "main(['simulate', 'calls.jsonl', '--policy', 'policy.json'])\nprint(json.dumps(sorted(sys.modules)))"
    )
    process = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, cwd=repository, check=True
    )
    modules = json.loads(process.stdout.splitlines()[-1])
    parts = ("workspace", "traces", "engine", "replay", "simulate", "report")
    ours = [module for module in modules if module.startswith(tuple(f"policyctl.{part}." for part in parts))]
    assert ours
    assert [module for module in ours if stage_of(module) is None] == []
