"""The reference evaluator: one call under one policy, step by step as language §3 tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from policyctl.engine import sentences
from policyctl.engine.operators import holds
from policyctl.engine.record import Found, Record, Seen, Unseen, redactions
from policyctl.engine.truth import Truth, all_of
from policyctl.model.call import Call
from policyctl.model.decision import Decision, Doubt, Verdict
from policyctl.model.policy import Action, Condition, Default, Limit, Policy, Predicate, ToolRules
from policyctl.source.pointer import join


@dataclass(frozen=True, slots=True)
class Room:
    """Whether a limit has room for a call.

    `message` is what the agent is told when it has none, `doubts` why it is not known.
    """

    state: Truth
    message: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether an approval for a call is on record; `remark` says why one that is there does not count."""

    state: Truth
    remark: str = ""
    doubts: tuple[Doubt, ...] = ()


class Usage(Protocol):
    """What earlier calls used up, and which approvals are on record."""

    def room(self, limit: Limit, record: Record) -> Room:
        """Whether this limit has room for this call."""
        ...

    def consent(self, record: Record, tool: str) -> Consent:
        """Whether somebody approved this call of the tool, by the policy's name for it."""
        ...


@dataclass(frozen=True, slots=True)
class Ends:
    """A step that decides, if no earlier one does."""

    verdict: Verdict
    rule: str
    message: str
    pointer: str
    reached: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Wavers:
    """A step that may deny, if the missing facts are such."""

    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class MayAsk:
    """A step that may put the call to a person, so that nothing behind it is certain."""

    doubts: tuple[Doubt, ...]


Step = Ends | Wavers | MayAsk


@dataclass(frozen=True, slots=True)
class Question:
    """One call under one policy, as every stage sees it."""

    policy: Policy
    tool: str
    record: Record
    usage: Usage

    @property
    def rules(self) -> ToolRules:
        """What the policy says about the tool; nothing if it does not list it."""
        return self.policy.tools.get(self.tool) or ToolRules(self.tool)


def hidden(question: Question) -> Iterator[Step]:
    """1. A hidden tool is denied when it is called all the same."""
    for index, name in enumerate(question.policy.hide):
        if name in (question.tool, "*"):
            yield Ends(Verdict.DENY, "(hidden)", sentences.HIDDEN, join("hide", index))
            return


def unlisted(question: Question) -> Iterator[Step]:
    """2. What a closed policy does not list is denied."""
    if question.policy.default is Default.DENY and question.tool not in question.policy.tools:
        yield Ends(Verdict.DENY, "(default deny)", sentences.UNLISTED, "/default")


def denied(question: Question) -> Iterator[Step]:
    """3. `action: deny`."""
    rules = question.rules
    if rules.action is Action.DENY:
        place = join("tools", question.tool, "action")
        yield Ends(Verdict.DENY, place, rules.reason or sentences.DENIED, place)


def unmet(question: Question) -> Iterator[Step]:
    """4. Each `require` must hold."""
    for predicate in question.rules.require:
        match truth_of(predicate, question.record):
            case Truth.FALSE:
                message = predicate.on_deny or sentences.unmet(predicate)
                yield Ends(Verdict.DENY, predicate.rule, message, predicate.pointer)
            case Truth.UNKNOWN:
                yield Wavers(doubts_about(predicate, question.record))
            case Truth.TRUE:
                pass


def forbidden(question: Question) -> Iterator[Step]:
    """5. No `deny_if` may hold."""
    for predicate in question.rules.deny_if:
        match truth_of(predicate, question.record):
            case Truth.TRUE:
                message = predicate.on_deny or sentences.forbidden(predicate)
                yield Ends(Verdict.DENY, predicate.rule, message, predicate.pointer)
            case Truth.UNKNOWN:
                yield Wavers(doubts_about(predicate, question.record))
            case Truth.FALSE:
                pass


def unapproved(question: Question) -> Iterator[Step]:
    """6. `action: require_approval`, unless an approval for this call is on record."""
    rules = question.rules
    if rules.action is not Action.REQUIRE_APPROVAL:
        return
    consent = question.usage.consent(question.record, question.tool)
    match consent.state:
        case Truth.FALSE:
            place = join("tools", question.tool, "action")
            message = rules.reason or sentences.APPROVAL
            yield Ends(Verdict.APPROVAL, place, message + consent.remark, place)
        case Truth.UNKNOWN:
            yield MayAsk(consent.doubts)
        case Truth.TRUE:
            pass


def exhausted(question: Question) -> Iterator[Step]:
    """7. Every limit that counts the call needs room for it."""
    reached = question.policy.limits_of(question.tool)
    for limit in reached:
        room = question.usage.room(limit, question.record)
        match room.state:
            case Truth.FALSE:
                yield Ends(Verdict.DENY, limit.rule, limit.on_deny or room.message, limit.pointer, reached)
            case Truth.UNKNOWN:
                yield Wavers(room.doubts)
            case Truth.TRUE:
                pass


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the evaluation; `evidence` says why it stands where it does."""

    name: str
    steps: Callable[[Question], Iterator[Step]]
    evidence: str


#: The order of evaluation: the first stage that decides ends it (language §3, docs/semantics.md).
STAGES = (
    Stage("hidden", hidden, "published: a hidden tool is not listed and not callable"),
    Stage("unlisted", unlisted, "published: `default: deny` denies what `tools` does not list"),
    Stage("action", denied, "the tool pages' short form; an unconditional answer needs no argument"),
    Stage("unmet", unmet, "decided here: what must hold comes before what must not, as tool pages list them"),
    Stage("forbidden", forbidden, "decided here: a call that a condition forbids must not use up a quota"),
    Stage("approval", unapproved, "decided here: nobody is asked to approve what is forbidden anyway"),
    Stage("exhausted", exhausted, "decided here: only a call that passes everything else is counted"),
)


def decide(policy: Policy, call: Call, usage: Usage, *, tool: str | None = None) -> Decision:
    """What `policy` says about `call` after `usage`; `tool` is the policy's name for it where a client renamed it."""
    question = Question(policy, tool or call.tool, Record.of(call), usage)
    limits = policy.limits_of(question.tool)
    doubts: list[Doubt] = []
    for stage in STAGES:
        for step in stage.steps(question):
            match step:
                case Ends(verdict=Verdict.APPROVAL) if doubts:
                    # Denied or up for approval: in neither case is a limit reached.
                    return undetermined(doubts)
                case Ends():
                    return Decision(step.verdict, step.rule, step.message, step.pointer, step.reached)
                case Wavers():
                    doubts.extend(step.doubts)
                case MayAsk():
                    return undetermined([*doubts, *step.doubts], limits)
    return undetermined(doubts, limits) if doubts else Decision(Verdict.ALLOW, limits=limits)


def undetermined(doubts: Iterable[Doubt], limits: tuple[Limit, ...] = ()) -> Decision:
    """The honest answer: each doubt once, in the order in which causes are named."""
    return Decision(
        Verdict.UNDETERMINED,
        limits=limits,
        doubts=tuple(sorted(dict.fromkeys(doubts), key=lambda doubt: doubt.sort_key)),
    )


def truth_of(predicate: Predicate, record: Record) -> Truth:
    """Conditions are ANDed; none at all always hold."""
    return all_of(holds(condition, record.find(condition.path)) for condition in predicate.conditions)


def doubts_about(predicate: Predicate, record: Record) -> tuple[Doubt, ...]:
    """Why a predicate is unknown: the conditions that are certain have no part in it."""
    return tuple(doubt for condition in predicate.conditions for doubt in _doubts(condition, record))


def _doubts(condition: Condition, record: Record) -> tuple[Doubt, ...]:
    found = record.find(condition.path)
    if holds(condition, found) is not Truth.UNKNOWN:
        return ()
    return reasons(found)


def reasons(found: Found) -> tuple[Doubt, ...]:
    """What the record would have to say for the finding to be certain."""
    match found:
        case Unseen(doubts=doubts):
            return doubts
        case Seen(value=value):
            return redactions(value)
        case _:
            return ()


def rules_of(policy: Policy) -> Iterator[tuple[str | None, str, str]]:
    """Every rule that can decide a call: the tool it is for (None for all), what the gateway logs, and its pointer."""
    for index, name in enumerate(policy.hide):
        yield (None if name == "*" else name), "(hidden)", join("hide", index)
    for name, rules in policy.tools.items():
        if rules.action in (Action.DENY, Action.REQUIRE_APPROVAL):
            place = join("tools", name, "action")
            yield name, place, place
        for predicate in (*rules.require, *rules.deny_if):
            yield name, predicate.rule, predicate.pointer
        for limit in (*rules.limits, *((rules.rate_limit,) if rules.rate_limit else ())):
            yield name, limit.rule, limit.pointer
    for limit in policy.all_tools_limits:
        yield None, limit.rule, limit.pointer
