"""The rule for one tool: the strictest of those that its possible classes ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policyctl.model.catalog import Category, Evidence, Tag, Tool
from policyctl.model.policy import Action, Scope
from policyctl.model.values import JSONValue
from policyctl.recommend.arguments import arguments_of
from policyctl.recommend.bounds import Bounds, bounds_of, predicate
from policyctl.recommend.evidence import decisive
from policyctl.recommend.profile import UNREVIEWED, Approval, Outcome, Profile, Rate, Row, row_of
from policyctl.recommend.skeleton import Gap, Skeleton, skeleton_of
from policyctl.recommend.standing import Because, Standing, is_settled, standings
from policyctl.recommend.step import Step, looser, tighter

#: `hide` takes this name for all tools.
EVERY_TOOL = "*"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What a policy should say about one tool, and why.

    `rules` are what stands under the tool's name; None if the name belongs into `hide` alone. `standings` are the
    classes that were reckoned with, the tool's own first; `gap` is what a person has to fill in before anything passes.
    """

    tool: Tool
    profile: Profile
    outcome: Outcome
    rules: Mapping[str, JSONValue] | None
    standings: tuple[Standing, ...]
    rate: tuple[Rate, ...] = ()
    gap: Gap | None = None
    evidence: Evidence | None = None

    @property
    def loosen(self) -> tuple[Step, ...]:
        """How to let more through, the smallest step first."""
        arguments = arguments_of(self.tool.input_schema)
        return tuple(looser(self.tool, self.outcome, self.rules or {}, arguments, gap=self.gap))

    @property
    def tighten(self) -> tuple[Step, ...]:
        """How to let less through, the smallest step first."""
        return tuple(tighter(self.tool, self.outcome, self.rules or {}, arguments_of(self.tool.input_schema)))

    @property
    def is_hidden(self) -> bool:
        """Whether the tool's name goes into `hide`, and nowhere else."""
        return self.rules is None

    @property
    def doubts(self) -> tuple[Standing, ...]:
        """The classes that count because nobody is sure of the tool's own."""
        return tuple(each for each in self.standings if each.because not in {Because.CLASS, Because.RISK})

    @property
    def raised_to(self) -> Category | None:
        """The class whose rule counts too because of the tool's risk."""
        return next((each.category for each in self.standings if each.because is Because.RISK), None)

    @property
    def asks_review(self) -> bool:
        """Whether a person's word about the class would open the tool."""
        return self.outcome is Outcome.DENIED and _asks_review(self.tool, self.profile, self.standings)


def rule_for(tool: Tool, profile: Profile, *, approval: Approval = Approval.PUBLISHED) -> Recommendation:
    """The rule for one tool; a tool without a class gets the strictest rule of all."""
    counted = standings(tool)
    rows = tuple(_row(tool, standing, profile, approval) for standing in counted)
    strictest = max(rows, key=lambda row: row.outcome.rank)
    outcome = strictest.outcome
    if outcome is Outcome.HIDDEN and tool.name == EVERY_TOOL:
        outcome = Outcome.DENIED
    is_bounded = outcome in {Outcome.LIMITED, Outcome.APPROVAL} and any(row.bounds for row in rows)
    asks = outcome is Outcome.APPROVAL and _runs_things(counted, rows)
    arguments = arguments_of(tool.input_schema) if is_bounded or asks else ()
    rates = tuple(_rates(rows)) if outcome in {Outcome.LIMITED, Outcome.APPROVAL} else ()
    skeleton = skeleton_of(arguments) if asks else None
    bounds = bounds_of(arguments) if is_bounded else Bounds()
    rules = _rules(tool, outcome, strictest.message, rates, skeleton, bounds)
    return Recommendation(
        tool=tool,
        profile=profile,
        outcome=outcome,
        rules=rules,
        standings=counted,
        rate=rates,
        gap=skeleton.gap if skeleton else None,
        evidence=decisive(tool),
    )


def _row(tool: Tool, standing: Standing, profile: Profile, approval: Approval) -> Row:
    if _asks_review(tool, profile, (standing,)):
        return Row(Outcome.DENIED, message=UNREVIEWED)
    return row_of(standing.category, profile, approval)


def _asks_review(tool: Tool, profile: Profile, counted: Iterable[Standing]) -> bool:
    categories = [standing.category for standing in counted]
    is_private = Tag.PRIVATE_DATA in tool.tags and max(categories, key=_rank) is Category.READ
    return is_private and row_of(Category.READ, profile, Approval.PUBLISHED).asks_review and not is_settled(tool)


def _runs_things(counted: Iterable[Standing], rows: Iterable[Row]) -> bool:
    """Whether the rule of a class that the tool itself may be of, and not only its risk, asks for the main argument."""
    pairs = zip(counted, rows, strict=True)
    return any(row.asks_main_argument and standing.because is not Because.RISK for standing, row in pairs)


def _rank(category: Category) -> int:
    return category.rank


def _rates(rows: Iterable[Row]) -> Iterator[Rate]:
    """The lowest rate of each window, that of the tool's own class first."""
    lowest: dict[str, Rate] = {}
    for row in rows:
        if row.rate is not None:
            known = lowest.get(row.rate.window, row.rate)
            lowest[row.rate.window] = min(known, row.rate, key=lambda rate: rate.maximum)
    yield from lowest.values()


def _rules(
    tool: Tool,
    outcome: Outcome,
    message: str | None,
    rates: tuple[Rate, ...],
    skeleton: Skeleton | None,
    bounds: Bounds,
) -> Mapping[str, JSONValue] | None:
    """The rules as a policy writes them, in the canonical order of keys."""
    if outcome is Outcome.HIDDEN:
        return None
    if outcome is Outcome.DENIED:
        return {"deny_if": [predicate(on_deny=message)]}
    asked: dict[str, JSONValue] = {}
    if outcome is Outcome.APPROVAL:
        asked = {"action": Action.REQUIRE_APPROVAL.value, "reason": message}
    main = () if skeleton is None else (skeleton.require,)
    required: list[JSONValue] = [*main, *(each for each in bounds.require if each not in main)]
    parts: dict[str, list[JSONValue]] = {
        "require": required,
        "deny_if": list(bounds.deny_if),
        "limits": list(limits_of(tool.name, rates)),
    }
    return asked | {key: part for key, part in parts.items() if part}


def limits_of(name: str, rates: Iterable[Rate]) -> Iterator[JSONValue]:
    """Limits whose counters no other tool's limits have: a name and an ending of a fixed set tell where each comes from.

    What the scope is where none is written, the vendor does not say: so it is written.
    """
    for ending, rate in zip(("rate", "burst"), rates, strict=False):
        yield {"counter": f"{name}_{ending}", "max": rate.maximum, "window": rate.window, "scope": Scope.GRANT.value}
