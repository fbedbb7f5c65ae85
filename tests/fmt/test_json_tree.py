"""Trees of JSON: from text and from data the same, and however deep."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.fmt.json_ import flat, write
from policyctl.fmt.json_tree import tree_from, tree_of
from policyctl.fmt.shape import ANY, Shape

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(JSON)
def test_data_and_its_text_have_one_tree_and_are_written_as_what_they_are(value: Any) -> None:
    tree = tree_of(json.dumps(value, ensure_ascii=False))
    assert tree_from(value) == tree
    assert json.loads(flat(tree)) == value
    assert json.loads(write(tree, ANY)) == json.loads(write(tree, Shape())) == value


@pytest.mark.parametrize("opening", ['{"a":', "["])
def test_no_depth_is_too_deep(opening: str) -> None:
    closing = "}" if opening.startswith("{") else "]"
    text = opening * 100_000 + "1" + closing * 100_000
    written = write(tree_of(text), Shape())
    assert "".join(written.split()) == text
    assert len(written) < 1_000_000
