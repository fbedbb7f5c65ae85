"""Questions about all calls of a tool, answered exactly by cells; what cannot be answered counts as not proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyctl.cells.atoms import Clause, Literal
from policyctl.cells.find import Example, Nothing, find
from policyctl.cells.rules import failing, holding, passing
from policyctl.cells.schema import Reader
from policyctl.cells.valid import SchemaFit, Validity, find_valid
from policyctl.lint.subject import Subject, condition_pointer
from policyctl.lint.wording import condition_text, predicate_text
from policyctl.model.policy import Condition, Op, Predicate, ToolRules
from policyctl.model.values import JSONValue

#: A tool with more conditions is not asked about condition by condition: each question looks at all of them.
MOST_CONDITIONS = 200


def is_impossible(clauses: Sequence[Clause]) -> bool:
    """Whether it is proved that no call meets them all."""
    return isinstance(find(clauses), Nothing)


def slips_through(subject: Subject, rules: ToolRules, *conditions: Condition) -> dict[str, JSONValue] | None:
    """The arguments of a call that the tool's rules let through although the conditions hold."""
    return slips_with(subject, rules, [((Literal(condition, holds=True),),) for condition in conditions])


def slips_with(subject: Subject, rules: ToolRules, wanted: Sequence[Clause]) -> dict[str, JSONValue] | None:
    """The arguments of a call that the tool's rules let through and that meets all these clauses.

    Where the catalog has a schema, no call that it is known to refuse: None then, as where there is no call at all.
    """
    clauses = (*passing(rules, subject.policy.limits_of(rules.name)), *wanted)
    tool = subject.tools.get(rules.name)
    schema = tool.input_schema if tool else None
    found = find(clauses) if schema is None else find_valid(clauses, schema)
    match found:
        case Example(args=args) | Validity(example=Example(args=args), fit=SchemaFit.VALID | SchemaFit.UNCHECKED):
            return args
        case _:
            return None


def any_of(path: tuple[str, ...], values: Sequence[JSONValue]) -> Clause:
    """The argument at a path is one of these values."""
    return tuple((Literal(Condition(path, Op.EQ, value), holds=True),) for value in values)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of a policy that every call has to meet: its place, and what stands there, in backticks."""

    pointer: str
    text: str
    clause: Clause


def condition_parts(predicate: Predicate) -> list[Part]:
    """What has to hold for the predicate to hold; the place is a condition's value."""
    return [
        Part(
            f"{condition_pointer(predicate, index)}/value",
            condition_text(condition),
            ((Literal(condition, holds=True),),),
        )
        for index, condition in enumerate(predicate.conditions)
    ]


def conflict(parts: Sequence[Part], given: Sequence[Clause] = ()) -> tuple[Part, ...]:
    """The first parts that no call meets together, none too many; nothing if there may be such a call.

    `given` is what holds anyhow. The last one is the first that cannot be met beside those before it.
    """
    if not is_impossible([*given, *_of(parts)]):
        return ()
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high) // 2
        if is_impossible([*given, *_of(parts[:middle])]):
            high = middle
        else:
            low = middle + 1
    left = list(parts[:low])
    for part in parts[: max(low - 1, 0)]:
        without = [other for other in left if other is not part]
        if is_impossible([*given, *_of(without)]):
            left = without
    return tuple(left)


def _of(parts: Sequence[Part]) -> list[Clause]:
    return [part.clause for part in parts]


def required(rules: ToolRules) -> list[Clause]:
    """What every call has to meet."""
    return [clause for predicate in rules.require for clause in holding(predicate)]


def deniers(rules: ToolRules, given: Sequence[Clause] = ()) -> tuple[Predicate, ...]:
    """Denials that leave none of the calls that meet `require` and what is given, none too many.

    Nothing if they leave some, or if there are no such calls anyhow.
    """
    before = [*given, *required(rules)]
    parts = [Part(predicate.pointer, predicate_text(predicate), failing(predicate)) for predicate in rules.deny_if]
    if not parts or is_impossible(before):
        return ()
    places = {part.pointer for part in conflict(parts, before)}
    return tuple(predicate for predicate in rules.deny_if if predicate.pointer in places)


def valid_calls(subject: Subject, rules: ToolRules) -> tuple[Clause, ...]:
    """What the catalog's schema says of every valid call, as far as the rules ask; nothing where it leaves that open."""
    tool = subject.tools.get(rules.name)
    if tool is None or tool.input_schema is None:
        return ()
    predicates = (*rules.require, *rules.deny_if)
    reader = Reader(
        tool.input_schema, frozenset(each.path for predicate in predicates for each in predicate.conditions)
    )
    clauses = reader.clauses()
    return () if reader.untold else clauses


def condition_count(rules: ToolRules) -> int:
    """How many conditions the rules have."""
    return sum(len(predicate.conditions) for predicate in (*rules.require, *rules.deny_if))
