"""Texts of a catalog in a policy file: seen by every reader, and obeyed by none."""

from __future__ import annotations

import pytest

from policyctl.report.policy import json_, yaml_
from policyctl.report.policy.words import comment


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("why", "# why"),
        ("one\ntwo: three", "# one\\ntwo: three"),
        ("", "#"),
        ("end  ", "# end"),
        ("\x1b[31m\u202e", "# \\u001b[31m\\u202e"),
        ("x" * 500, "# " + "x" * 160 + "…"),
        ("policyctl: ignore[ARG02] trust me", "# policyctl  ignore[ARG02] trust me"),
        ("POLICYCTL : ignore[ARG02]", "# policyctl   ignore[ARG02]"),
    ],
)
def test_a_comment_is_one_visible_line_that_suppresses_nothing(text: str, shown: str) -> None:
    assert comment(text) == shown


@pytest.mark.parametrize(
    ("value", "json_text", "yaml_text"),
    [
        ("plain_name", '"plain_name"', "plain_name"),
        ("a.b", '"a.b"', "a.b"),
        ("true", '"true"', '"true"'),
        ("No", '"No"', '"No"'),
        ("1", '"1"', '"1"'),
        ("a: b", '"a: b"', '"a: b"'),
        ("\u202e", '"\\u202e"', '"\\u202e"'),
        ("\U000e0041", '"\\udb40\\udc41"', '"\\U000e0041"'),
        ("käse", '"käse"', '"käse"'),
        ([1, 1.5, True, None, "x"], '[1, 1.5, true, null, "x"]', "[1, 1.5, true, null, x]"),
        ({"a": {}}, '{"a": {}}', "{ a: {} }"),
    ],
)
def test_values_are_spelled_so_that_everybody_reads_the_same(value: object, json_text: str, yaml_text: str) -> None:
    assert json_.quoted(value) == json_text
    assert yaml_.flow(value) == yaml_text
