"""Questions about all calls of a tool, answered exactly by cells; what cannot be answered counts as not proved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from policyctl.cells.atoms import Clause, Literal
from policyctl.cells.find import Example, Nothing, find, is_impossible
from policyctl.cells.rules import failing, holding, passing
from policyctl.cells.schema import Reader
from policyctl.cells.valid import SchemaFit, Validity, find_valid
from policyctl.lint.subject import Subject, condition_pointer
from policyctl.lint.wording import condition_text, predicate_text
from policyctl.model.policy import Condition, Op, Predicate, ToolRules
from policyctl.model.values import JSONValue

#: A group of more conditions, or of more that look into texts, is not asked about: each question looks at all of them.
MOST_CONDITIONS = 100
MOST_TEXTS = 24
#: So many that look into texts are asked about together again and again.
FEW_TEXTS = 8


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


def may_hold(subject: Subject, rules: ToolRules, predicate: Predicate) -> bool:
    """Whether the predicate may hold for a call that the catalog's schema does not refuse, where there is one."""
    tool = subject.tools.get(rules.name)
    schema = tool.input_schema if tool else None
    if schema is None:
        return True
    match find_valid(holding(predicate), schema):
        case Nothing() | Validity(fit=SchemaFit.INVALID):
            return False
        case _:
            return True


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


@dataclass(frozen=True, slots=True)
class Group:
    """Rules of a tool that ask about the same arguments: what a call has to meet there, and predicates that deny.

    No rule of another group asks about any of the arguments, so that each group lets calls through or does not by itself.
    """

    keys: frozenset[str]
    required: tuple[Part, ...]
    denied: tuple[Predicate, ...]

    @property
    def is_contradicted(self) -> bool:
        """Whether no call meets what is required."""
        return bool(self.required) and is_impossible([part.clause for part in self.required])

    @property
    def size(self) -> int:
        """How many conditions there are."""
        return len(self.required) + sum(len(predicate.conditions) for predicate in self.denied)

    @property
    def texts(self) -> int:
        """How many conditions of denials look into texts."""
        conditions = (condition for predicate in self.denied for condition in predicate.conditions)
        return sum(condition.op in {Op.REGEX, Op.CONTAINS} for condition in conditions)


def groups(rules: ToolRules) -> list[Group]:
    """The rules of a tool apart, in the order of their arguments; conditions of one `deny_if` stay together."""
    root: dict[str, str] = {}
    for predicate in rules.deny_if:
        _join(root, [condition.path[0] for condition in predicate.conditions])
    required: dict[str, list[Part]] = defaultdict(list)
    denied: dict[str, list[Predicate]] = defaultdict(list)
    for predicate in rules.require:
        for condition, part in zip(predicate.conditions, condition_parts(predicate), strict=True):
            required[_root(root, condition.path[0])].append(part)
    for predicate in rules.deny_if:
        if predicate.conditions:
            denied[_root(root, predicate.conditions[0].path[0])].append(predicate)
    keys: dict[str, set[str]] = defaultdict(set)
    for predicate in (*rules.require, *rules.deny_if):
        for condition in predicate.conditions:
            keys[_root(root, condition.path[0])].add(condition.path[0])
    return [Group(frozenset(names), tuple(required[key]), tuple(denied[key])) for key, names in keys.items()]


def _join(root: dict[str, str], keys: Sequence[str]) -> None:
    for key in keys:
        root[_root(root, key)] = _root(root, keys[0])


def _root(root: dict[str, str], key: str) -> str:
    while root.get(key, key) != key:
        root[key] = root.get(root[key], root[key])
        key = root[key]
    return key


def deniers(rules: ToolRules, given: Sequence[Clause] = ()) -> tuple[Predicate, ...]:
    """Denials that leave none of the calls that meet `require` and what is given, none too many.

    Nothing if they leave some, or if there are no such calls anyhow.
    """
    always = tuple(predicate for predicate in rules.deny_if if not predicate.conditions)
    apart = groups(rules)
    before = [[*_about(given, group.keys), *(part.clause for part in group.required)] for group in apart]
    if any(is_impossible(clauses) for clauses in before if clauses):
        return ()
    return always[:1] or next((found for pair in zip(apart, before, strict=True) if (found := _deniers(*pair))), ())


def _deniers(group: Group, before: Sequence[Clause]) -> tuple[Predicate, ...]:
    if not group.denied or group.size > MOST_CONDITIONS or group.texts > MOST_TEXTS:
        return ()
    parts = [Part(predicate.pointer, predicate_text(predicate), failing(predicate)) for predicate in group.denied]
    places = {part.pointer for part in conflict(parts, before)}
    return tuple(predicate for predicate in group.denied if predicate.pointer in places)


def _about(clauses: Sequence[Clause], keys: frozenset[str]) -> list[Clause]:
    """Those that ask about nothing but the arguments with these names."""
    return [
        clause
        for clause in clauses
        if all(literal.atom.path[:1] and literal.atom.path[0] in keys for cube in clause for literal in cube)
    ]


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
