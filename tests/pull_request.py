"""The repository of docs/gate.md, by the script that makes it; scripts are no package that an installed wheel would have."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

_SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "example_pull_request.py"


def _load() -> Callable[[Path], None]:
    spec = importlib.util.spec_from_file_location("example_pull_request", _SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    build: Callable[[Path], None] = module.build
    return build


build = _load()
