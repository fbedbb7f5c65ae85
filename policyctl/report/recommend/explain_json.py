"""Everything about one tool, for programs: `policyctl/recommend-explain/v1`."""

from __future__ import annotations

import json

from policyctl.catalog.attacks import Threat
from policyctl.report.recommend.json import Fields, evidence_fields, head, tool_fields
from policyctl.report.recommend.result import Explanation


def render(explanation: Explanation) -> str:
    """One object, its keys in a fixed order; beyond ASCII everything is escaped."""
    each, catalog = explanation.recommended, explanation.catalog
    fields: Fields = {
        **head("recommend-explain"),
        "server": catalog.server_id,
        "catalog": {"file": catalog.name, "digest": catalog.digest},
        "profile": explanation.profile,
        **tool_fields(each),
        "evidence": [evidence_fields(one) for one in each.tool.evidence],
        "attacks": [_attack(threat) for threat in explanation.threats],
        "profiles": [
            {"profile": profile, "outcome": one.outcome, "hidden": one.is_hidden, "rules": one.rules}
            for profile, one in explanation.recommendations.items()
        ],
    }
    return json.dumps(fields, indent=2) + "\n"


def _attack(threat: Threat) -> Fields:
    pattern = threat.pattern
    return {
        "id": pattern.id,
        "title": pattern.title,
        "how": pattern.how,
        "stops": pattern.stops,
        "because": threat.because,
        "arguments": list(threat.arguments),
        "owasp_mcp": list(pattern.owasp_mcp),
        "owasp_agentic": list(pattern.owasp_agentic),
        "atlas": list(pattern.atlas),
        "cwe": list(pattern.cwe),
    }
