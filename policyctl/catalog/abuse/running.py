"""Commands, code and queries that do what nobody asked for."""

from __future__ import annotations

from policyctl.catalog.abuse.pattern import AttackPattern, When
from policyctl.catalog.kinds import ArgumentKind
from policyctl.model.catalog import Category, Tag

_EXECUTE = frozenset({Category.EXECUTE})
_CODE = frozenset({Tag.CODE})

RUNNING = (
    AttackPattern(
        id="command-injection",
        title="A second command rides along in an argument",
        how=(
            "A file name, a branch or a search term holds `;`, `$(…)` or a line break, and ends up in a command line. "
            "The call looks like yesterday's; the shell sees two commands."
        ),
        needs="An argument that reaches a shell, and a value that came from elsewhere.",
        stops=(
            "A `require` with a `regex` anchored by `^` and `$` that lists the commands which may run and leaves no "
            "room for shell characters. A `deny_if` on bad words alone is bypassed by spelling."
        ),
        when=(When(93, "it takes a command line", arguments=frozenset({ArgumentKind.COMMAND})),),
        owasp_mcp=("MCP05:2025",),
        owasp_agentic=("ASI05",),
        atlas=("AML.T0050", "AML.T0102"),
        cwe=("CWE-78",),
    ),
    AttackPattern(
        id="foreign-code",
        title="Code that a stranger suggested gets run",
        how=(
            "A document or an error message proposes a fix, and the agent runs it. The code reads the environment, "
            "fetches more code or opens a door; its output looks like success."
        ),
        needs="An agent that may run what it writes, and content that suggests what to write.",
        stops=(
            "`action: require_approval`, so that somebody reads the code; a limit of few runs a minute. A policy "
            "cannot judge code: what the process may reach has to be bounded where it runs."
        ),
        when=(
            When(91, "it takes code", arguments=frozenset({ArgumentKind.CODE})),
            When(86, "it runs commands, code or queries", tags=_CODE),
            When(84, "it runs something", categories=_EXECUTE),
        ),
        owasp_mcp=("MCP05:2025", "MCP06:2025"),
        owasp_agentic=("ASI05", "ASI01"),
        atlas=("AML.T0050", "AML.T0102"),
        cwe=("CWE-94",),
    ),
    AttackPattern(
        id="wider-query",
        title="A query does more than the question asked",
        how=(
            "The agent writes the statement itself. A text that it has read adds a second statement, a join with "
            "another table, or a function that writes files; the database runs it with the server's rights."
        ),
        needs="A free statement as an argument, and a connection with more rights than the task.",
        stops=(
            "A `require` with an anchored `regex` for the form of statement that is meant; a `deny_if` on `;` as a "
            "second line. Safer is a connection that cannot write, which no policy replaces."
        ),
        when=(When(92, "it takes a query statement", arguments=frozenset({ArgumentKind.STATEMENT})),),
        owasp_mcp=("MCP05:2025", "MCP02:2025"),
        owasp_agentic=("ASI05", "ASI02"),
        atlas=("AML.T0053", "AML.T0085.001"),
        cwe=("CWE-89",),
    ),
    AttackPattern(
        id="one-tool-for-all",
        title="One permission opens every other tool",
        how=(
            "This tool calls others, or does several things by the value of one argument. Whoever may call it may do "
            "all of them, also what the policy denies under its own name."
        ),
        needs="A rule for the tool as a whole.",
        stops="A `require` with `in` on the argument that chooses: name the choices that are meant, and no others.",
        when=(
            When(90, "an argument names what is to be run", arguments=frozenset({ArgumentKind.TOOL})),
            When(76, "an argument chooses the operation", arguments=frozenset({ArgumentKind.OPERATION})),
        ),
        owasp_mcp=("MCP02:2025", "MCP07:2025"),
        owasp_agentic=("ASI03", "ASI02"),
        atlas=("AML.T0053",),
        cwe=("CWE-284",),
    ),
    AttackPattern(
        id="escape-to-host",
        title="What runs reaches the machine around it",
        how=(
            "A process that was meant to compute something reads mounted folders, the network of the host or the "
            "agent's own configuration, and stays there after the session."
        ),
        needs="A process without walls of its own.",
        stops=(
            "A policy sees the call and not the process: allow the tool only where it runs in a sandbox, else `hide` "
            "it; `action: require_approval` elsewhere."
        ),
        when=(
            When(72, "what it runs may reach further", tags=_CODE),
            When(64, "what it runs may reach further", categories=_EXECUTE),
        ),
        owasp_mcp=("MCP05:2025", "MCP02:2025"),
        owasp_agentic=("ASI05",),
        atlas=("AML.T0105", "AML.T0050"),
        cwe=("CWE-250",),
    ),
    AttackPattern(
        id="planted-script",
        title="A file written now is run later",
        how=(
            "Writing is allowed and running is not. So the text goes into a workflow, a start-up file, a hook or a "
            "module, and somebody else's process runs it."
        ),
        needs="A free path, and free content.",
        stops=(
            "A `require` with an anchored `regex` on the path that allows the folders of the task; a `deny_if` for "
            "workflows, hooks and hidden files on top of it."
        ),
        when=(
            When(
                78,
                "it writes to a path",
                categories=frozenset({Category.WRITE}),
                arguments=frozenset({ArgumentKind.PATH}),
            ),
        ),
        owasp_mcp=("MCP05:2025", "MCP06:2025"),
        owasp_agentic=("ASI05", "ASI02"),
        atlas=("AML.T0050", "AML.T0053"),
        cwe=("CWE-94",),
    ),
)
