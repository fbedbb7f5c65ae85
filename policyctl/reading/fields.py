"""How a reader takes the members of an object: what fits is returned, what does not is noted and None."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import Any, Final, TypeVar

from policyctl.model.policy import Action
from policyctl.reading.findings import Findings
from policyctl.reading.suggest import closest, listing
from policyctl.source.fault import quote
from policyctl.source.pointer import child

Word = TypeVar("Word", bound=StrEnum)


class Missing:
    """The value of a key that is not there, since null is a value."""


MISSING: Final = Missing()

#: What YAML 1.1 took for booleans: text here, and worth a word of help.
_OLD_BOOLEANS = frozenset({"on", "off", "yes", "no", "y", "n"})


def take_object(value: Any, pointer: str, findings: Findings, what: str) -> dict[str, Any] | None:
    """The value as an object; `what` completes "… must be an object"."""
    if type(value) is dict:
        return value
    wrong_type(value, pointer, findings, f"{what} must be an object")
    return None


def take_list(value: Any, pointer: str, findings: Findings, what: str) -> list[Any] | None:
    """The value as a list."""
    if type(value) is list:
        return value
    wrong_type(value, pointer, findings, f"{what} must be a list")
    return None


def take_text(value: Any, pointer: str, findings: Findings, what: str) -> str | None:
    """The value as a text."""
    if type(value) is str:
        return value
    wrong_type(value, pointer, findings, f"{what} must be a text")
    return None


def take_word(
    value: Any, pointer: str, findings: Findings, what: str, words: type[Word], *, code: str = "SCH26"
) -> Word | None:
    """The value as one of the members of `words`."""
    if type(value) is not str:
        must = f"{what} must be {listing(words)}"
        findings.error(code, pointer, f"{must}, not {describe(value)}", help=f"write {listing(words)}")
        return None
    try:
        return words(value)
    except ValueError:
        near = closest(value, words)
        help_ = f"did you mean `{near}`?" if near else f"write {listing(words)}"
        findings.error(code, pointer, f"{what} cannot be {quote(value)}", help=help_)
        return None


def elements(value: Any, pointer: str, findings: Findings, what: str) -> Iterator[tuple[Any, str]]:
    """Each element of a list and its pointer; nothing where the value is missing or no list."""
    if value is MISSING:
        return
    for index, element in enumerate(take_list(value, pointer, findings, what) or ()):
        yield element, f"{pointer}/{index}"


def known_keys(members: dict[str, Any], pointer: str, findings: Findings, what: str, known: Collection[str]) -> None:
    """Note every key that is not among the `known` ones of `what`."""
    for key in members:
        if key not in known:
            near = closest(key, known)
            help_ = f"did you mean `{near}`?" if near else f"{what} has {listing(known, joint='and')}"
            findings.error("SCH01", child(pointer, key), f"{what} has no key {quote(key)}", help=help_, key=True)


def required_keys(members: dict[str, Any], pointer: str, findings: Findings, what: str, keys: Iterable[str]) -> bool:
    """Whether all `keys` are there; each missing one is noted at the key of the object that lacks it."""
    missing = [key for key in keys if key not in members]
    for key in missing:
        findings.error("SCH22", pointer, f"{what} has no `{key}`", help=f"add `{key}`", key=True)
    return not missing


def wrong_type(value: Any, pointer: str, findings: Findings, must: str, *, code: str = "SCH21") -> None:
    """Note that a value `must` be something else, and what it is."""
    findings.error(code, pointer, f"{must}, not {describe(value)}", help=_hint(value, must, findings))


def describe(value: Any) -> str:
    """A value in a sentence: its type, and the value itself where that is short."""
    match value:
        case None:
            return "null"
        case bool():
            return f"`{str(value).lower()}`"
        case str():
            return f"the text {quote(value)}"
        case int() | float():
            return f"the number {quote(str(value))}"
        case list():
            return "a list"
        case _:
            return "an object"


def _hint(value: Any, must: str, findings: Findings) -> str | None:
    if must.endswith("a boolean") and type(value) is str:
        if value.lower() in _OLD_BOOLEANS and findings.document.format == "yaml":
            meant = "true" if value.lower() in {"on", "yes", "y"} else "false"
            return f"only `true` and `false` are booleans; write `{meant}`"
        if value in {"true", "false"}:
            return f"write `{value}` without quotes"
    if must == "the rules of a tool must be an object" and value in _ACTIONS:
        return f'write it as the action of the tool: {{"action": "{value}"}}'
    if must == "`tools` must be an object" and isinstance(value, list):
        return 'write each tool under its name: {"transfer": {...}}'
    return next((help_ for ending, help_ in _SPELLING.items() if must.endswith(ending)), None)


_ACTIONS = tuple(action.value for action in Action)

_SPELLING = {
    "an object": "write it in braces: {...}",
    "a list": "write it in brackets: [...]",
    "a text": 'write it in double quotes: "..."',
    "a number": "write a number, without quotes",
    "a boolean": "write `true` or `false`",
    "an operator": 'write one in double quotes: "eq"',
}
