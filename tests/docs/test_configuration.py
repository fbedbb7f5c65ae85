from __future__ import annotations

import re
from pathlib import Path

import pytest

from policyctl.workspace.config import load
from policyctl.workspace.effective import effective

PAGE = Path(__file__).resolve().parents[2] / "docs" / "configuration.md"


def test_the_example_of_the_page_is_a_configuration_that_sets_almost_everything(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = re.search(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert example is not None
    (repository / "policyctl.toml").write_text(example[1], encoding="utf-8")
    monkeypatch.chdir(repository)
    by_default = {setting.key for setting in effective(load()) if setting.origin.file is None}
    assert by_default == {"traces.grant"}
