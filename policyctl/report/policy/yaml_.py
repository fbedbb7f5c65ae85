"""A policy as YAML that `policyctl fmt` leaves as it is, with the reasons as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from policyctl.report.policy.words import comment, visible

#: Lines of comment above a tool, by its name.
Reasons: TypeAlias = Mapping[str, Sequence[str]]

#: What may stand without quotes, also within brackets.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*\Z")
#: What may stand without quotes as a value of its own.
_SENTENCE = re.compile(r"[A-Z][A-Za-z0-9_.,'-]*(?: [A-Za-z0-9_.,'-]+)*\Z")
#: Words that some reader takes for something else than text.
_TAKEN = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
#: A longer key has to be introduced by a question mark.
_LONGEST_KEY = 1_000


def render(document: Mapping[str, Any], *, head: Sequence[str], reasons: Reasons) -> str:
    """The document, whose keys are in canonical order; `head` are lines of comment, `reasons` those above the tools."""
    lines = [*map(comment, head), 'version: "1"', f"default: {document['default']}"]
    if "hide" in document:
        lines += ["", "hide:", *hidden(document["hide"], reasons, indent=2)]
    lines += ["", "tools:" if document["tools"] else "tools: {}"]
    lines += tools(document["tools"], reasons, indent=2)
    return "".join(f"{line}\n" for line in lines)


def hidden(names: Iterable[str], reasons: Reasons, *, indent: int) -> Iterator[str]:
    """The elements of `hide`."""
    for name in names:
        yield from _reason(name, reasons, indent)
        yield f"{' ' * indent}- {flow(name)}"


def tools(rules: Mapping[str, Mapping[str, Any]], reasons: Reasons, *, indent: int) -> Iterator[str]:
    """The entries of `tools`."""
    for name, rule in rules.items():
        yield from _reason(name, reasons, indent)
        key = flow(name)
        if len(key) > _LONGEST_KEY:
            yield f"{' ' * indent}? {key}"
            key = ""
        if not rule:
            yield f"{' ' * indent}{key}: {{}}"
            continue
        yield f"{' ' * indent}{key}:"
        yield from (f"{' ' * (indent + 2)}{line}" for line in _rules(rule))


def flow(value: Any) -> str:
    """Any value on one line."""
    match value:
        case str():
            if _PLAIN.match(value) and value.lower() not in _TAKEN:
                return value
            return visible(json.dumps(value, ensure_ascii=False), beyond="yaml")
        case dict():
            return f"{{ {', '.join(f'{_key(key)}: {flow(each)}' for key, each in value.items())} }}" if value else "{}"
        case list():
            return f"[{', '.join(map(flow, value))}]"
        case _:
            return json.dumps(value)


def _key(key: str) -> str:
    word = flow(key)
    return f"? {word}" if len(word) > _LONGEST_KEY else word


def _reason(name: str, reasons: Reasons, indent: int) -> Iterator[str]:
    return (f"{' ' * indent}{comment(reason)}" for reason in reasons.get(name, ()))


def _rules(rule: Mapping[str, Any]) -> Iterator[str]:
    for key, value in rule.items():
        if not isinstance(value, list):
            yield f"{key}: {_text(value)}"
            continue
        yield f"{key}:"
        for element in value:
            yield from _predicate(element) if "conditions" in element else (f"  - {flow(element)}",)


def _predicate(predicate: Mapping[str, Any]) -> Iterator[str]:
    conditions = predicate["conditions"]
    yield "  - conditions:" if conditions else "  - conditions: []"
    for condition in conditions:
        yield f"      - {flow(condition)}"
    if "on_deny" in predicate:
        yield f"    on_deny: {_text(predicate['on_deny'])}"


def _text(value: str) -> str:
    return value if _SENTENCE.match(value) and value.lower() not in _TAKEN else flow(value)
