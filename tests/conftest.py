"""What every test may ask for: a run of the command line, and the real data where it is there."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import settings
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

# Typer decides about terminal output when it is imported.
os.environ["_TYPER_FORCE_DISABLE_TERMINAL"] = "1"

# A shared machine may be slow at any moment; and a submission is not to fail by an input that its author never saw.
settings.register_profile("house", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"

_SCRUBBED = ("CI", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "PY_COLORS", "TERM", "LINES")
_SCRUBBED_PREFIXES = ("GITHUB_", "GITLAB_", "POLICYCTL_", "_POLICYCTL_", "GIT_")


@dataclass(frozen=True, slots=True)
class Result:
    """What a run of the command line left behind; `raw` is standard output before decoding."""

    code: int
    stdout: str
    stderr: str
    raw: bytes


Run: TypeAlias = Callable[..., Result]


def pytest_report_header() -> str:
    import policyctl

    return f"policyctl {policyctl.__version__} from {Path(policyctl.__file__).parent}"


@pytest.fixture(autouse=True)
def scrubbed_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in tuple(os.environ):
        if name in _SCRUBBED or name.startswith(_SCRUBBED_PREFIXES):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run(["validate", "-"], stdin="…", cwd=path, env={…}) -> Result`: the command line in this process."""

    def run_in_process(
        argv: Sequence[str | Path],
        stdin: str | bytes = b"",
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Result:
        from policyctl.cli.main import main

        with monkeypatch.context() as patch:
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            if cwd is not None:
                patch.chdir(cwd)
            out, err = _stream(), _stream()
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(_encoded(stdin)), encoding="utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main([str(word) for word in argv])
        raw = _content(out)
        return Result(code, raw.decode(), _content(err).decode(), raw)

    return run_in_process


def _encoded(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace", newline="\n")


def _content(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


@pytest.fixture
def published() -> Callable[[str], Any]:
    """`published(stdout)` parses a JSON report and holds it against the schema that it names."""

    def parse(report: str) -> Any:
        document = json.loads(report)
        product, command, version = document["schema"].split("/")
        assert product == "policyctl"
        _validator(f"{command}.{version}").validate(document)
        return document

    return parse


@cache
def _validator(name: str) -> Draft202012Validator:
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in (ROOT / "schemas/output").glob("*.json")}
    schema = schemas[f"{name}.schema.json"]
    Draft202012Validator.check_schema(schema)
    # Some schemas refer to others, by the names that they have.
    registry: Registry[Any] = Registry().with_resources(
        (other["$id"], Resource.from_contents(other)) for other in schemas.values()
    )
    return Draft202012Validator(schema, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real traces and catalogs, which are not part of the project."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data lies beside the project only where the project is developed")
    return SHARED_DATA


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An empty git repository, so that the search for configuration ends there."""
    (tmp_path / ".git").mkdir()
    return tmp_path
