"""Whatever is found in a damaged policy can be told, in every form."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from policyctl.reading.check import check_policy
from policyctl.reading.dialect import Dialect
from policyctl.report.style import Style
from policyctl.report.validate import json as as_json
from policyctl.report.validate import text as as_text
from policyctl.report.validate.result import ValidateResult

ROOT = Path(__file__).parent.parent.parent.parent
POLICIES = sorted((ROOT / "fixtures" / "policies").iterdir())
SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas/output/validate.v1.schema.json").read_text("utf-8")))

PIECES = st.sampled_from(
    [b"", b"{", b"}", b"[", b"]", b",", b":", b'"', b"'", b"\n", b"\r", b"\t", b" ", b"1", b"null", b"\\", b"\\ud800", b"\xff",
     b"\x00", b"\xe2\x80\xae", b"\x1b[31m", "😀".encode(), b"&a ", b"*a", b"#", b"- ", b"on", b"1e999", b"(?=", b"args"]
)  # fmt: skip
DAMAGE = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES), min_size=1, max_size=4)


@given(st.sampled_from(POLICIES), DAMAGE)
def test_a_damaged_policy_is_reported_in_every_form(path: Path, damage: list[tuple[float, int, bytes]]) -> None:
    raw = path.read_bytes()
    for where, cut, piece in damage:
        at = int(where * len(raw))
        raw = raw[:at] + piece + raw[at + cut :]
    result = ValidateResult(
        (check_policy(path.name, raw, format=None, dialect=Dialect.POLICYLAYER),), Dialect.POLICYLAYER
    )
    SCHEMA.validate(json.loads(as_json.render(result, 1)))
    for shown in (as_text.render(result, Style(color=False)), as_text.render_concise(result)):
        assert all(line.isprintable() for line in shown.split("\n"))
        assert shown.encode().decode() == shown
