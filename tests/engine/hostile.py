"""Policies, calls and whole traces that want to confuse an evaluator; the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from policyctl.engine.canonical import digest
from policyctl.model.call import Approval, Call

from .build import Event

TOOLS = ("t", "u", "a/b~c", "unlisted")
PATHS = ("a", "b", "a.b", "a.b.c", "0", "list", "amount", "k/~é")
PATTERNS = ("a", "^a$", "(?i)ABC", r"\d+", r"\w\z", "", "^$", ".", r"\x00", "[^a]", "é+")

#: Scalars that stand in policies and arguments alike, so that they meet.
SCALARS: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 3, 5, 10, 1.0, -0.0, 0.5, 0.99, 1e30, 10**30, 10**39 + 7, 2**53, 2**53 + 1, 2.0**53, 5e-324,
    "", "a", "abc", "A", "1", "true", "a\n", "٣", "\0", "é", "e\u0301", "null",
)  # fmt: skip
CONTAINERS: tuple[Any, ...] = (
    [], [None], [1, True], [1.0], ["a"], [[1]], [{}], ["abc", 0.99, None], {}, {"b": 1}, {"b": None}, {"b": True},
    {"b": {"c": 1}}, {"b": {"c": None}}, {"c": 1, "b": 1}, {"b": [1, None]}, {"0": 0},
)  # fmt: skip
#: Only a trace has these.
WILD: tuple[Any, ...] = (float("inf"), float("-inf"), "\ud800", "a\udc00b", -5, -0.01, 1e308)

_START = datetime(2026, 3, 1, 23, 58, tzinfo=UTC)
_DAY = 86_400


def operand(random: Random) -> Any:
    return random.choice(CONTAINERS if random.random() < 0.25 else SCALARS)


def condition(random: Random) -> dict[str, Any]:
    op = random.choice(("eq", "neq", "in", "not_in", "lt", "lte", "gt", "gte", "regex", "contains", "exists"))
    value: Any
    match op:
        case "in" | "not_in":
            value = [operand(random) for _ in range(random.randrange(4))]
        case "lt" | "lte" | "gt" | "gte":
            value = random.choice([n for n in SCALARS if isinstance(n, int | float) and not isinstance(n, bool)])
        case "regex":
            value = random.choice(PATTERNS)
        case "exists":
            value = random.random() < 0.7
        case _:
            value = operand(random)
    return {"path": f"args.{random.choice(PATHS)}", "op": op, "value": value}


def predicates(random: Random, most: int) -> list[dict[str, Any]]:
    found = []
    for _ in range(random.randrange(most + 1)):
        count = random.choices((0, 1, 2, 3), (1, 12, 5, 2))[0]
        rule: dict[str, Any] = {"conditions": [condition(random) for _ in range(count)]}
        if random.random() < 0.3:
            rule["on_deny"] = random.choice(("", "no", "ask \x1b[31m somebody"))
        found.append(rule)
    return found


def limits(random: Random, most: int) -> list[dict[str, Any]]:
    found = []
    for _ in range(random.randrange(most + 1)):
        limit: dict[str, Any] = {
            "counter": random.choice(("c", "c", "d/~")),
            "max": random.choice((1, 2, 3, 5, 20)),
            "window": random.choice(("minute", "minute", "hour", "day", 7)),
        }
        if random.random() < 0.4:
            limit["scope"] = random.choice(("session", "grant"))
        if random.random() < 0.3:
            limit |= {
                "amount_from": f"args.{random.choice(('amount', 'a.b'))}",
                "max": random.choice((0.5, 3, 10, 1e30)),
            }
        if random.random() < 0.2:
            limit["on_deny"] = "enough"
        found.append(limit)
    return found


def policy(random: Random) -> dict[str, Any]:
    tools: dict[str, Any] = {}
    for name in random.sample(TOOLS[:3], random.randrange(1, 4)):
        rules: dict[str, Any] = {}
        if random.random() < 0.4:
            rules["require"] = predicates(random, 2)
        if random.random() < 0.5:
            rules["deny_if"] = predicates(random, 2)
        if random.random() < 0.6:
            rules["limits"] = limits(random, 2)
        if random.random() < 0.45:
            rules["action"] = random.choice(
                ("allow", "deny", "require_approval", "require_approval", "require_approval")
            )
        if random.random() < 0.2:
            rules["reason"] = random.choice(("", "because"))
        if random.random() < 0.2:
            rules["rate_limit"] = {"max": random.choice((1, 3)), "window": random.choice(("minute", 11))}
        tools[name] = rules
    document: dict[str, Any] = {"version": "1", "default": random.choice(("allow", "deny")), "tools": tools}
    if random.random() < 0.15:
        document["hide"] = random.sample((*TOOLS, "else"), random.randrange(1, 3)) + ["*"] * (random.random() < 0.1)
    if random.random() < 0.4:
        document["all_tools"] = {"limits": limits(random, 2)}
    return document


def arguments(random: Random) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in random.sample(PATHS, random.randrange(1, 6)):
        keys = path.split(".")
        inner = found
        for key in keys[:-1]:
            below = inner.get(key)
            inner[key] = below = dict(below) if isinstance(below, dict) else {}
            inner = below
        inner[keys[-1]] = random.choice((SCALARS, SCALARS, CONTAINERS, WILD)[random.randrange(4)])
    if random.random() < 0.5:
        found["amount"] = random.choice((0, 0.5, 1, 2, 0.1, 3, 1e-9, 10**30))
    return found


@dataclass
class Habits:
    """How careless a recording is; a tidy one stays on the compiled engine's fast path."""

    missing_arguments: float
    missing_fields: float
    disorder: float

    @classmethod
    def of(cls, random: Random) -> Habits:
        return cls(random.choice((0, 0, 0.03, 0.3)), random.choice((0, 0, 0.02, 0.3)), random.choice((0, 0, 0.1, 0.4)))


_REDACTED = (
    "/a", "/a/b", "/a/b/c", "/b", "/list/0", "/list/5", "/list/0/b", "/list/-", "/k~1~0é", "/amount", "", "no pointer",
    "/missing/deep/er", "/b/x",
)  # fmt: skip


def trace(random: Random, length: int) -> Iterator[Event]:
    """Calls, and approvals for calls that are near."""
    habits = Habits.of(random)
    now = _START
    habitual = [arguments(random) for _ in range(4)]
    for _ in range(length):
        now += timedelta(seconds=random.choice((0, 0.5, 1, 3, 20, 70)))
        if random.random() < 0.005:
            now += timedelta(days=random.choice((1, 30)))
        args = random.choice(habitual) if random.random() < 0.5 else arguments(random)
        tool = random.choice(TOOLS)
        if random.random() < 0.25:
            expires = now + timedelta(seconds=random.choice((-1, 0, 30, _DAY)))
            yield Approval(
                tool=tool,
                args_digest=digest(args),
                session=random.choice("st"),
                expires=random.choice((stamp(expires), stamp(expires), "soon")),
                id="x",
            )
        yield call(random, tool, args, now, habits)


def stamp(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def call(random: Random, tool: str, args: Any, now: datetime, habits: Habits) -> Call:
    """One call; what the record leaves out is up to its habits."""
    fields: dict[str, Any] = {"tool": tool, "args": args, "grant": random.choice("gh"), "session": random.choice("st")}
    if random.random() < 0.3:
        fields["server"] = "x"
    if random.random() < habits.disorder:
        now -= timedelta(seconds=random.choice((1, 65, 4_000, _DAY + 61, 40 * _DAY)))
    fields["ts"] = stamp(now)
    fields["outcome"] = random.choice((None, "ok", "tool_error", "protocol_error", "denied", "whatever"))
    for name in ("grant", "session", "ts"):
        if random.random() < habits.missing_fields:
            fields[name] = None
    if random.random() < habits.missing_fields:
        fields["ts"] = random.choice(("2026-03-01T23:58:00", "yesterday", "", "2026-03-01T23:58:60.5+01:00"))
    if random.random() < habits.missing_arguments:
        fields |= _spoilt(random, args)
    return Call(**fields)


def _spoilt(random: Random, args: Any) -> dict[str, Any]:
    match random.randrange(4):
        case 0:
            return {"redacted": random.sample(_REDACTED, random.randrange(1, 4))}
        case 1:
            keys = None if random.random() < 0.1 else random.sample(sorted(args), random.randrange(len(args) + 1))
            return {"args": None, "args_state": "keys_only", "keys": keys}
        case 2:
            return {"args_state": random.choice(("hashed", "absent", "unparseable", "full", "new"))}
        case _:
            return {"args": random.choice((None, "{", 5, [], True))}
