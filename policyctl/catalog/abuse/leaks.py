"""Data that leaves, and requests that reach where they should not."""

from __future__ import annotations

from policyctl.catalog.abuse.pattern import AttackPattern, When
from policyctl.catalog.kinds import ArgumentKind
from policyctl.model.catalog import Category, Tag

_READ = frozenset({Category.READ})

LEAKS = (
    AttackPattern(
        id="leak-by-message",
        title="Private data leaves in a message",
        how=(
            "Earlier in the session the agent has read something private. A text tells it to pass that on, for "
            "checking or as a backup, and this tool delivers it to an address outside."
        ),
        needs="Private data, a stranger's text and this way out in one session.",
        stops=(
            "A `require` with `in` or an anchored `regex` on who gets it; `action: require_approval` for everybody "
            "else. Sessions that read private data need no way out."
        ),
        when=(When(88, "what is given to it leaves", tags=frozenset({Tag.EXTERNAL_SINK})),),
        owasp_mcp=("MCP10:2025", "MCP06:2025"),
        owasp_agentic=("ASI02", "ASI01"),
        atlas=("AML.T0086", "AML.T0057"),
        cwe=("CWE-201", "CWE-200"),
    ),
    AttackPattern(
        id="read-here-sent-there",
        title="What is read here leaves by another tool",
        how=(
            "The call itself is harmless, and its result stays in the context. A later call to a tool that sends, "
            "posts or fetches carries pieces of it out."
        ),
        needs="Any way out in the same session: a message, a public comment, a web address.",
        stops=(
            "Allow this read only in sessions that have no sink, or deny the sinks beside it; a `require` on the "
            "arguments keeps the read to what the task is about."
        ),
        when=(When(86, "it reads what is not public", tags=frozenset({Tag.PRIVATE_DATA})),),
        owasp_mcp=("MCP10:2025",),
        owasp_agentic=("ASI02", "ASI01"),
        atlas=("AML.T0085.001", "AML.T0086"),
        cwe=("CWE-200",),
    ),
    AttackPattern(
        id="request-inwards",
        title="An address leads into the network",
        how=(
            "The agent is given an address to fetch. It names a metadata service, an administration page or a host "
            "that only the server can reach, and the answer comes back as content."
        ),
        needs="An address of the caller's choosing, fetched from inside.",
        stops=(
            "A `require` with an anchored `regex` on the address: the scheme and the hosts that are meant. Lists of "
            "bad addresses miss other spellings of the same host, and redirects."
        ),
        when=(
            When(
                89,
                "it takes an address",
                categories=frozenset({Category.READ, Category.EXECUTE}),
                arguments=frozenset({ArgumentKind.URL}),
            ),
            When(
                68,
                "it keeps an address that something may call later",
                categories=frozenset({Category.WRITE}),
                arguments=frozenset({ArgumentKind.URL}),
            ),
        ),
        owasp_mcp=("MCP05:2025", "MCP02:2025"),
        owasp_agentic=("ASI02",),
        atlas=("AML.T0053",),
        cwe=("CWE-918",),
    ),
    AttackPattern(
        id="leak-by-address",
        title="Data leaves in the address itself",
        how=(
            "A page that the agent reads asks for one more fetch, of an address with a slot for what it knows. The "
            "request looks like a read; its path is the message."
        ),
        needs="Something private in the context, and an address of free form.",
        stops=(
            "A `require` with an anchored `regex` on the host, so that nothing is sent to hosts that nobody chose; "
            "a limit on how many different fetches a minute can take."
        ),
        when=(
            When(
                81,
                "a request carries its address out",
                categories=frozenset({Category.READ, Category.EXECUTE}),
                arguments=frozenset({ArgumentKind.URL}),
            ),
        ),
        owasp_mcp=("MCP10:2025", "MCP06:2025"),
        owasp_agentic=("ASI02", "ASI01"),
        atlas=("AML.T0086",),
        cwe=("CWE-201",),
    ),
    AttackPattern(
        id="path-out-of-the-folder",
        title="A path climbs out of its folder",
        how=(
            "`../`, an absolute path or a link leads from the project to keys, configuration or other people's "
            "files. Whether the server resolves it, the name of the tool does not say."
        ),
        needs="A free path, and a server that does not keep to a root.",
        stops=(
            "A `require` with an anchored `regex` for the folder that is meant, and a `deny_if` for `..` in it. "
            "The policy compares text: links and other spellings of a path are the server's to resolve."
        ),
        when=(When(87, "it takes a path", arguments=frozenset({ArgumentKind.PATH})),),
        owasp_mcp=("MCP02:2025", "MCP10:2025"),
        owasp_agentic=("ASI02", "ASI03"),
        atlas=("AML.T0085.001", "AML.T0053"),
        cwe=("CWE-22",),
    ),
    AttackPattern(
        id="swept-up",
        title="One call collects everything",
        how=(
            "A wide filter, a high page size or a list of all ids turns a look-up into an export. Most of the result "
            "has nothing to do with the task, and all of it is in the context from then on."
        ),
        needs="A read that reaches many records at once.",
        stops=(
            "A `require` that bounds page size and filter, and a limit of few calls a minute; allow the look-up of a "
            "single record instead where there is one."
        ),
        when=(
            When(84, "one call reads many things", categories=_READ, tags=frozenset({Tag.BULK})),
            When(
                62,
                "it lists or searches",
                categories=_READ,
                words=frozenset({"list", "search", "export", "dump", "scan", "all", "find", "query"}),
            ),
        ),
        owasp_mcp=("MCP10:2025",),
        owasp_agentic=("ASI02",),
        atlas=("AML.T0085.001", "AML.T0057"),
        cwe=("CWE-200",),
    ),
    AttackPattern(
        id="more-than-the-task",
        title="Reading wanders beyond the task",
        how=(
            "Nothing is changed, and nothing is forbidden: the agent, led by a text or by its own zeal, looks at "
            "neighbours of what it was asked about, and learns where a later call could do harm."
        ),
        needs="Reads that are allowed as a whole.",
        stops=(
            "`default: deny`, with the reads that the task needs and no others; a `require` on the argument that says "
            "whose data it is."
        ),
        when=(When(42, "it only reads", categories=_READ),),
        owasp_mcp=("MCP10:2025", "MCP02:2025"),
        owasp_agentic=("ASI02",),
        atlas=("AML.T0085.001",),
    ),
    AttackPattern(
        id="made-public",
        title="Something private becomes public",
        how=(
            "Sharing is a normal step of many tasks. Here what is shared, or with whom, comes from a text that the "
            "agent has read, and a link or a copy remains after access was taken back."
        ),
        needs="A call that widens who can see something.",
        stops=(
            "A `require` with `in` on visibility and audience; a `deny_if` with `eq` on the public ones, with "
            "`require` on the argument so that a default of the server does not decide."
        ),
        when=(
            When(
                79,
                "its name speaks of sharing or publishing",
                categories=frozenset({Category.WRITE, Category.EXECUTE, Category.DESTRUCTIVE}),
                words=frozenset({"share", "publish", "public", "visibility", "gist", "fork", "invite", "expose"}),
            ),
        ),
        owasp_mcp=("MCP10:2025", "MCP02:2025"),
        owasp_agentic=("ASI02",),
        atlas=("AML.T0086", "AML.T0057"),
        cwe=("CWE-200",),
    ),
    AttackPattern(
        id="in-your-name",
        title="People believe what is sent in a user's name",
        how=(
            "The message goes to colleagues or customers under a name that they trust. It may ask them for a "
            "password, a payment or a click, and no filter for strangers looks at it."
        ),
        needs="A sink that speaks in somebody's name, and free text.",
        stops=(
            "`action: require_approval` shows the text before it goes out; a limit of few messages an hour keeps a "
            "mistake small; a `require` on recipients keeps it at home."
        ),
        when=(
            When(
                76,
                "it speaks to people outside",
                categories=frozenset({Category.WRITE, Category.EXECUTE, Category.FINANCIAL}),
                tags=frozenset({Tag.EXTERNAL_SINK}),
            ),
        ),
        owasp_mcp=("MCP06:2025",),
        owasp_agentic=("ASI09", "ASI01"),
        atlas=("AML.T0053",),
    ),
)
