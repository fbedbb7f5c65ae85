"""Approvals, labels, fidelity and gates in the JSON of a simulation."""

from __future__ import annotations

from policyctl.model.values import JSONValue
from policyctl.simulate.result import ApprovalLoad, Fidelity, GateResult, LabelScore

Fields = dict[str, JSONValue]


def approvals_fields(load: ApprovalLoad) -> Fields:
    """How often people are asked."""
    return {
        "calls": load.calls,
        "sessions": load.sessions,
        "most_in_a_session": load.most_in_a_session,
        "most_in_an_hour": load.most_in_an_hour,
        "repeats": load.repeats,
    }


def labels_fields(score: LabelScore) -> Fields:
    """The score on sessions of known outcome, with its baselines."""
    return {
        "bad": {
            "selector": score.bad_selector,
            "attack_call": score.attack_selector,
            "sessions": score.bad,
            "stopped": score.stopped,
            "any_denial": score.touched,
            "waiting": score.bad_held,
            "undetermined": score.bad_open,
        },
        "good": {
            "selector": score.good_selector,
            "sessions": score.good,
            "broken": score.broken,
            "waiting": score.good_held,
            "undetermined": score.good_open,
            "examples": [
                {
                    "session": example.session,
                    "tool": example.tool,
                    "rule": example.rule,
                    "first": {"file": example.file, "line": example.line},
                }
                for example in score.examples
            ],
        },
        "unlabelled": score.unlabelled,
        "both": score.both,
        "baselines": {
            "deny_everything": {"stopped": score.bad, "broken": score.good},
            "allow_everything": {"stopped": 0, "broken": 0},
        },
    }


def fidelity_fields(fidelity: Fidelity) -> Fields:
    """Recorded decisions against replayed ones."""
    return {
        "recorded": fidelity.recorded,
        "same": fidelity.same,
        "undetermined": fidelity.undetermined,
        "misses": [
            {"recorded": miss.recorded, "replayed": miss.replayed, "cause": miss.cause.value, "calls": miss.calls}
            for miss in fidelity.misses
        ],
        "other_policies": [{"policy": name, "calls": calls} for name, calls in fidelity.policies],
    }


def gate_fields(gate: GateResult) -> Fields:
    """One bound and what was found."""
    return {
        "gate": gate.name,
        "bound": gate.bound,
        "found": gate.found,
        "passed": gate.passed,
        "exit": 0 if gate.passed else gate.code,
    }
