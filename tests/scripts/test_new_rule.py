"""A rule that is started by the script fits into its family, and is not done until somebody has written it."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path("policyctl/lint/table.py")


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("new_rule", ROOT / "scripts" / "new_rule.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    table = tmp_path / TABLE
    table.parent.mkdir(parents=True)
    table.write_text((ROOT / TABLE).read_text("utf-8"), "utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


@pytest.mark.parametrize("code", ["LOG97", "ARG97", "ARG08", "STR00"])
def test_a_rule_its_cases_its_line_and_its_fragment_are_written(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    family = code[:3].lower()
    assert script.main([code, "odd-thing"]) == 0
    rule = (tmp_path / f"policyctl/lint/rules/{family}/odd_thing.py").read_text("utf-8")
    ast.parse(rule)
    assert f'code = "{code}"\n    name = "odd-thing"' in rule
    table = (tmp_path / TABLE).read_text("utf-8")
    ast.parse(table)
    before = (ROOT / TABLE).read_text("utf-8")
    line = f'            Listed("{code}", "odd-thing"),\n'
    assert table.replace(line, "") == before
    codes = [word for word in re.findall(r'Listed\("(\w+)"', table) if word[:3] == code[:3]]
    assert code in codes
    assert codes == sorted(codes)
    assert (tmp_path / f"tests/lint/cases/{family}/odd-thing.yaml").is_file()
    assert (tmp_path / f"changelog.d/+{code.lower()}.added.md").is_file()
    assert f"policyctl/lint/rules/{family}/odd_thing.py: the page" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [[], ["ARG97"], ["arg97", "odd"], ["XXX97", "odd"], ["ARG97", "Odd Thing"], ["LOG04", "odd"]]
)
def test_nothing_is_written_for_words_that_name_no_new_rule(
    script: ModuleType, tmp_path: Path, words: list[str]
) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert script.main(words) == 2
    assert sorted(tmp_path.rglob("*")) == before
