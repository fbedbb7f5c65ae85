"""Servers whose own words about a tool are the attack."""

from __future__ import annotations

from policyctl.catalog.abuse.pattern import AttackPattern, When
from policyctl.catalog.signs import Sign
from policyctl.model.catalog import Category

_COSTLY = frozenset({Category.EXECUTE, Category.DESTRUCTIVE, Category.FINANCIAL})

DEFINITION = (
    AttackPattern(
        id="poisoned-description",
        title="The description speaks to the model",
        how=(
            "A model reads what a server says about its tools before any call is made. A sentence in it can ask for "
            "other tools, for secrets as arguments, or for silence; people see the name alone."
        ),
        needs="A server that is connected; the tool itself need never be called.",
        stops=(
            "A rule for calls comes too late: read the definition, pin it by its digest, leave the server out if the "
            "text is meant for a model. `hide` keeps the description out of the list that the agent sees."
        ),
        when=(
            When(99, "its definition holds characters that nobody sees", signs=frozenset({Sign.HIDDEN_TEXT})),
            When(97, "its definition holds words that are meant for a model", signs=frozenset({Sign.ADDRESSES_MODEL})),
            When(56, "its description is so long that nobody reads it", signs=frozenset({Sign.LONG_TEXT})),
        ),
        owasp_mcp=("MCP03:2025", "MCP06:2025"),
        owasp_agentic=("ASI04", "ASI01"),
        atlas=("AML.T0110", "AML.T0104"),
        cwe=("CWE-829", "CWE-1427"),
    ),
    AttackPattern(
        id="changed-under-the-rule",
        title="The tool changes after it was trusted",
        how=(
            "A server ships an update, and under the same name stands another tool: more arguments, another effect, "
            "another text. Rules and reviews go by the name and do not notice."
        ),
        needs="A definition that nobody compares with the one that was reviewed.",
        stops=(
            "A digest in the catalog for each tool, and `policyctl catalog diff` on every update; `default: deny` keeps "
            "out names that are new."
        ),
        when=(
            When(95, "its definition is not the one that its pin names", signs=frozenset({Sign.CHANGED})),
            When(95, "it is not the tool that was reviewed", signs=frozenset({Sign.STALE_REVIEW})),
            When(52, "the catalog holds no pin of it", categories=_COSTLY, signs=frozenset({Sign.UNPINNED})),
        ),
        owasp_mcp=("MCP04:2025", "MCP03:2025"),
        owasp_agentic=("ASI04",),
        atlas=("AML.T0109", "AML.T0104"),
        cwe=("CWE-494", "CWE-353"),
    ),
    AttackPattern(
        id="claim-lowers-the-guard",
        title="The server calls it harmless",
        how=(
            "Annotations say that the tool only reads, or destroys nothing. Clients that believe them ask nobody "
            "before the call; nothing makes a server tell the truth."
        ),
        needs="A client or policy that goes by annotations.",
        stops="A rule by what the tool does: this catalog's class, and `action: require_approval` where it is costly.",
        when=(When(94, "its annotations claim less than its class says", signs=frozenset({Sign.MILD_CLAIM})),),
        owasp_mcp=("MCP03:2025", "MCP07:2025"),
        owasp_agentic=("ASI04", "ASI09"),
        atlas=("AML.T0110",),
    ),
    AttackPattern(
        id="look-alike",
        title="A name that looks like another one",
        how=(
            "Letters of another alphabet make a name that nobody can tell from the real one on a screen. The agent "
            "calls the wrong tool, and a rule for the real one does not apply to it."
        ),
        needs="Two servers in one session, or a policy that was typed by hand.",
        stops="`default: deny`: a name that only looks like one of the policy's is not in it.",
        when=(When(96, "its name mixes alphabets", signs=frozenset({Sign.ODD_NAME})),),
        owasp_mcp=("MCP09:2025", "MCP03:2025"),
        owasp_agentic=("ASI04",),
        atlas=("AML.T0104", "AML.T0110"),
    ),
)
