"""A scheduler's workers come to the same as one process, also if one of them is lost in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from policyctl.errors import PolicyctlError
from policyctl.replay.cluster import workers
from policyctl.replay.fast import FastReplay
from policyctl.replay.map_range import Job
from policyctl.replay.plain import Replay
from policyctl.replay.routing import Assignment
from policyctl.replay.spread import Crew, spread
from policyctl.traces.read import TraceFile
from policyctl.workspace.ranges import Source
from tests.replay.test_fast import POLICY, warm
from tests.replay.test_hostile import _usual
from tests.replay.test_spread import _told

pytest.importorskip("distributed", reason="the extra `scale` is not installed")

_PATIENCE = 60


class _Cluster:
    """A scheduler on the loopback interface and its workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self._start(
            "dask_scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard", f"--scheduler-file={self._file}"
        )
        deadline = time.monotonic() + _PATIENCE
        while not self._file.exists():
            assert time.monotonic() < deadline, "the scheduler did not start"
            time.sleep(0.05)
        self.address: str = json.loads(self._file.read_text())["address"]
        self.add_worker()
        self.add_worker()

    def add_worker(self) -> subprocess.Popen[bytes]:
        options = ("--no-nanny", "--no-dashboard", "--nthreads=1", "--host=127.0.0.1", "--memory-limit=0")
        return self._start("dask_worker", self.address, *options, f"--local-directory={self._folder}")

    def _start(self, module: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *options]
        with open(self._folder / "log", "ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder)
        self.processes.append(process)
        return process

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Cluster]:
    started = _Cluster(tmp_path_factory.mktemp("cluster"))
    from distributed import Client

    client: Any = Client(started.address)  # type: ignore[no-untyped-call]
    client.wait_for_workers(2, timeout=_PATIENCE)
    client.close()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("trace") / "trace.jsonl"
    path.write_bytes(warm([*_usual(3_000), b"no call", *_usual(10)]))
    return path


def _opened(path: Path) -> tuple[Replay, TraceFile, Job]:
    assignments = (Assignment(POLICY),)
    file = TraceFile(str(path))
    source = Source.of(file.stream)
    assert source is not None
    return Replay(assignments), file, Job(source, (assignments,))


def _whole(path: Path) -> dict[str, Any]:
    replay, file, _ = _opened(path)
    FastReplay(replay).run(file)
    return _told(replay, file)


def test_workers_come_to_the_same(cluster: _Cluster, trace: Path) -> None:
    replay, file, job = _opened(trace)
    with workers(job, cluster.address) as crew:
        spread(FastReplay(replay), file, job.source, lambda: crew, length=20_000)
    assert _told(replay, file) == _whole(trace)


class _Deadly(Executor):
    """Kills a worker after some tasks."""

    def __init__(self, executor: Executor, victim: subprocess.Popen[bytes]) -> None:
        self._executor = executor
        self._victim = victim
        self._tasks = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self._tasks += 1
        if self._tasks == 8:
            os.kill(self._victim.pid, signal.SIGKILL)
        return self._executor.submit(fn, *args, **kwargs)


def test_a_worker_that_is_lost_costs_a_retry(cluster: _Cluster, trace: Path) -> None:
    victim = cluster.processes[1]
    replay, file, job = _opened(trace)
    with workers(job, cluster.address) as crew:
        hands = Crew(_Deadly(crew.executor, victim), crew.size, crew.token, crew.result)
        spread(FastReplay(replay), file, job.source, lambda: hands, length=20_000)
    assert victim.wait(_PATIENCE) == -signal.SIGKILL
    assert _told(replay, file) == _whole(trace)


def test_a_file_that_changes_is_no_evidence_there_either(cluster: _Cluster, tmp_path: Path, trace: Path) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_bytes(trace.read_bytes())
    replay, file, job = _opened(path)
    with open(path, "ab") as more:
        more.write(b"\n")
    with pytest.raises(PolicyctlError, match="changed while it was read"), workers(job, cluster.address) as crew:
        spread(FastReplay(replay), file, job.source, lambda: crew, length=20_000)
    file.stream.close()


def test_a_job_of_another_version_is_refused_by_whoever_comes_later(trace: Path) -> None:
    from dataclasses import replace

    from policyctl.replay.map_range import start

    _, file, job = _opened(trace)
    with pytest.raises(PolicyctlError, match=r"the job is from 0\.0\.0"):
        start(replace(job, version="0.0.0"))
    file.stream.close()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "ftp://127.0.0.1:9"])
def test_where_no_scheduler_answers(trace: Path, address: str) -> None:
    _, file, job = _opened(trace)
    with pytest.raises(PolicyctlError, match="no scheduler answers"), workers(job, address):
        pass
    file.stream.close()


def _simulate(trace: Path, *words: str, path: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    (trace.parent / "policy.json").write_text(
        '{"version": "1", "default": "deny", "tools": {"pay": {}, "open": {"limits": [{"counter": "n", "max": 5, '
        '"window": "hour", "scope": "session"}]}}}'
    )
    command = [sys.executable, "-P", "-m", "policyctl", "simulate", trace.name, "--stats", *words]
    env = os.environ | ({} if path is None else {"PYTHONPATH": str(path)})
    return subprocess.run(command, cwd=trace.parent, env=env, capture_output=True, check=False)


def test_the_command_says_the_same_with_a_scheduler(cluster: _Cluster, trace: Path) -> None:
    alone = _simulate(trace, "--jobs=1")
    spread_out = _simulate(trace, "--scheduler", cluster.address)
    assert (spread_out.returncode, spread_out.stdout, spread_out.stderr) == (4, alone.stdout, alone.stderr)


def test_without_the_extra_the_command_names_it(trace: Path, tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError")
    done = _simulate(trace, "--scheduler=tcp://127.0.0.1:9", path=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"pip install 'policyctl[scale]'" in done.stderr
