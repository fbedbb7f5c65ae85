"""Texts that turn an agent, now or later, and calls without an end."""

from __future__ import annotations

from policyctl.catalog.abuse.pattern import AttackPattern, When
from policyctl.catalog.kinds import ArgumentKind
from policyctl.model.catalog import Category, Tag

_WRITE = frozenset({Category.WRITE})

CONTENT = (
    AttackPattern(
        id="orders-in-the-result",
        title="What it returns gives orders",
        how=(
            "The result holds text of strangers. One line of it speaks to the agent instead of about the subject, and "
            "the agent's next calls serve whoever wrote that line."
        ),
        needs="A place where strangers can write and this tool reads.",
        stops=(
            "No rule can tell good text from bad. What helps is what comes after: in sessions that allow this tool, "
            "deny sinks, payments and commands, or put `action: require_approval` on them."
        ),
        when=(When(87, "it brings in texts of strangers", tags=frozenset({Tag.UNTRUSTED_CONTENT})),),
        owasp_mcp=("MCP06:2025", "MCP10:2025"),
        owasp_agentic=("ASI01",),
        atlas=("AML.T0051",),
        cwe=("CWE-1427",),
    ),
    AttackPattern(
        id="planted-for-later",
        title="A text waits for the next reader",
        how=(
            "What is written here is read by an agent some other day: a note, a ticket, a page, a memory. An "
            "instruction hidden in it takes effect in a session that looks clean."
        ),
        needs="Text that is kept, and agents that read it.",
        stops=(
            "A limit on writes, and a `require` that bounds where they may go; treat the tool that reads it back as "
            "a source of untrusted content."
        ),
        when=(
            When(
                81,
                "its name speaks of what agents remember",
                categories=_WRITE,
                words=frozenset({"memory", "memories", "note", "notes", "knowledge", "observation", "observations"}),
            ),
            When(
                66,
                "it keeps free text",
                categories=_WRITE,
                arguments=frozenset({ArgumentKind.TEXT}),
            ),
        ),
        owasp_mcp=("MCP10:2025", "MCP06:2025"),
        owasp_agentic=("ASI06",),
        atlas=("AML.T0080", "AML.T0099"),
        cwe=("CWE-1427",),
    ),
    AttackPattern(
        id="flood-of-writes",
        title="A loop writes the same thing a hundred times",
        how=(
            "The agent does not see that it has succeeded, and goes on: comments, tickets, commits, mails. Each is "
            "allowed; together they bury what people need to see."
        ),
        needs="A task without a clear end.",
        stops="A limit for each tool, such as 30 an hour, and one in `all_tools` above them.",
        when=(When(50, "repeated calls leave something behind each time", categories=_WRITE),),
        owasp_agentic=("ASI08", "ASI02"),
        atlas=("AML.T0034.002",),
        cwe=("CWE-770", "CWE-799"),
    ),
    AttackPattern(
        id="calls-without-end",
        title="Calls without end use up money and quota",
        how=(
            "A loop, or a text that asks to check again, calls the tool until a quota of the service behind it is "
            "gone, for everybody who shares it. Tokens are paid for all the while."
        ),
        needs="A tool without a limit.",
        stops="A limit of calls a minute for this tool, and one in `all_tools` for the session as a whole.",
        when=(
            When(46, "every run costs time or money", categories=frozenset({Category.EXECUTE})),
            When(34, "nothing but a limit ends a loop", categories=frozenset({Category.READ})),
            When(1, "nothing but a limit ends a loop"),
        ),
        owasp_agentic=("ASI08",),
        atlas=("AML.T0034.002", "AML.T0029"),
        cwe=("CWE-770",),
    ),
)
