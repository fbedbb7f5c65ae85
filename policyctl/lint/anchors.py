"""Where in a text a pattern has to be found: at its start, at its end, or anywhere."""

from __future__ import annotations

from functools import lru_cache

from policyctl.cells import classes
from policyctl.cells.syntax import Chars, Choice, Node, OutsideSubsetError, Place, Repeat, Sequence, parse


@lru_cache(maxsize=1_024)
def is_open_before(pattern: str) -> bool:
    """Whether other text may stand before what the pattern finds, without the pattern saying so."""
    return _is_open(pattern, Place.TEXT_START, step=1)


@lru_cache(maxsize=1_024)
def is_open_behind(pattern: str) -> bool:
    """Whether other text may stand behind what the pattern finds, without the pattern saying so."""
    return _is_open(pattern, Place.TEXT_END, step=-1)


def is_open(pattern: str) -> bool:
    """Whether the pattern is found as a mere part of a text."""
    return is_open_before(pattern) and is_open_behind(pattern)


def _is_open(pattern: str, place: Place, *, step: int) -> bool:
    try:
        return not _is_held(parse(pattern), place, step)
    except OutsideSubsetError:
        return False


def _is_held(node: Node, place: Place, step: int) -> bool:
    """Whether every way through the node meets the place before any character, or takes whatever there is (`.*`)."""
    match node:
        case Place():
            return node is place
        case Chars():
            return False
        case Choice(branches):
            return all(_is_held(branch, place, step) for branch in branches)
        case Repeat(part, least, most):
            return (most is None and _is_anything(part)) or (least > 0 and _is_held(part, place, step))
        case Sequence(parts):
            for part in parts[::step]:
                if _is_held(part, place, step):
                    return True
                if not isinstance(part, Place):
                    return False
            return False


def _is_anything(node: Node) -> bool:
    """Whether it takes any character, or any but a line break."""
    return isinstance(node, Chars) and node.ranges in {classes.ANY, classes.without(((10, 10),))}
