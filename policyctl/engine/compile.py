"""A policy as Python functions: one dictionary look-up and one call decide what the arguments decide.

Code is generated once per *shape* (which operators on how many paths), never per constant: path keys, operands and
answers are bound as closure variables, so no text of a policy ever becomes source text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from policyctl.engine import sentences
from policyctl.engine.equality import equal
from policyctl.engine.operators import can_hold
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Action, Condition, Default, Op, Policy, Predicate, ToolRules
from policyctl.model.values import JSONValue
from policyctl.pattern import compile_pattern
from policyctl.source.pointer import join

Judge = Callable[[dict[str, Any]], Decision]


@dataclass(frozen=True, slots=True)
class Branch:
    """What a policy says about one tool before approvals and limits: always the same, or by the arguments."""

    constant: Decision | None
    judge: Judge | None


def compile_policy(policy: Policy) -> tuple[dict[str, Branch], Branch]:
    """A branch for each tool that the policy names, and the one for all others."""
    names = dict.fromkeys((*policy.tools, *(name for name in policy.hide if name != "*")))
    # Backwards, so that the first of equal names counts.
    hidden: dict[str | None, int] = {name: index for index, name in reversed(tuple(enumerate(policy.hide)))}
    return {name: _branch(policy, name, hidden) for name in names}, _branch(policy, None, hidden)


def _branch(policy: Policy, tool: str | None, hidden: Mapping[str | None, int]) -> Branch:
    """The branch of one tool; None is any tool that the policy does not name."""
    places = [hidden[name] for name in (tool, "*") if name in hidden]
    if places:
        return _always(_denial("(hidden)", sentences.HIDDEN, join("hide", min(places))))
    rules = policy.tools.get(tool) if tool is not None else None
    if rules is None:
        if policy.default is Default.DENY:
            return _always(_denial("(default deny)", sentences.UNLISTED, "/default"))
        return _always(Decision(Verdict.ALLOW, limits=policy.all_tools_limits))
    if rules.action is Action.DENY:
        place = join("tools", rules.name, "action")
        return _always(_denial(place, rules.reason or sentences.DENIED, place))
    return _by_arguments(rules, _passed(policy, rules))


def _always(decision: Decision) -> Branch:
    return Branch(decision, None)


def _passed(policy: Policy, rules: ToolRules) -> Decision:
    """The answer to a call that no condition stops."""
    if rules.action is Action.REQUIRE_APPROVAL:
        place = join("tools", rules.name, "action")
        return Decision(Verdict.APPROVAL, place, rules.reason or sentences.APPROVAL, place)
    return Decision(Verdict.ALLOW, limits=policy.limits_of(rules.name))


def _denial(rule: str, message: str, pointer: str) -> Decision:
    return Decision(Verdict.DENY, rule, message, pointer)


def _by_arguments(rules: ToolRules, passed: Decision) -> Branch:
    writer = _Writer()
    for predicate in rules.require:
        message = predicate.on_deny or sentences.unmet(predicate)
        writer.stop_unless(predicate, _denial(predicate.rule, message, predicate.pointer))
    for predicate in rules.deny_if:
        message = predicate.on_deny or sentences.forbidden(predicate)
        writer.stop_if(predicate, _denial(predicate.rule, message, predicate.pointer))
    return writer.finish(passed)


class _Writer:
    """Writes the body of one judge, and collects what its names stand for."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._bound: list[Any] = []
        self._paths: dict[tuple[str, ...], str] = {}
        self._constant: Decision | None = None

    def stop_unless(self, predicate: Predicate, denial: Decision) -> None:
        """A requirement."""
        tests = self._tests(predicate)
        if tests and self._constant is None:
            self._lines.append(f"if not ({' and '.join(tests)}): return {self._bind(denial)}")

    def stop_if(self, predicate: Predicate, denial: Decision) -> None:
        """A prohibition; one without conditions always holds, and ends what can be reached."""
        tests = self._tests(predicate)
        if self._constant is not None:
            return
        if tests:
            self._lines.append(f"if {' and '.join(tests)}: return {self._bind(denial)}")
        else:
            self._constant = denial

    def finish(self, passed: Decision) -> Branch:
        """The branch; without any condition it does not depend on the arguments."""
        last = self._constant or passed
        if not self._lines:
            return _always(last)
        self._lines.append(f"return {self._bind(last)}")
        make = _maker("\n".join(self._lines), len(self._bound))
        return Branch(None, make(*self._bound))

    def _bind(self, value: Any) -> str:
        self._bound.append(value)
        return f"x{len(self._bound) - 1}"

    def _tests(self, predicate: Predicate) -> list[str]:
        return [_test(condition, self._fetch(condition.path), self._bind) for condition in predicate.conditions]

    def _fetch(self, path: tuple[str, ...]) -> str:
        """The variable that holds the value at the path, None if there is none; fetched before its first use."""
        if path not in self._paths:
            name = self._paths[path] = f"v{len(self._paths)}"
            first, *rest = path
            self._lines.append(f"{name} = args.get({self._bind(first)})")
            self._lines.extend(
                f"{name} = {name}.get({self._bind(key)}) if {name}.__class__ is dict else None" for key in rest
            )
        return self._paths[path]


@cache
def _maker(body: str, names: int) -> Callable[..., Judge]:
    """The function that binds constants to a shape. The source holds generated names and nothing else."""
    parameters = ", ".join(f"x{number}" for number in range(names))
    lines = "\n".join(f"        {line}" for line in body.splitlines())
    source = f"def make({parameters}):\n    def judge(args):\n{lines}\n    return judge\n"
    namespace: dict[str, Any] = {"equal": equal, "has": _has}
    exec(compile(source, "<policy>", "exec"), namespace)  # noqa: S102 - no text of a policy is in the source
    make: Callable[..., Judge] = namespace["make"]
    return make


def _has(elements: Sequence[JSONValue], wanted: JSONValue) -> bool:
    return any(equal(element, wanted) for element in elements)


def _test(condition: Condition, name: str, bind: Callable[[Any], str]) -> str:
    """An expression for `path op value`; `name` holds the argument, None if it is absent."""
    value: Any = condition.value
    match condition.op:
        case Op.EXISTS:
            return f"{name} is not None" if value else f"{name} is None"
        case Op.EQ:
            return _equals(name, value, bind)
        case Op.NEQ:
            return f"({name} is not None and not {_equals(name, value, bind)})"
        case Op.IN:
            return _member(condition, name, bind)
        case Op.NOT_IN:
            return f"({name} is not None and not {_member(condition, name, bind)})"
        case Op.LT | Op.LTE | Op.GT | Op.GTE:
            return f"({_is_number(name)} and {name} {_COMPARISONS[condition.op]} {bind(value)})"
        case Op.REGEX:
            return f"({name}.__class__ is str and {bind(compile_pattern(value).search)}({name}))"
        case Op.CONTAINS:
            wanted = bind(value)
            if isinstance(value, str):
                # A text equals nothing but the same text, so that Python's own search of the list is right.
                return f"(({name}.__class__ is str or {name}.__class__ is list) and {wanted} in {name})"
            return f"({name}.__class__ is list and has({name}, {wanted}))"


_COMPARISONS = {Op.LT: "<", Op.LTE: "<=", Op.GT: ">", Op.GTE: ">="}


def _is_number(name: str) -> str:
    # By class and not isinstance: a boolean is no number.
    return f"({name}.__class__ is int or {name}.__class__ is float)"


def _equals(name: str, value: JSONValue, bind: Callable[[Any], str]) -> str:
    match value:
        case None:
            return "False"
        case bool():
            return f"({name} is {bind(value)})"
        case int() | float():
            return f"({name} == {bind(value)} and {name}.__class__ is not bool)"
        case str():
            return f"({name} == {bind(value)})"
        case _:
            return f"equal({name}, {bind(value)})"


def _member(condition: Condition, name: str, bind: Callable[[Any], str]) -> str:
    if not can_hold(Condition(condition.path, Op.IN, condition.value)):
        return "False"
    assert isinstance(condition.value, list)
    return "(" + " or ".join(_kinds(condition.value, name, bind)) + ")"


def _kinds(values: Sequence[JSONValue], name: str, bind: Callable[[Any], str]) -> Iterator[str]:
    """Membership by kind: texts and numbers are hashed, and only what is neither is compared one by one."""
    texts = [value for value in values if isinstance(value, str)]
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    others = [value for value in values if value is not None and (isinstance(value, bool | list | dict))]
    if texts:
        yield f"({name}.__class__ is str and {name} in {bind(frozenset(texts))})"
    if numbers:
        yield f"({_is_number(name)} and {name} in {bind(frozenset(numbers))})"
    if others:
        yield f"({name} is not None and has({bind(others)}, {name}))"
