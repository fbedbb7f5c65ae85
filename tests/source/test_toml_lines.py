from __future__ import annotations

import pytest

from policyctl.source.toml_lines import line_of

TEXT = """\
policy = "x"
lint.select = ["A"]
[ gate ]
  min_calls = 3
[servers."a.b"]
'policy' = 1
[[suppress]]
rule = "A"
[[suppress]]
rule = "B"
nested = { at = 1 }
"""


@pytest.mark.parametrize(
    ("at", "line"),
    [
        (("policy",), 1),
        (("lint", "select"), 2),
        (("lint",), 2),
        (("gate",), 3),
        (("gate", "min_calls"), 4),
        (("gate", "max_denied"), 3),
        (("servers", "a.b", "policy"), 6),
        (("suppress",), 7),
        (("suppress", 0, "rule"), 8),
        (("suppress", 1), 9),
        (("suppress", 1, "rule"), 10),
        (("suppress", 1, "nested", "at"), 11),
        (("none",), None),
    ],
)
def test_a_key_has_its_line_or_that_of_what_holds_it(at: tuple[str | int, ...], line: int | None) -> None:
    assert line_of(TEXT, at) == line
