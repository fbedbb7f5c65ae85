"""What a rule finds to be a credential is shown by no report."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyctl.cli.main import main
from policyctl.lint.secret import masked

TOKEN = "Q7wLx2Vn9" * 4
FORMATS = ("text", "concise", "json", "github", "gitlab", "junit", "markdown", "sarif")


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_shows_the_credential(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(
        'version: "1"\ndefault: deny\ntools:\n  t:\n    deny_if:\n'
        f'      - conditions: [{{path: args.h, op: eq, value: "Bearer {TOKEN}"}}]\n'
    )
    assert main(["lint", str(path), "--format", form]) == 1
    shown = capsys.readouterr()
    assert "GOV01" in shown.out
    assert TOKEN not in shown.out + shown.err


def test_all_of_a_private_key_is_masked() -> None:
    key = "-----BEGIN PRIVATE" + " KEY-----\nMIIEabc\n-----END PRIVATE" + " KEY-----"
    assert masked(f"a: |\n{key}\nb") == "a: |\n" + "•" * 27 + "\n" + "•" * 7 + "\n" + "•" * 25 + "\nb"
    assert masked(key.partition("\n-----END")[0] + "\nb: 1") == "•" * 27 + "\nMIIEabc\nb: 1"


def test_other_text_stays() -> None:
    assert masked("nothing to hide") == "nothing to hide"
