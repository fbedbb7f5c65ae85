"""What a replay is measured against: programs that only parse each line.

    python benchmarks/baseline.py orjson trace.jsonl
    python benchmarks/baseline.py tagged trace.jsonl policy.json

`tagged` is the bound of what decoding can cost: a type for each tool, told apart by the tool's name, which holds
nothing but the arguments that the policy reads. A line that is none of them is decoded whole.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

_numbers = count()


def main(parser: str, path: str, policy: str | None = None) -> None:
    loads = loads_of(parser, policy)
    with open(path, "rb", buffering=1 << 20) as lines:
        for line in lines:
            loads(line)


def loads_of(parser: str, policy: str | None) -> Callable[[bytes], object]:
    match parser:
        case "orjson":
            from orjson import loads

            return loads
        case "tagged":
            assert policy is not None
            return _tagged(policy)
        case _:
            return json.loads


def _tagged(policy: str) -> Callable[[bytes], object]:
    import msgspec

    with open(policy, "rb") as file:
        tools = json.load(file)["tools"]
    calls = [_call(name, rules) for name, rules in tools.items()]
    union: Any = calls[0]
    for call in calls[1:]:
        union |= call
    decode, decode_whole = msgspec.json.Decoder(union).decode, msgspec.json.Decoder().decode

    def loads(line: bytes) -> object:
        try:
            return decode(line)
        except msgspec.ValidationError:
            return decode_whole(line)

    return loads


def _call(name: str, rules: dict[str, Any]) -> Any:
    import msgspec

    predicates = [*rules.get("require", ()), *rules.get("deny_if", ())]
    paths = sorted({condition["path"].split(".", 1)[1] for each in predicates for condition in each["conditions"]})
    fields = [("args", _record(path.split(".") for path in paths))]
    return msgspec.defstruct(f"Call{next(_numbers)}", fields, tag=name, tag_field="tool", gc=False)


def _record(paths: Iterable[list[str]]) -> Any:
    """A type with no more than these paths."""
    import msgspec

    below: dict[str, list[list[str]]] = {}
    for key, *rest in paths:
        below.setdefault(key, []).extend([rest] if rest else [])
    fields: list[Any] = [
        (f"f{number}", _record(deeper) if deeper else Any, msgspec.UNSET)
        for number, deeper in enumerate(below.values())
    ]
    rename = {f"f{number}": key for number, key in enumerate(below)}
    return msgspec.defstruct(f"Record{next(_numbers)}", fields, gc=False, rename=rename)


if __name__ == "__main__":
    main(*sys.argv[1:])
