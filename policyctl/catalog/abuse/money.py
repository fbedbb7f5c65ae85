"""Money that goes where its owner did not want it."""

from __future__ import annotations

from policyctl.catalog.abuse.pattern import AttackPattern, When
from policyctl.catalog.kinds import ArgumentKind
from policyctl.model.catalog import Category, Tag

_FINANCIAL = frozenset({Category.FINANCIAL})
_CHANGES = frozenset({Category.WRITE, Category.EXECUTE, Category.DESTRUCTIVE})
_MONEY = frozenset({Tag.MONEY})

MONEY = (
    AttackPattern(
        id="injected-payment",
        title="A text that the agent reads orders a payment",
        how=(
            "A mail, an issue or a web page holds a sentence that reads like a task: settle this invoice, sell that "
            "position. The agent takes it for its user's wish and makes a call that is well formed in every respect."
        ),
        needs="Content that strangers can write, in the same session as this tool.",
        stops=(
            "`action: require_approval`, so that a person sees amount and recipient before each call; where that is "
            "too slow, a `require` that bounds the amount and a daily limit that bounds the sum."
        ),
        when=(When(90, "it moves money or puts it at risk", categories=_FINANCIAL),),
        owasp_mcp=("MCP06:2025",),
        owasp_agentic=("ASI01", "ASI02"),
        atlas=("AML.T0051", "AML.T0053"),
        cwe=("CWE-1427",),
    ),
    AttackPattern(
        id="redirected-payment",
        title="The right payment goes to the wrong account",
        how=(
            "The task is genuine and so is the amount; only the recipient has been swapped on the way, in a document, "
            "a contact or an earlier result. What the user asked for and what is done look the same in a summary."
        ),
        needs="A recipient that the agent looks up or copies, rather than one that the policy knows.",
        stops=(
            "A `require` with `in` on the argument that names the recipient: a short list of accounts that people "
            "keep. Others wait for approval."
        ),
        when=(
            When(
                88,
                "it names who gets something of value",
                categories=_FINANCIAL,
                arguments=frozenset({ArgumentKind.RECIPIENT}),
            ),
            When(74, "it changes records that payments follow", categories=_CHANGES, tags=_MONEY),
        ),
        owasp_mcp=("MCP06:2025", "MCP10:2025"),
        owasp_agentic=("ASI01", "ASI02"),
        atlas=("AML.T0051", "AML.T0099"),
    ),
    AttackPattern(
        id="many-small-sums",
        title="Many small sums stay below every bound",
        how=(
            "No call is remarkable: each amount is under what would be questioned. Over an afternoon the calls add up, "
            "since each of them was judged alone."
        ),
        needs="A rule that bounds one call and none that bounds their sum.",
        stops=(
            "A limit with `amount_from`, which counts units of money and not calls, over a `day`; beside it a limit on "
            "the number of calls."
        ),
        when=(
            When(80, "an argument says how much", categories=_FINANCIAL, arguments=frozenset({ArgumentKind.AMOUNT})),
            When(66, "every call costs", categories=_FINANCIAL),
        ),
        owasp_mcp=("MCP06:2025",),
        owasp_agentic=("ASI02", "ASI08"),
        atlas=("AML.T0053",),
        cwe=("CWE-770", "CWE-799"),
    ),
    AttackPattern(
        id="paid-twice",
        title="A retry pays a second time",
        how=(
            "An answer gets lost or reads like a failure, and the agent tries again. Nobody attacks here, or somebody "
            "does by making the answer look like a failure."
        ),
        needs="An error or a delay, and a call that the server does not recognise as a repeat.",
        stops="A limit of few calls a minute, and a daily one: the second payment in a row has to wait for a person.",
        when=(When(58, "a repeated call takes effect twice", categories=_FINANCIAL),),
        owasp_agentic=("ASI08", "ASI02"),
        atlas=("AML.T0053",),
        cwe=("CWE-799",),
    ),
    AttackPattern(
        id="changed-billing",
        title="Prices, invoices or payout data are changed in passing",
        how=(
            "No money moves in this call. It alters what later payments follow: a price, a discount, a plan, an "
            "account to pay out to. The loss comes days later and by the proper process."
        ),
        needs="A session that may write billing records, and a text that suggests a change.",
        stops=(
            "A `require` that bounds the fields which may be set, `action: require_approval` for the rest, and a "
            "limit of few changes an hour."
        ),
        when=(When(82, "it changes something and is about money", categories=_CHANGES, tags=_MONEY),),
        owasp_mcp=("MCP06:2025", "MCP02:2025"),
        owasp_agentic=("ASI02", "ASI01"),
        atlas=("AML.T0099", "AML.T0053"),
        cwe=("CWE-284",),
    ),
    AttackPattern(
        id="scouted-account",
        title="Balances and positions are scouted first",
        how=(
            "Before a fraud comes a look around: which accounts there are, what they hold, when money arrives. The "
            "answers also leave with the next message that the agent writes."
        ),
        needs="Read access that is wider than the task, and any way out.",
        stops=(
            "List under `default: deny` only the reads that the task needs; a limit per minute makes a sweep over "
            "all accounts visible. Tools that send data out get rules of their own."
        ),
        when=(When(82, "it shows where money is", categories=frozenset({Category.READ}), tags=_MONEY),),
        owasp_mcp=("MCP10:2025",),
        owasp_agentic=("ASI02", "ASI03"),
        atlas=("AML.T0085.001",),
        cwe=("CWE-200",),
    ),
)
