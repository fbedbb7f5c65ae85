"""regopy: a compiled bundle for each tool."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from regopy import Input, Interpreter

from peers.expression import SIGNS, InexpressibleError, literal
from policyctl.model.policy import Condition, Op, Predicate, ToolRules


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """A missing argument is undefined, so that what asks for it does not hold."""
    interpreter = Interpreter()
    interpreter.add_module("tool", "\n".join(_module(rules)))
    bundle = interpreter.build("data.tool.allow")

    def decide(args: dict[str, Any]) -> bool:
        interpreter.set_input(Input(args))
        return "[true]" in str(interpreter.query_bundle(bundle))

    return decide


def _module(rules: ToolRules) -> Iterator[str]:
    yield "package tool\nimport rego.v1\ndefault allow := false"
    tests = [f"r{number}" for number in range(len(rules.require))]
    tests += [f"not d{number}" for number in range(len(rules.deny_if))]
    yield f"allow if {{ {'; '.join(tests)} }}"
    for letter, predicates in (("r", rules.require), ("d", rules.deny_if)):
        for number, predicate in enumerate(predicates):
            yield from _rules(f"{letter}{number}", predicate)


def _rules(name: str, predicate: Predicate) -> Iterator[str]:
    """Alternatives stand as rules of one name."""
    bodies: list[list[str]] = [[]]
    for condition in predicate.conditions:
        bodies = [[*body, test] for body in bodies for test in _tests(condition)]
    for body in bodies:
        yield f"{name} if {{ {'; '.join(body)} }}"


def _tests(condition: Condition) -> list[str]:
    value: Any = condition.value
    place = ".".join(("input", *condition.path))
    match condition.op:
        case Op.EXISTS:
            return [f"{place} != null"]
        case Op.IN:
            return [f"{place} in {literal(value)}"]
        case Op.NOT_IN:
            return [f"{place} != null; not {place} in {literal(value)}"]
        case Op.REGEX:
            if value.startswith("(?"):
                raise InexpressibleError("flags of regular expressions")
            return [f"regex.match({literal(value)}, {place})"]
        case Op.CONTAINS:
            return [f"is_string({place}); contains({place}, {literal(value)})", f"{literal(value)} in {place}"]
        case _:
            return [f"{place} {SIGNS[condition.op]} {literal(value)}"]
