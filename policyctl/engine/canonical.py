"""The canonical JSON text of a value: RFC 8785, but with integers written out exactly."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator

from policyctl.model.values import JSONValue


def digest(value: JSONValue) -> str:
    """`sha256:` and the hexadecimal SHA-256 of the canonical text."""
    # Half a surrogate pair is no character, but its call is decided all the same.
    return "sha256:" + hashlib.sha256(canonical(value).encode(errors="surrogatepass")).hexdigest()


def canonical(value: JSONValue) -> str:
    """One text for all spellings of a value: keys sorted by UTF-16 code units, no white space.

    Nesting is no obstacle: arguments may be deeper than Python's stack.
    """
    pieces: list[str] = []
    waiting: list[Iterator[JSONValue | _Text]] = [iter((value,))]
    while waiting:
        for item in waiting[-1]:
            match item:
                case _Text():
                    pieces.append(item)
                case dict():
                    waiting.append(_members(item))
                    break
                case list():
                    waiting.append(_elements(item))
                    break
                case _:
                    pieces.append(_scalar(item))
        else:
            waiting.pop()
    return "".join(pieces)


class _Text(str):
    """Text that is already canonical."""

    __slots__ = ()


def _members(value: dict[str, JSONValue]) -> Iterator[JSONValue | _Text]:
    opening = "{"
    for key in sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass")):
        yield _Text(f"{opening}{_scalar(key)}:")
        yield value[key]
        opening = ","
    yield _Text("}" if value else "{}")


def _elements(value: list[JSONValue]) -> Iterator[JSONValue | _Text]:
    opening = "["
    for element in value:
        yield _Text(opening)
        yield element
        opening = ","
    yield _Text("]" if value else "[]")


def _scalar(value: JSONValue) -> str:
    if not isinstance(value, float):
        return json.dumps(value, ensure_ascii=False)
    return _number(value)


def _number(value: float) -> str:
    """ECMAScript's spelling of a binary64: the shortest digits, exponents from 10^21 on and below 10^-6."""
    if math.isinf(value):
        # Only a trace has these: a number that was out of range there.
        return "1e999" if value > 0 else "-1e999"
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}e0".partition("e")
    whole, _, fraction = mantissa.partition(".")
    power = int(exponent.partition("e")[0]) + len(whole)
    digits = (whole + fraction).lstrip("0")
    power -= len(whole + fraction) - len(digits)
    digits = digits.rstrip("0")
    return sign + _place_point(digits, power)


def _place_point(digits: str, power: int) -> str:
    """Digits d of the number 0.d · 10^power, spelt as ECMAScript's Number::toString does."""
    count = len(digits)
    if count <= power <= 21:
        return digits + "0" * (power - count)
    if 0 < power <= 21:
        return f"{digits[:power]}.{digits[power:]}"
    if -6 < power <= 0:
        return "0." + "0" * -power + digits
    exponent = power - 1
    head = digits if count == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{head}e{'+' if exponent > 0 else '-'}{abs(exponent)}"
