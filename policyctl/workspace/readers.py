"""How a raw TOML value becomes a setting: one small reader a kind of value, made to be combined."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from policyctl.diagnostic import Severity
from policyctl.model.threshold import Threshold

#: The keys and indexes that lead to a value.
At: TypeAlias = tuple[str | int, ...]
Reader: TypeAlias = Callable[[Any, At], Any]


class MistakeError(Exception):
    """A value of a configuration that cannot be; `at` is its place."""

    def __init__(self, at: At, message: str, hint: str) -> None:
        super().__init__(message)
        self.at = at
        self.message = message
        self.hint = hint


def table(keys: Mapping[str, Reader], build: Callable[..., Any], required: Sequence[str] = ()) -> Reader:
    """A table whose keys are known; `build` gets those that are set, as keywords."""

    def read(raw: Any, at: At) -> Any:
        _expect(raw, dict, "a table", at)
        for key in raw:
            if key not in keys:
                raise MistakeError((*at, key), f"unknown key `{key}`", _did_you_mean(key, keys))
        values = {key: keys[key](value, (*at, key)) for key, value in raw.items()}
        for key in required:
            if key not in values:
                raise MistakeError(at, f"`{key}` is missing", f"add `{key} = …`")
        return build(**values)

    return read


def named(entry: Reader) -> Reader:
    """A table whose keys are the user's own names."""

    def read(raw: Any, at: At) -> dict[str, Any]:
        _expect(raw, dict, "a table", at)
        return {key: entry(value, (*at, key)) for key, value in raw.items()}

    return read


def many(entry: Reader) -> Reader:
    """A list, or an array of tables."""

    def read(raw: Any, at: At) -> tuple[Any, ...]:
        _expect(raw, list, "a list", at)
        return tuple(entry(value, (*at, index)) for index, value in enumerate(raw))

    return read


def one_or_many(entry: Reader) -> Reader:
    """A list, or one element of it written without brackets."""
    several = many(entry)
    return lambda raw, at: several(raw if isinstance(raw, list) else [raw], at)


def text(raw: Any, at: At) -> str:
    """A text that is not empty."""
    _expect(raw, str, "a text", at)
    if not raw:
        raise MistakeError(at, f"`{at[-1]}` is empty", "give it a value, or remove the key")
    return str(raw)


def path_from(folder: Path) -> Reader:
    """A path that is relative to the configuration file."""
    return lambda raw, at: folder / text(raw, at)


def glob_from(folder: Path) -> Reader:
    """A glob that is relative to the configuration file."""
    return lambda raw, at: str(folder / text(raw, at))


def choice(*allowed: str) -> Reader:
    """One of a few words."""

    def read(raw: Any, at: At) -> str:
        if raw not in allowed:
            listed = ", ".join(f"`{word}`" for word in allowed)
            raise MistakeError(at, f"`{at[-1]}` is {_shown(raw)}", f"choose one of {listed}")
        return str(raw)

    return read


def severity(raw: Any, at: At) -> Severity:
    """How much a rule's findings weigh."""
    return Severity(choice(*(level.value for level in Severity))(raw, at))


def matching(pattern: str, hint: str) -> Reader:
    """A text of a certain form."""

    def read(raw: Any, at: At) -> str:
        if not isinstance(raw, str) or not re.fullmatch(pattern, raw):
            raise MistakeError(at, f"`{at[-1]}` is {_shown(raw)}", hint)
        return raw

    return read


def count(raw: Any, at: At) -> int:
    """A whole number from 0."""
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
        raise MistakeError(at, f"`{at[-1]}` is {_shown(raw)}", "write a whole number that is not negative")
    return raw


def threshold(raw: Any, at: At) -> Threshold:
    """A count, or a share written as a percentage."""
    parsed = Threshold.parse(str(raw)) if isinstance(raw, int | str) and not isinstance(raw, bool) else None
    if parsed is None:
        raise MistakeError(at, f"`{at[-1]}` is {_shown(raw)}", 'write a count (`5`) or a share (`"2.5%"`)')
    return parsed


def share(raw: Any, at: At) -> Threshold:
    """A share written as a percentage."""
    parsed = Threshold.parse(raw) if isinstance(raw, str) else None
    if parsed is None or not parsed.is_share:
        raise MistakeError(at, f"`{at[-1]}` is {_shown(raw)}", 'write a share: `"95%"`')
    return parsed


_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def duration(raw: Any, at: At) -> int:
    """Seconds, as a whole number or with a unit: `36h`."""
    if isinstance(raw, str) and (found := re.fullmatch(r"([0-9]{1,9})([smhd])", raw)):
        return int(found[1]) * _UNITS[found[2]]
    if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        return raw
    raise MistakeError(at, f"`{at[-1]}` is {_shown(raw)}", "write seconds, or a number with s, m, h or d: `36h`")


def day(raw: Any, at: At) -> date:
    """A date without a time."""
    if not isinstance(raw, date) or isinstance(raw, datetime):
        raise MistakeError(at, f"`{at[-1]}` is {_shown(raw)}", "write a date without quotes: 2027-01-31")
    return raw


def _expect(raw: Any, kind: type, words: str, at: At) -> None:
    if not isinstance(raw, kind):
        raise MistakeError(at, f"`{at[-1] if at else 'policyctl'}` is {_shown(raw)}", f"write {words}")


def _did_you_mean(word: str, known: Mapping[str, Reader]) -> str:
    close = get_close_matches(word, known, n=1)
    return f"did you mean `{close[0]}`?" if close else f"known here: {', '.join(f'`{key}`' for key in known)}"


def _shown(raw: Any) -> str:
    match raw:
        case bool():
            return f"`{str(raw).lower()}`"
        case dict():
            return "a table"
        case list():
            return "a list"
        case str():
            return f"the text `{raw if len(raw) <= 60 else raw[:59] + '…'}`"
        case _:
            return f"`{raw}`"
