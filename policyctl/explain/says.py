"""What a stage found, in a sentence; words of the policy stand in backticks."""

from __future__ import annotations

from policyctl.engine.decide import Question
from policyctl.explain.result import State
from policyctl.model.policy import Action, Default


def says(stage: str, question: Question, state: State) -> str:
    """The reason for the state of a stage that was reached."""
    match stage:
        case "hidden":
            return _hidden(question)
        case "unlisted":
            return _unlisted(question)
        case "action":
            return _action(question.rules.action)
        case "unmet":
            return _require(len(question.rules.require), state)
        case "forbidden":
            return _deny_if(len(question.rules.deny_if), state)
        case "approval":
            return _approval(question.rules.action, state)
        case _:
            return _limits(len(question.policy.limits_of(question.tool)), state)


def _hidden(question: Question) -> str:
    hide = question.policy.hide
    if question.tool in hide:
        return "`hide` names the tool"
    if "*" in hide:
        return '`hide` has `"*"`, which is every tool'
    return "`hide` does not name the tool" if hide else "nothing is hidden"


def _unlisted(question: Question) -> str:
    if question.tool in question.policy.tools:
        return "`tools` lists the tool"
    is_closed = question.policy.default is Default.DENY
    return f"`tools` does not list the tool, and `default` is `{'deny' if is_closed else 'allow'}`"


def _action(action: Action | None) -> str:
    match action:
        case None:
            return "the tool has no `action`"
        case Action.DENY:
            return "`action: deny` denies every call"
        case Action.ALLOW:
            return "`action: allow` changes nothing: the rules below still apply"
        case Action.REQUIRE_APPROVAL:
            return "`action: require_approval` has its turn after the conditions"


def _require(count: int, state: State) -> str:
    if not count:
        return "nothing is required"
    match state:
        case State.PASSED:
            return "what must hold holds" if count == 1 else f"each of the {count} that must hold holds"
        case State.OPEN:
            return "whether all that must hold holds is not known"
        case _:
            return "something that must hold does not"


def _deny_if(count: int, state: State) -> str:
    if not count:
        return "nothing is forbidden"
    match state:
        case State.PASSED:
            return "what would deny does not hold" if count == 1 else f"none of the {count} that would deny holds"
        case State.OPEN:
            return "whether something that denies holds is not known"
        case _:
            return "something that denies holds"


def _approval(action: Action | None, state: State) -> str:
    if action is not Action.REQUIRE_APPROVAL:
        return "no approval is asked for"
    match state:
        case State.PASSED:
            return "an approval for this call is on record"
        case State.OPEN:
            return "whether a person has to be asked is not known"
        case _:
            return "a person has to approve the call, and no approval for it is on record"


def _limits(count: int, state: State) -> str:
    if not count:
        return "no limit counts the call"
    match state:
        case State.PASSED:
            return "the limit has room" if count == 1 else f"each of the {count} limits has room"
        case State.OPEN:
            return "whether every limit has room is not known"
        case _:
            return "a limit has no room"
