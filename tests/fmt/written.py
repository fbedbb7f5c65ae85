"""Policies for property tests: as data, as JSON in any order of keys, as YAML with comments everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
names = st.one_of(texts, st.sampled_from(["create_refund", "a/b", "~", "tools", "on", "10", "# no", "x: y"]))
numbers = st.one_of(st.integers(-(10**25), 10**25), st.floats(allow_nan=False, allow_infinity=False))
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=4,
)
paths = st.sampled_from(["args.amount", "args.to.name", "args.käse", "args.items.0"])


def objects(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with their keys in any order."""
    whole = st.fixed_dictionaries(required, optional=optional)
    return whole.flatmap(lambda members: st.permutations(list(members.items()))).map(dict)


conditions = st.one_of(
    objects({"path": paths, "op": st.sampled_from(["eq", "neq", "contains"]), "value": values}, {}),
    objects({"path": paths, "op": st.just("in"), "value": st.lists(values, max_size=3)}, {}),
    objects({"path": paths, "op": st.sampled_from(["lt", "gte"]), "value": numbers}, {}),
    objects({"path": paths, "op": st.just("exists"), "value": st.booleans()}, {}),
)
predicates = objects({"conditions": st.lists(conditions, max_size=3)}, {"on_deny": texts})
windows = st.one_of(st.sampled_from(["minute", "hour", "day"]), st.integers(1, 100))
maxima = st.integers(1, 10**20)
limits = objects(
    {"counter": texts, "max": maxima, "window": windows},
    {"scope": st.sampled_from(["grant", "session"]), "amount_from": paths, "on_deny": texts},
)
tools = objects(
    {},
    {
        "require": st.lists(predicates, max_size=2),
        "deny_if": st.lists(predicates, max_size=2),
        "limits": st.lists(limits, max_size=2),
        "action": st.sampled_from(["allow", "deny", "require_approval"]),
        "reason": texts,
        "rate_limit": objects({"max": maxima, "window": windows}, {}),
    },
)
policies = objects(
    {"version": st.just("1"), "default": st.sampled_from(["allow", "deny"])},
    {
        "$schema": texts,
        "description": texts,
        "hide": st.lists(names, max_size=3),
        "all_tools": objects({}, {"limits": st.lists(limits, max_size=2)}),
        "tools": st.dictionaries(names, tools, max_size=3),
    },
)


@st.composite
def json_texts(draw: st.DrawFn) -> str:
    """A policy in JSON, minified or laid out, in either line ending."""
    text = json.dumps(
        draw(policies), indent=draw(st.sampled_from([None, 0, 3, "\t"])), ensure_ascii=draw(st.booleans())
    )
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@st.composite
def yaml_texts(draw: st.DrawFn) -> str:
    """A policy in YAML, block style above and flow style below, with numbered comments and blank lines at random."""
    text = "".join(f"{line}\n" for line in _commented(draw, _block(draw, draw(policies), 0)))
    text = text.removesuffix("\n") if draw(st.booleans()) else text
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def _commented(draw: st.DrawFn, lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        match draw(st.integers(0, 7)):
            case 0:
                yield ""
            case 1:
                yield f"{' ' * indent}# above {number}"
            case 2:
                yield f"{' ' * (indent + 2)}# deeper {number}"
            case 3:
                yield f"# far left {number}"
            case 4:
                line = f"{line}  # beside {number}"  # noqa: PLW2901 - the line with its comment
            case _:
                pass
        yield line


def _block(draw: st.DrawFn, value: Any, indent: int) -> Iterator[str]:
    margin = " " * indent
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _under(draw, f"{margin}{_flow(key)}:", member, indent)
    else:
        for element in value:
            if isinstance(element, dict) and element and draw(st.booleans()):
                first, *others = _block(draw, element, indent + 2)
                yield f"{margin}- {first.lstrip(' ')}"
                yield from others
            else:
                yield from _under(draw, f"{margin}-", element, indent)


def _under(draw: st.DrawFn, head: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict | list) and value and draw(st.integers(0, 4)):
        yield head
        yield from _block(draw, value, indent + 2)
    elif head.endswith(('on_deny":', 'reason":', 'description":')) and draw(st.booleans()):
        yield f"{head} {draw(_long_texts(' ' * (indent + 2)))}"
    else:
        yield f"{head} {_flow(value)}"


def _long_texts(margin: str) -> st.SearchStrategy[str]:
    """Texts of several lines, which only look as if they had comments and keys inside."""
    lines = st.lists(st.sampled_from(["", "two words", "# no comment", "  key: value", "- no"]), min_size=1, max_size=4)
    content = lines.map(lambda several: ["first", *several])
    headers = st.sampled_from(["|", "|-", "|+", ">", ">+", "|2", "|2-"])
    written = content.map(lambda lines: "\n".join(_indented(lines, margin)))
    block = st.builds("{}\n{}".format, headers, written)
    return st.one_of(block, written.map(lambda lines: f'"{lines.lstrip(" ")}"'))


def _indented(lines: list[str], margin: str) -> list[str]:
    return [margin + line if line else "" for line in lines]


def _flow(value: Any) -> str:
    """JSON that YAML reads as the same: what it cannot hold is escaped in its own way."""
    return "".join(map(_escaped, json.dumps(value, ensure_ascii=False)))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    return f"\\u{ord(character):04x}" if ord(character) <= 0xFFFF else f"\\U{ord(character):08x}"
