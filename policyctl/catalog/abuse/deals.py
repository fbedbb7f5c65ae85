"""Trades, refunds and contracts: money that is lost by the proper process."""

from __future__ import annotations

from policyctl.catalog.abuse.pattern import AttackPattern, When
from policyctl.model.catalog import Category

_FINANCIAL = frozenset({Category.FINANCIAL})

DEALS = (
    AttackPattern(
        id="bad-price",
        title="The agent trades at a price that somebody else made",
        how=(
            "In a thin market a price can be moved for a minute, or a text praises a coin. The order is valid, goes "
            "through at once, and whoever made the price is on the other side of it."
        ),
        needs="Orders at market price, or bounds on price that the agent chooses.",
        stops=(
            "A `require` with `in` on the pairs that may be traded and on the type of order; `lte` on the quantity, and "
            "a daily limit with `amount_from`."
        ),
        when=(
            When(
                84,
                "its name speaks of orders or trades",
                categories=_FINANCIAL,
                words=frozenset({"order", "orders", "trade", "swap", "buy", "sell", "convert", "bid"}),
            ),
        ),
        owasp_mcp=("MCP06:2025",),
        owasp_agentic=("ASI01", "ASI02"),
        atlas=("AML.T0053",),
    ),
    AttackPattern(
        id="protection-removed",
        title="What protects a position is taken away",
        how=(
            "Cancelling costs nothing, so it looks harmless. The order that is gone was the one that would have "
            "stopped a loss, and the market does the rest."
        ),
        needs="A session that may cancel what it did not create.",
        stops=(
            "`action: require_approval` for whatever cancels everything; a `require` on the identifier, so that a call "
            "that names none does not mean all of them."
        ),
        when=(
            When(
                86,
                "its name speaks of cancelling",
                categories=_FINANCIAL,
                words=frozenset({"cancel", "delete", "close", "void", "revoke"}),
            ),
        ),
        owasp_mcp=("MCP06:2025",),
        owasp_agentic=("ASI02", "ASI08"),
        atlas=("AML.T0101", "AML.T0053"),
    ),
    AttackPattern(
        id="borrowed-risk",
        title="Debt or leverage grows without a payment",
        how=(
            "No money leaves in this call. It multiplies what the next move of the market costs: leverage, a loan, "
            "collateral that is locked. A text only has to suggest that more is better."
        ),
        needs="A free number or a default that is high.",
        stops="A `require` with `lte` on leverage or amount; `action: require_approval` for every new loan.",
        when=(
            When(
                87,
                "its name speaks of debt, leverage or stakes",
                categories=_FINANCIAL,
                words=frozenset({"leverage", "margin", "loan", "borrow", "collateral", "stake", "staking", "lend"}),
            ),
        ),
        owasp_mcp=("MCP06:2025",),
        owasp_agentic=("ASI02", "ASI01"),
        atlas=("AML.T0053",),
    ),
    AttackPattern(
        id="talked-into-a-refund",
        title="A good story gets a refund",
        how=(
            "A customer writes what would move a person, or what quotes a policy that does not exist. The agent wants "
            "to help and pays back, gives credit or issues a discount; the next customer copies the text."
        ),
        needs="Customers who talk to the agent that may refund them.",
        stops=(
            "A `require` with `lte` on the amount, `action: require_approval` above it, and a daily limit with "
            "`amount_from`, so that a text which works is not worth repeating."
        ),
        when=(
            When(
                87,
                "its name speaks of giving money back",
                categories=_FINANCIAL,
                words=frozenset({"refund", "coupon", "credit", "discount", "payout", "reimburse", "dispute", "promo"}),
            ),
        ),
        owasp_mcp=("MCP06:2025",),
        owasp_agentic=("ASI09", "ASI01"),
        atlas=("AML.T0051", "AML.T0053"),
        cwe=("CWE-1427",),
    ),
    AttackPattern(
        id="renews-itself",
        title="A small yes renews itself every month",
        how=(
            "The first amount is small and passes every bound. The call starts, or silently changes, something that "
            "charges again and again, long after the session."
        ),
        needs="A bound on single amounts, and nobody who looks at contracts.",
        stops=(
            "`action: require_approval` for whatever starts or changes a contract; a `require` with `in` on plan or "
            "price; a limit of one or two a day."
        ),
        when=(
            When(
                85,
                "its name speaks of contracts or invoices",
                categories=_FINANCIAL,
                words=frozenset({"subscription", "subscribe", "plan", "renew", "upgrade", "invoice", "mandate"}),
            ),
        ),
        owasp_mcp=("MCP06:2025",),
        owasp_agentic=("ASI02", "ASI08"),
        atlas=("AML.T0053",),
    ),
)
