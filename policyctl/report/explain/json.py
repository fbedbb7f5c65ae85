"""An explanation for programs: `policyctl/explain/v1`."""

from __future__ import annotations

import json
from decimal import Decimal

from policyctl import SEMANTICS, __version__
from policyctl.diagnostic import Position
from policyctl.engine.amount import maximum_of
from policyctl.engine.record import Absent, Found, Seen
from policyctl.engine.truth import Truth
from policyctl.explain.result import ConditionView, Explanation, LimitView, PredicateView, StageView
from policyctl.explain.why import kind_of
from policyctl.model.args_state import ArgsState
from policyctl.model.values import JSONValue
from policyctl.report.explain.page import told_agent
from policyctl.report.explain.words import is_whole, length
from policyctl.report.number import number_field
from policyctl.source.pointer import format_path

Fields = dict[str, JSONValue]

_TRUTHS = {Truth.TRUE: "true", Truth.FALSE: "false", Truth.UNKNOWN: "unknown"}


def render(explanation: Explanation, *, show_args: bool) -> str:
    """One object, its keys in a fixed order."""
    # Beyond ASCII everything is escaped: a name may hold half a surrogate pair, which no encoding can carry.
    return json.dumps(_report(explanation, show_args), indent=2) + "\n"


def _report(explanation: Explanation, show_args: bool) -> Fields:
    decision, origin = explanation.decision, explanation.origin
    return {
        "schema": "policyctl/explain/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": 0,
        "policy": {"file": explanation.policy.name, "digest": explanation.policy.digest},
        "source": None if origin is None else {"file": origin.file, "line": origin.line, "repeats": origin.repeats},
        "call": _call(explanation, show_args),
        "did_you_mean": explanation.near,
        "windows": explanation.windows.value,
        "usage_given": list(explanation.preset),
        "stages": [_stage(stage, show_args) for stage in explanation.stages],
        "verdict": decision.verdict.value,
        "rule": decision.rule,
        "message": decision.message,
        "agent_reads": told_agent(explanation),
        "pointer": decision.pointer,
        "position": _position(explanation.position),
        "limits": [limit.pointer for limit in decision.limits],
        "causes": list(decision.causes),
        "facts_to_record": list(explanation.facts),
    }


def _call(explanation: Explanation, show_args: bool) -> Fields:
    call = explanation.call
    fields: Fields = {
        "tool": explanation.tool,
        "recorded_tool": call.tool,
        "args_state": call.state.value,
        "ts": call.ts,
        "session": call.session,
        "grant": call.grant,
        "server": call.server,
    }
    if show_args and call.state is ArgsState.FULL and is_whole(call.args):
        fields["args"] = call.args
    return fields


def _stage(stage: StageView, show_args: bool) -> Fields:
    return {
        "stage": stage.name,
        "state": stage.state.value,
        "says": stage.says,
        "predicates": [_predicate(view, show_args) for view in stage.predicates],
        "limits": [_limit(view) for view in stage.limits],
    }


def _predicate(view: PredicateView, show_args: bool) -> Fields:
    return {
        "rule": view.predicate.rule,
        "pointer": view.predicate.pointer,
        "position": _position(view.position),
        "holds": None if view.truth is None else _TRUTHS[view.truth],
        "conditions": [_condition(condition, show_args) for condition in view.conditions],
        "remark": view.remark,
    }


def _condition(view: ConditionView, show_args: bool) -> Fields:
    return {
        "path": format_path(view.condition.path),
        "op": view.condition.op.value,
        "value": view.condition.value,
        "holds": _TRUTHS[view.truth],
        "seen": _seen(view.found, show_args),
        "reason": view.reason,
    }


def _seen(found: Found, show_args: bool) -> Fields:
    match found:
        case Seen(value=value):
            fields: Fields = {"state": "present", "type": kind_of(value).split()[-1], "length": length(value)}
            return fields | ({"value": value} if show_args and is_whole(value) else {})
        case Absent():
            return {"state": "absent", "type": None, "length": None}
        case _:
            return {"state": "unknown", "type": None, "length": None}


def _limit(view: LimitView) -> Fields:
    limit = view.limit
    return {
        "counter": limit.counter,
        "rule": limit.rule,
        "pointer": limit.pointer,
        "position": _position(view.position),
        "scope": limit.scope.value,
        "subject": None if view.subject is None else list(view.subject),
        "window_seconds": limit.window,
        "amount_from": None if limit.amount_from is None else format_path(limit.amount_from),
        "maximum": number_field(maximum_of(limit)),
        "used": {"least": number_field(view.used.least), "most": number_field(view.used.most)},
        "takes": number_field(view.taken) if isinstance(view.taken, int | Decimal) else None,
        "has_room": None if view.room is None else _TRUTHS[view.room.state],
    }


def _position(position: Position | None) -> JSONValue:
    return None if position is None else {"line": position.line, "column": position.column}
