"""Which engines are measured, in what shape, and what they cannot say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine; `module` is the one of this folder that writes policies for it.

    `goal` is how many times as many decisions as this peer policyctl wants to make.
    """

    name: str
    distribution: str
    module: str
    shape: str
    lacks: str
    goal: float | None = None


PEERS: tuple[Peer, ...] = (
    Peer("jsonschema-rs", "jsonschema-rs", "jsonschema_rs_", "a schema per tool, `is_valid`", "yes or no only", 1.3),
    Peer("fastjsonschema", "fastjsonschema", "fastjsonschema_", "a compiled schema per tool", "the first error", 5),
    Peer("CEL, C++", "cel-expr-python", "cel_cpp", "an expression per tool", "yes or no only", 12),
    Peer(
        "cedarpy",
        "cedarpy",
        "cedar",
        "a parsed policy set per tool, only what it reads in the request",
        "regular expressions, fractions, text or list",
        50,
    ),
    Peer("CEL, Rust", "common-expression-language", "cel_rust", "an expression per tool", "yes or no only"),
    Peer("vakt", "vakt", "vakt_", "a guard per tool", "paths, search of patterns, text or list: added in Python"),
    Peer("json-logic", "json-logic-qubit", "json_logic_", "a rule per tool", "patterns: added in Python"),
    Peer("rule-engine", "rule-engine", "rule_engine_", "a rule per tool", "yes or no only"),
    Peer("zen-engine", "zen-engine", "zen_", "a compiled expression per tool", "yes or no only"),
    Peer("casbin", "pycasbin", "casbin_", "an enforcer per tool", "paths, search of patterns: added in Python"),
    Peer("regopy", "regopy", "rego", "a compiled bundle per tool", "each input goes through JSON"),
    Peer("oso", "oso", "oso_", "a rule per tool", "patterns: added in Python"),
)

BY_NAME = {peer.name: peer for peer in PEERS}
