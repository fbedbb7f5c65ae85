"""A policy as Python functions: one dictionary look-up and one call decide what the arguments decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policyctl.engine import sentences
from policyctl.engine.judge import Judge, Objects, Step, Steps, write_judge
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Action, Default, Policy, ToolRules
from policyctl.source.pointer import join

_OBJECTS = Objects()


@dataclass(frozen=True, slots=True)
class Branch:
    """What a policy says about one tool before approvals and limits: always the same, or by the arguments.

    `judge` takes the arguments as a dictionary; `steps` are what it goes through.
    """

    constant: Decision | None
    judge: Judge | None
    steps: Steps | None = None


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
    unmet = (
        Step(
            predicate, True, _denial(predicate.rule, predicate.on_deny or sentences.unmet(predicate), predicate.pointer)
        )
        for predicate in rules.require
    )
    forbidden = (
        Step(
            predicate,
            False,
            _denial(predicate.rule, predicate.on_deny or sentences.forbidden(predicate), predicate.pointer),
        )
        for predicate in rules.deny_if
    )
    steps = Steps.of((*unmet, *forbidden), passed)
    return Branch(None, write_judge(steps, _OBJECTS), steps) if steps.steps else _always(steps.last)
