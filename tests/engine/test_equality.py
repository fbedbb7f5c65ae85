"""When two JSON values are the same, seen from another side: their canonical texts."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policyctl.engine.equality import Hole, equal, equality, surely_present
from policyctl.engine.truth import Truth, all_of, any_of

_SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from([0.5, 1.0, -0.0, "", "1", "a", "null"])
_JSON = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=6,
)


def _plain(value: Any) -> Any:
    """A value whose Python equality is JSON's: booleans made unlike numbers."""
    match value:
        case bool():
            return ("boolean", str(value))
        case list():
            return [_plain(element) for element in value]
        case dict():
            return {key: _plain(member) for key, member in value.items()}
        case _:
            return value


@given(_JSON, _JSON)
def test_two_values_are_equal_exactly_if_their_plain_forms_are(left: Any, right: Any) -> None:
    assert equal(left, right) == (_plain(left) == _plain(right))
    assert equal(right, left) == equal(left, right)
    assert equality(left, right) is Truth.of(equal(left, right))


@given(_JSON)
def test_every_value_equals_itself_and_no_wrapping_of_itself(value: Any) -> None:
    assert equal(value, value)
    assert not equal(value, [value])
    assert not equal(value, {"a": value})


@given(st.lists(_JSON, max_size=3), st.sets(st.integers(0, 2)), _JSON)
def test_a_hole_is_unknown_unless_the_rest_decides(elements: list[Any], hidden: set[int], constant: Any) -> None:
    hole = Hole(("/x",))
    seen = [hole if index in hidden else element for index, element in enumerate(elements)]
    found = equality(seen, constant)
    if found is not Truth.UNKNOWN:
        assert found is Truth.of(equal(elements, constant))
    assert surely_present(seen) <= len(elements)


@given(st.lists(st.sampled_from(Truth)))
def test_and_and_or_are_kleenes(truths: list[Truth]) -> None:
    swapped = [Truth(2 - truth.value) for truth in truths]
    assert all_of(truths).value == 2 - any_of(swapped).value
    assert (all_of(truths) is Truth.TRUE) == all(truth is Truth.TRUE for truth in truths)
    assert (all_of(truths) is Truth.FALSE) == (Truth.FALSE in truths)
