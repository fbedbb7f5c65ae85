"""The differences that a user does not accept, in the words of `--fail-on` and of the configuration."""

from __future__ import annotations

from policyctl.diff.gates import Gate, Kind
from policyctl.errors import PolicyctlError
from policyctl.model.catalog import Category, Risk

_CLASSES: dict[str, Category | Risk] = {word.value.lower(): word for word in (*Category, *Risk)}


def gate_of(text: str) -> Gate:
    """One `--fail-on`."""
    word, separator, name = text.partition(":")
    of_class = _CLASSES.get(name.lower())
    if word not in list(Kind):
        raise PolicyctlError(f"`--fail-on {text}` names no direction", hint="write `wider`, `narrower` or `any`")
    if separator and of_class is None:
        known = ", ".join(word.value for word in _CLASSES.values())
        raise PolicyctlError(f"`--fail-on {text}` names no class", hint=f"the classes are {known}")
    return Gate(Kind(word), of_class)
