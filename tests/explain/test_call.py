"""A call that is written by hand, and what is said of one that is not in the normal form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policyctl.explain.call import read_call
from policyctl.model.call import Call


@pytest.mark.parametrize(
    ("written", "help_"),
    [
        ({"name": "t", "arguments": {}}, "write `tool` for `name` and `args` for `arguments`"),
        ({"name": "t", "input": {}}, "write `tool` for `name` and `args` for `input`"),
        ({"parameters": {}}, "write `args` for `parameters`"),
    ],
)
def test_fields_of_another_format_are_called_by_their_right_names(written: dict[str, Any], help_: str) -> None:
    found = read_call("--call", json.dumps(written).encode())
    assert not isinstance(found, Call)
    assert [(refusal.message, refusal.help) for refusal in found] == [("this has no `tool`", help_)]
