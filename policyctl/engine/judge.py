"""Judges: generated functions that say what the arguments of a call decide.

Code is generated once per *shape* (which operators on how many paths), never per constant: keys, operands and answers are
bound as closure variables, so no text of a policy ever becomes source text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from policyctl.engine.equality import equal
from policyctl.engine.operators import can_hold
from policyctl.model.decision import Decision
from policyctl.model.policy import Condition, Op, Predicate
from policyctl.model.values import JSONValue
from policyctl.pattern import SHORT, compile_pattern
from policyctl.pattern.plain import fixed_part

#: The arguments of a call to the answer.
Judge = Callable[[Any], Any]
#: Gives a value a name in the generated source.
Bind = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Step:
    """A predicate that denies a call: one of `require` if it does not hold (`wanted`), one of `deny_if` if it does."""

    predicate: Predicate
    wanted: bool
    denial: Decision


@dataclass(frozen=True, slots=True)
class Steps:
    """What is asked of the arguments, in order, and the answer to a call that nothing stops."""

    steps: tuple[Step, ...]
    last: Decision

    @classmethod
    def of(cls, steps: Sequence[Step], passed: Decision) -> Steps:
        """Without the steps that do nothing; one that always denies ends what can be reached."""
        reached: list[Step] = []
        for step in steps:
            if step.predicate.conditions:
                reached.append(step)
            elif not step.wanted:
                return cls(tuple(reached), step.denial)
        return cls(tuple(reached), passed)


class Reader(Protocol):
    """How a judge gets at its arguments."""

    #: Tells apart the sources of readers that must not share code.
    title: str

    def fetch(self, path: tuple[str, ...], name: str, bind: Bind) -> Iterator[str]:
        """Lines that put the value at the path, None if there is none, into the variable `name`."""
        ...


class Objects:
    """Arguments as dictionaries, whole."""

    title = "objects"

    def fetch(self, path: tuple[str, ...], name: str, bind: Bind) -> Iterator[str]:
        """One look-up for each key."""
        first, *rest = path
        yield f"{name} = args.get({bind(first)})"
        yield from descend(name, rest, bind)


def descend(name: str, keys: Sequence[str], bind: Bind) -> Iterator[str]:
    """Lines that go down from the value in a variable by object keys."""
    for key in keys:
        yield f"{name} = {name}.get({bind(key)}) if type({name}) is dict else None"


def write_judge(steps: Steps, reader: Reader, answer: Callable[[Decision], Any] = lambda decision: decision) -> Judge:
    """A function that returns what `answer` makes of the decision on arguments as `reader` knows them."""
    writer = _Writer(reader)
    for step in steps.steps:
        writer.stop(step, answer(step.denial))
    return writer.finish(answer(steps.last))


class _Writer:
    """Writes the body of one judge, and collects what its names stand for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lines: list[str] = []
        self._bound: list[Any] = []
        self._paths: dict[tuple[str, ...], str] = {}

    def stop(self, step: Step, answer: Any) -> None:
        """One predicate."""
        tests = " and ".join(
            [_test(condition, self._fetch(condition.path), self._bind) for condition in step.predicate.conditions]
        )
        self._lines.append(f"if {f'not ({tests})' if step.wanted else tests}: return {self._bind(answer)}")

    def finish(self, last: Any) -> Judge:
        """The function, with its last answer."""
        self._lines.append(f"return {self._bind(last)}")
        make = _maker(self._reader.title, "\n".join(self._lines), len(self._bound))
        return make(*self._bound)

    def _bind(self, value: Any) -> str:
        self._bound.append(value)
        return f"x{len(self._bound) - 1}"

    def _fetch(self, path: tuple[str, ...]) -> str:
        """The variable that holds the value at the path; fetched before its first use."""
        if path not in self._paths:
            name = self._paths[path] = f"v{len(self._paths)}"
            self._lines.extend(self._reader.fetch(path, name, self._bind))
        return self._paths[path]


@cache
def _maker(title: str, body: str, names: int) -> Callable[..., Judge]:
    """The function that binds constants to a shape. The source holds generated names and nothing else."""
    parameters = ", ".join(f"x{number}" for number in range(names))
    lines = "\n".join(f"        {line}" for line in body.splitlines())
    source = f"def make({parameters}):\n    def judge(args):\n{lines}\n    return judge\n"
    namespace: dict[str, Any] = {"equal": equal, "has": _has}
    exec(compile(source, f"<{title}>", "exec"), namespace)  # noqa: S102 - no text of a policy is in the source
    make: Callable[..., Judge] = namespace["make"]
    return make


def _has(elements: Sequence[JSONValue], wanted: JSONValue) -> bool:
    return any(equal(element, wanted) for element in elements)


def _test(condition: Condition, name: str, bind: Bind) -> str:
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
            return f"(type({name}) is str and {_found(value, name, bind)})"
        case Op.CONTAINS:
            wanted = bind(value)
            if isinstance(value, str):
                # A text equals nothing but the same text, so that Python's own search of the list is right.
                return f"((type({name}) is str or type({name}) is list) and {wanted} in {name})"
            return f"(type({name}) is list and has({name}, {wanted}))"


_COMPARISONS = {Op.LT: "<", Op.LTE: "<=", Op.GT: ">", Op.GTE: ">="}


def _found(pattern: str, name: str, bind: Bind) -> str:
    """Whether a pattern is found in a text."""
    fixed = fixed_part(pattern)
    if fixed is not None:
        return f"{name}.{fixed[0]}({bind(fixed[1])})"
    compiled = compile_pattern(pattern)
    test = f"{bind(compiled.test)}({name})"
    if compiled.find is None:
        return test
    # What `test` does first, without a call.
    usual = f"{name}.isascii() and len({name}) <= {SHORT}"
    return f"({bind(compiled.find)}({name}) is not None if {usual} else {test})"


def _is_number(name: str) -> str:
    # By class and not isinstance: a boolean is no number.
    return f"(type({name}) is int or type({name}) is float)"


def _equals(name: str, value: JSONValue, bind: Bind) -> str:
    match value:
        case None:
            return "False"
        case bool():
            return f"({name} is {bind(value)})"
        case int() | float():
            return f"({name} == {bind(value)} and type({name}) is not bool)"
        case str():
            return f"({name} == {bind(value)})"
        case _:
            return f"equal({name}, {bind(value)})"


def _member(condition: Condition, name: str, bind: Bind) -> str:
    if not can_hold(Condition(condition.path, Op.IN, condition.value)):
        return "False"
    assert isinstance(condition.value, list)
    return "(" + " or ".join(_kinds(condition.value, name, bind)) + ")"


def _kinds(values: Sequence[JSONValue], name: str, bind: Bind) -> Iterator[str]:
    """Membership by kind: texts and numbers are hashed, and only what is neither is compared one by one."""
    texts = [value for value in values if isinstance(value, str)]
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    others = [value for value in values if value is not None and (isinstance(value, bool | list | dict))]
    if texts:
        yield f"(type({name}) is str and {name} in {bind(frozenset(texts))})"
    if numbers:
        yield f"({_is_number(name)} and {name} in {bind(frozenset(numbers))})"
    if others:
        yield f"({name} is not None and has({bind(others)}, {name}))"
