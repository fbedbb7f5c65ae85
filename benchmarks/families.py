"""The tools that a benchmark asks about: ten kinds, each with its own paths, three conditions and arguments to match."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

#: A pattern, texts in which it is found, texts in which it is not.
PATTERNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    r"@example\.(com|org)$": (
        ("ada@example.com", "grace.hopper@example.org", "team+ops@example.com"),
        ("ada@example.net", "ops@example.com.evil.test", "nobody"),
    ),
    r"^/srv/project/": (
        ("/srv/project/README.md", "/srv/project/src/main.py", "/srv/project/données/été.csv"),
        ("/etc/passwd", "/srv/projects/x", "srv/project/"),
    ),
    r"^https://([a-z0-9-]+\.)*example\.com/": (
        ("https://example.com/", "https://docs.example.com/guide?page=2", "https://a.b.example.com/x"),
        ("http://example.com/", "https://example.com.evil.test/", "ftp://files.test/"),
    ),
    r"^usr_[a-z0-9]{8}$": (("usr_4f9a1c77", "usr_00aa11bb", "usr_zz82kd01"), ("usr_4F9A1C77", "usr_1", "admin")),
    r"(?i)^select\b": (
        ("select id from invoices where paid", "SELECT count(*) FROM orders", "Select 1"),
        ("drop table invoices", "with t as (select 1) delete from t", "selected"),
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition; every tool of the family gets one of the operands."""

    path: str
    op: str
    operands: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of tool. A group is a predicate: its conditions are ANDed."""

    name: str
    require: tuple[tuple[Asked, ...], ...]
    deny_if: tuple[tuple[Asked, ...], ...]


FAMILIES: tuple[Family, ...] = (
    Family(
        "payment_refund",
        require=(
            (Asked("amount", "lte", (50_000, 100_000, 249_999.5)),),
            (Asked("currency", "in", (["EUR", "USD", "GBP"], ["EUR"], ["JPY", "USD"])),),
        ),
        deny_if=((Asked("customer.country", "in", (["XA", "XB"], ["XC", "XD", "XE"])),),),
    ),
    Family(
        "mail_send",
        require=((Asked("to", "regex", (r"@example\.(com|org)$",)),),),
        deny_if=((Asked("labels", "contains", ("secret", "legal-hold")),), (Asked("bcc", "exists", (True,)),)),
    ),
    Family(
        "file_write",
        require=((Asked("path", "regex", (r"^/srv/project/",)),),),
        deny_if=(
            (Asked("mode", "eq", ("recursive", "truncate")),),
            (Asked("options.size", "gt", (65_536, 1_048_576)),),
        ),
    ),
    Family(
        "search_query",
        require=((Asked("query", "exists", (True,)),), (Asked("limit", "lte", (25, 50, 100)),)),
        deny_if=((Asked("source.index", "not_in", (["public", "docs"], ["docs", "wiki", "blog"])),),),
    ),
    Family(
        "order_place",
        require=(
            (Asked("order.quantity", "lt", (10, 250, 0.75)),),
            (Asked("order.side", "in", (["buy"], ["buy", "sell"])),),
        ),
        deny_if=((Asked("order.leverage", "gt", (3, 10)),),),
    ),
    Family(
        "user_update",
        require=(
            (Asked("user.role", "neq", ("owner", "admin")),),
            (Asked("user.id", "regex", (r"^usr_[a-z0-9]{8}$",)),),
        ),
        deny_if=((Asked("fields", "contains", ("password", "mfa")),),),
    ),
    Family(
        "page_open",
        require=((Asked("url", "regex", (r"^https://([a-z0-9-]+\.)*example\.com/",)),),),
        deny_if=((Asked("headers.authorization", "exists", (True,)),), (Asked("timeout", "gt", (30, 60.5)),)),
    ),
    Family(
        "repo_push",
        require=((Asked("branch", "not_in", (["main", "release"], ["main"])),),),
        deny_if=((Asked("force", "eq", (True,)), Asked("remote", "eq", ("origin", "upstream"))),),
    ),
    Family(
        "meeting_book",
        require=(
            (Asked("visibility", "in", (["team", "private"], ["team"])), Asked("attendees.count", "lt", (20, 50))),
        ),
        deny_if=((Asked("title", "contains", ("confidential", "board")),),),
    ),
    Family(
        "table_read",
        require=(
            (Asked("statement", "regex", (r"(?i)^select\b",)),),
            (Asked("table.schema", "eq", ("public", "sales")),),
        ),
        deny_if=((Asked("rows", "gte", (10_000, 500_000)),),),
    ),
)

#: Stands for leaving the argument out.
ABSENT = object()

_OPPOSITE = {"neq": "eq", "not_in": "in", "gt": "lte", "gte": "lt"}


def value_for(op: str, operand: Any, *, holds: bool, rng: Random) -> Any:
    """An argument for which `op operand` holds, or one for which it does not; ABSENT is one too."""
    if op in _OPPOSITE:
        # Only present values come back from here, so what the opposite says is the negation.
        return value_for(_OPPOSITE[op], operand, holds=not holds, rng=rng)
    match op:
        case "exists":
            return rng.choice(("given", "text of some words")) if holds else ABSENT
        case "eq":
            return operand if holds else _other_than(operand)
        case "in":
            return rng.choice(operand) if holds else "elsewhere"
        case "contains":
            return _holder(operand, rng) if holds else rng.choice((["draft", "weekly"], "the weekly figures", []))
        case "regex":
            found, missed = PATTERNS[operand]
            return rng.choice(found if holds else missed)
        case "lt" | "lte":
            return _number(op, operand, holds=holds, rng=rng)
        case _:
            raise ValueError(op)


def _other_than(operand: Any) -> Any:
    return (not operand) if isinstance(operand, bool) else f"{operand}-2"


def _holder(operand: str, rng: Random) -> Any:
    return rng.choice((["draft", operand], f"about {operand} matters"))


def _number(op: str, operand: float, *, holds: bool, rng: Random) -> float:
    """Below or above; at the border itself now and then."""
    if rng.random() < 0.02:
        return operand if holds == (op == "lte") else _far(operand, holds=holds, rng=rng)
    return _far(operand, holds=holds, rng=rng)


def _far(operand: float, *, holds: bool, rng: Random) -> float:
    share = rng.random() if holds else 1.01 + rng.random()
    value = operand * share * 0.99 if holds else operand * share + 1
    return int(value) if isinstance(operand, int) else round(value, 2)
