"""Things that are gone, altered or all changed at once."""

from __future__ import annotations

from policyctl.catalog.abuse.pattern import AttackPattern, When
from policyctl.catalog.kinds import ArgumentKind
from policyctl.model.catalog import Category, Tag

_DESTRUCTIVE = frozenset({Category.DESTRUCTIVE})
_WRITE = frozenset({Category.WRITE})
_ACTS = frozenset({Category.WRITE, Category.EXECUTE, Category.DESTRUCTIVE, Category.FINANCIAL})

LOSSES = (
    AttackPattern(
        id="wrong-thing-deleted",
        title="A confused agent deletes the wrong thing",
        how=(
            "The name was nearly right, the environment was the other one, or a clean-up seemed to be part of the "
            "task. No attacker is needed; a text that mentions obsolete data is enough of a push."
        ),
        needs="A call that removes at once, and an identifier that the agent may guess.",
        stops=(
            "`hide`, so that no agent thinks of it; else `action: require_approval`. A `require` with an anchored "
            "`regex` can let through what is made to be thrown away, such as names that start with `tmp-`."
        ),
        when=(When(90, "it removes what is hard to bring back", categories=_DESTRUCTIVE),),
        owasp_mcp=("MCP06:2025", "MCP02:2025"),
        owasp_agentic=("ASI02", "ASI10"),
        atlas=("AML.T0101", "AML.T0053"),
        cwe=("CWE-284",),
    ),
    AttackPattern(
        id="no-way-back",
        title="The call is done before anybody can object",
        how=(
            "Whatever led to the call, a wrong word or an injected one, its effect stays. Detection after the fact "
            "finds it and changes nothing."
        ),
        needs="An effect that nobody can take back.",
        stops="`action: require_approval`: the only rule that puts a person before the effect instead of after it.",
        when=(When(83, "what it does cannot be taken back", tags=frozenset({Tag.IRREVERSIBLE})),),
        owasp_mcp=("MCP06:2025",),
        owasp_agentic=("ASI02", "ASI08"),
        atlas=("AML.T0053", "AML.T0101"),
    ),
    AttackPattern(
        id="all-at-once",
        title="One call reaches far more than was meant",
        how=(
            "A filter that is empty, a wildcard or a list that an earlier result supplied makes a single call act on "
            "everything. A limit on calls sees one call."
        ),
        needs="An argument that selects many things.",
        stops=(
            "A `require` on the argument that selects: present, and of a bounded form; a `deny_if` on wildcards. "
            "Allow the tool for a single thing instead where there is one."
        ),
        when=(
            When(85, "one call acts on many things", categories=_ACTS, tags=frozenset({Tag.BULK})),
            When(
                63,
                "it removes what a list names",
                categories=_DESTRUCTIVE,
                arguments=frozenset({ArgumentKind.MANY}),
            ),
        ),
        owasp_agentic=("ASI02", "ASI08"),
        atlas=("AML.T0053", "AML.T0101"),
        cwe=("CWE-770", "CWE-799"),
    ),
    AttackPattern(
        id="safety-catch",
        title="The safety catch is an argument",
        how=(
            "The first try is refused: not empty, not merged, not confirmed. The refusal names the switch that makes "
            "it work, and the agent sets it, since that solves the task."
        ),
        needs="A switch that the caller itself may set.",
        stops="A `deny_if` with `eq true` on the switch: forcing is left to people.",
        when=(When(77, "an argument overrides a safeguard", arguments=frozenset({ArgumentKind.SWITCH})),),
        owasp_mcp=("MCP02:2025",),
        owasp_agentic=("ASI02",),
        atlas=("AML.T0053",),
        cwe=("CWE-284",),
    ),
    AttackPattern(
        id="covered-tracks",
        title="Records of what happened are removed or bent",
        how=(
            "The tool can change logs, history or alerts. After a mistake or an attack, that is the call which makes "
            "finding it hard; to an agent it looks like tidying up."
        ),
        needs="A session that acts and may also edit the record of its acts.",
        stops="`hide`: who acts does not edit the record. Keep a log of decisions where no tool reaches it.",
        when=(
            When(
                79,
                "its name speaks of logs, history or alerts",
                categories=_ACTS,
                words=frozenset({"log", "logs", "audit", "history", "event", "events", "alert", "alerts", "monitor"}),
            ),
        ),
        owasp_mcp=("MCP08:2025",),
        owasp_agentic=("ASI10",),
        atlas=("AML.T0101",),
        cwe=("CWE-778",),
    ),
    AttackPattern(
        id="skipped-review",
        title="A review is skipped by whoever it was to check",
        how=(
            "The agent made the change, finds it good and puts it into effect. A text can ask for just that; the "
            "checks behind it take an approved change for a checked one."
        ),
        needs="A session that writes and may also approve, merge or release.",
        stops=(
            "`action: require_approval`: whoever writes does not approve. A `require` with an anchored `regex` can "
            "leave branches and environments to agents that nothing depends on."
        ),
        when=(
            When(
                80,
                "its name speaks of merging, approving or releasing",
                categories=_ACTS,
                words=frozenset({"merge", "approve", "release", "deploy", "promote", "rollout", "submit"}),
            ),
        ),
        owasp_mcp=("MCP07:2025", "MCP06:2025"),
        owasp_agentic=("ASI03", "ASI02"),
        atlas=("AML.T0053",),
        cwe=("CWE-284",),
    ),
    AttackPattern(
        id="quiet-change",
        title="A small change in data that others rely on",
        how=(
            "The record stays plausible: a number, an address, a status. People and other agents read it as true, and "
            "the change spreads before anybody compares it with its source."
        ),
        needs="A write whose content nobody reviews.",
        stops=(
            "A `require` that bounds which records and which fields may be changed, and a limit that keeps one session "
            "to few changes; `action: require_approval` for what others depend on."
        ),
        when=(When(70, "it changes something", categories=_WRITE),),
        owasp_mcp=("MCP06:2025", "MCP10:2025"),
        owasp_agentic=("ASI02", "ASI08"),
        atlas=("AML.T0099", "AML.T0053"),
    ),
    AttackPattern(
        id="waved-through",
        title="The hundredth question is answered without reading",
        how=(
            "Approval is asked for so often that people confirm by habit. A call that matters arrives among many that "
            "do not, worded like the others."
        ),
        needs="A rule that asks too often.",
        stops=(
            "Deny what is never wanted, allow within bounds by `require` what always is, and keep `action: "
            "require_approval` for the rest; a limit caps how many questions a session may raise."
        ),
        when=(
            When(
                48,
                "its rule is likely to ask people",
                categories=frozenset({Category.FINANCIAL, Category.DESTRUCTIVE}),
            ),
        ),
        owasp_agentic=("ASI09",),
        atlas=("AML.T0053",),
    ),
)
