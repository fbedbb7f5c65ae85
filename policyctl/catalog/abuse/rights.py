"""Secrets that are taken, and rights that grow."""

from __future__ import annotations

from policyctl.catalog.abuse.pattern import AttackPattern, When
from policyctl.catalog.kinds import ArgumentKind
from policyctl.model.catalog import Category, Tag

_CHANGES = frozenset({Category.WRITE, Category.EXECUTE, Category.DESTRUCTIVE, Category.FINANCIAL})
_CREDENTIALS = frozenset({Tag.CREDENTIALS})

RIGHTS = (
    AttackPattern(
        id="harvested-credentials",
        title="Keys and tokens end up in the context",
        how=(
            "The agent is asked to check a configuration or to find out why a login fails. The answer holds a secret, "
            "which from then on is in its context, in its logs and in reach of the next message."
        ),
        needs="A tool whose results may hold secrets, and any way out.",
        stops=(
            "`hide` the tool where agents need not see secrets at all; else a `require` that names the few entries "
            "which are meant, and no sinks in the same session."
        ),
        when=(
            When(91, "it shows secrets or rights", categories=frozenset({Category.READ}), tags=_CREDENTIALS),
            When(72, "it handles secrets or rights", tags=_CREDENTIALS),
        ),
        owasp_mcp=("MCP01:2025", "MCP10:2025"),
        owasp_agentic=("ASI03",),
        atlas=("AML.T0098", "AML.T0083"),
        cwe=("CWE-200", "CWE-532"),
    ),
    AttackPattern(
        id="rights-that-grow",
        title="The agent gives itself, or others, more rights",
        how=(
            "A task fails for want of a right, and the agent grants it: a role, a member, a key without an end. Or a "
            "text asks for a new collaborator. Everything that follows is permitted."
        ),
        needs="A session that may change who may do what.",
        stops=(
            "`hide`, or `action: require_approval`; a `require` with `in` on the role, so that only the least ones can "
            "be given; a limit of one or two a day."
        ),
        when=(When(91, "it changes secrets or rights", categories=_CHANGES, tags=_CREDENTIALS),),
        owasp_mcp=("MCP02:2025", "MCP07:2025"),
        owasp_agentic=("ASI03", "ASI10"),
        atlas=("AML.T0053", "AML.T0081"),
        cwe=("CWE-732", "CWE-284"),
    ),
    AttackPattern(
        id="next-system",
        title="One right opens the next system",
        how=(
            "A role that can be assumed, a key to another service, an invitation into another project: each is a "
            "small step, and the last one is far from where the session was meant to be."
        ),
        needs="Credentials that are worth something elsewhere.",
        stops=(
            "A `require` with `in` on the account, role or project; separate servers with separate policies, so that a "
            "session holds the tools of one system."
        ),
        when=(
            When(
                86,
                "its name speaks of roles or of acting as somebody",
                tags=_CREDENTIALS,
                words=frozenset({"assume", "role", "roles", "impersonate", "delegate", "federate", "sts"}),
            ),
            When(60, "what it handles opens doors elsewhere", tags=_CREDENTIALS),
        ),
        owasp_mcp=("MCP02:2025", "MCP01:2025"),
        owasp_agentic=("ASI03", "ASI07"),
        atlas=("AML.T0098", "AML.T0055"),
        cwe=("CWE-250",),
    ),
    AttackPattern(
        id="secret-as-argument",
        title="A secret travels as an argument",
        how=(
            "The caller is the model, so the secret has to be in its context first, and it stands in every log of "
            "calls afterwards. A text can ask for it in between."
        ),
        needs="A tool that wants a secret from the agent instead of from its own configuration.",
        stops=(
            "A `deny_if` with `exists` on the argument, so that the server's own configuration is used; where that is "
            "impossible, `hide` the tool. Record calls without the values of this argument."
        ),
        when=(When(79, "it wants a secret from its caller", arguments=frozenset({ArgumentKind.SECRET})),),
        owasp_mcp=("MCP01:2025",),
        owasp_agentic=("ASI03",),
        atlas=("AML.T0055", "AML.T0098"),
        cwe=("CWE-532",),
    ),
)
