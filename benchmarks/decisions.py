"""Decisions a second beside other engines with the same policies, each in a process with policyctl, in turn."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from figures import Better, Figure, Setting, Table
from measure import RunError, run
from peers.table import PEERS, Peer
from workloads import HERE, WORK, line, measuring, trace

TOOLS = 100
_REQUIREMENTS = HERE / "peers" / "requirements.txt"
_HOME = WORK / "peers"
_PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes")


def chapter(setting: Setting) -> Iterator[Table]:
    """Every engine that can be installed; the others with the reason why not."""
    figures, notes = [], []
    wanted = [peer for peer in PEERS if setting.wants("decisions", peer.name) and (peer.goal or not setting.quick)]
    home = _installed() if wanted else None
    folder = trace(tools=TOOLS, calls=100_000)
    for peer in wanted:
        measuring(f"decisions beside {peer.name}")
        try:
            found = _contest(peer, folder, home, setting)
        except RunError as failure:
            notes.append(f"{peer.name} is left out: {str(failure).strip().splitlines()[-1]}")
            continue
        figures.append(_figure(peer, found))
        if found["disagreements"]:
            notes.append(f"{peer.name} decides {found['disagreements']} of {found['calls']:,} calls otherwise.")
        if found["tools"] < found["of"]:
            notes.append(
                f"{peer.name} has no words for {', '.join(found['reasons'])}: both sides are measured on the "
                f"{found['tools']} tools of {found['of']} that it can decide."
            )
    yield Table(
        "decisions",
        "Decisions beside other engines",
        f"The same policies of {TOOLS} tools, without limits, each engine in the shape that suits it best: a function for each "
        "tool, looked up by its name. Arguments are decoded already; what an engine makes of them on its way is its own affair. "
        "One process, by processor time, in turn. Each answer was compared with the reference evaluator's.",
        ("version", "shape", "lacks", "thousand/s", "ours", "calls that agree"),
        "times as many",
        Better.MORE,
        tuple(figures),
        notes=tuple(notes),
    )


def _figure(peer: Peer, found: dict[str, Any]) -> Figure:
    ours, its = (median(side) / 1e3 for side in zip(*found["rounds"], strict=True))
    agreed = f"{found['calls'] - found['disagreements']:,} of {found['calls']:,}"
    cells = (found["version"], peer.shape, peer.lacks, f"{its:,.0f}", f"{ours:,.0f}", agreed)
    return Figure(peer.name, tuple(mine / other for mine, other in found["rounds"]), peer.goal, cells)


def _contest(peer: Peer, folder: Path, home: Path | None, setting: Setting) -> dict[str, Any]:
    out = WORK / "contest.json"
    calls, rounds = (2_000, 5) if setting.quick else (10_000, 5)
    options = ["--calls", str(calls), "--rounds", str(rounds), *(["--site", str(home)] if home else [])]
    files = line("--trace", folder / "trace.jsonl", "--policy", folder / "policy.json")
    run(line(sys.executable, HERE / "contest.py", peer.name, *files, *options), out=out)
    found: dict[str, Any] = json.loads(out.read_text("utf-8").splitlines()[-1])
    return found


def _installed() -> Path | None:
    """Where the engines are; None if there can be no environment for them, so that each says what it lacks."""
    try:
        return install()
    except (OSError, subprocess.CalledProcessError) as trouble:
        print(f"other engines cannot be installed: {trouble}", file=sys.stderr)
        return None


def install() -> Path:
    """The site-packages of an environment with all engines that can be had; made once for the requirements as they are."""
    stamp, asked = _HOME / "requirements", _REQUIREMENTS.read_text("utf-8")
    python = _HOME / "bin" / "python"
    if not (stamp.exists() and stamp.read_text("utf-8") == asked):
        print("installing other engines", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", _HOME], check=True)
        if subprocess.run(line(python, *_PIP, "-r", _REQUIREMENTS), stderr=subprocess.DEVNULL, check=False).returncode:
            _install_one_by_one(python, asked)
        stamp.write_text(asked, "utf-8")
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.run([python, "-c", query], check=True, capture_output=True, text=True).stdout.strip())


def _install_one_by_one(python: Path, requirements: str) -> None:
    """What can be had, where not all can: who lacks something says so when it is started."""
    for entry in entries(requirements):
        single = WORK / "requirement.txt"
        single.write_text(entry, "utf-8")
        words = line(python, *_PIP, "-r", single)
        if subprocess.run(words, stderr=subprocess.DEVNULL, check=False).returncode:
            print(f"not to be had: {entry.split()[0]}", file=sys.stderr)


def entries(requirements: str) -> list[str]:
    """Each requirement with its hashes."""
    return [entry + "\n" for entry in re.split(r"\n(?=[a-zA-Z0-9])", requirements.strip())]
