"""The calls that findings show do pass; careful tests of texts are passed over by every rule, careless ones by none."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from policyctl.cells.instance import is_valid
from policyctl.lint.run import lint
from policyctl.lint.table import BY_FAMILY
from policyctl.model.call import Call
from policyctl.model.decision import Verdict
from tests.engine.build import Reference
from tests.lint.examples import subject

RULES = (*BY_FAMILY["ARG"].listed, *BY_FAMILY["STR"].listed)
PATHS = ("url", "host", "to", "path", "command", "sql", "branch", "amount", "labels")
PIECES = (
    "^", "$", r"\b", r"api\.example\.com", "example.com", "https://", r"(a|b)\.", ".*", "[a-z]+", "/", "@", "/srv/app", r"\.\.",
    "|", "(?i)", "git ", "rm", "DROP TABLE", "select", "main", "[^/]*", r"\.md", "[prod|test]", "127.0.0.1", "=",
)  # fmt: skip
VALUES = (
    "main",
    "production",
    "https://api.example.com/a",
    "/etc/passwd",
    "rm -rf",
    100,
    True,
    "100",
    "localhost",
    "a@example.com",
)
TYPES = ("string", "number", "boolean", "array", ["string", "number"], ["string", "null"])
SHOWN = "this call passes: "


def condition(random: Random, path: str) -> dict[str, Any]:
    op = random.choice(("eq", "neq", "in", "not_in", "gt", "regex", "regex", "regex", "contains", "exists"))
    match op:
        case "in" | "not_in":
            value: Any = random.sample(VALUES, 2)
        case "gt":
            value = random.choice((0, 100, 2.5))
        case "regex":
            value = "".join(random.choices(PIECES, k=random.randint(1, 5)))
        case "exists":
            value = random.random() < 0.5
        case _:
            value = random.choice(VALUES)
    return {"path": f"args.{path}", "op": op, "value": value}


def policy(random: Random) -> str:
    def predicates() -> list[dict[str, Any]]:
        return [
            {"conditions": [condition(random, path) for path in random.sample(PATHS, random.choice((1, 1, 2)))]}
            for _ in range(random.randint(0, 2))
        ]

    rules = {"require": predicates(), "deny_if": predicates()}
    return json.dumps({"version": "1", "default": "deny", "tools": {"t": rules}})


def schema(random: Random) -> dict[str, Any]:
    properties: dict[str, Any] = {path: {"type": random.choice(TYPES)} for path in random.sample(PATHS, 6)}
    if random.random() < 0.5:
        next(iter(properties.values()))["default"] = random.choice(VALUES)
    return {"type": "object", "properties": properties, "required": random.sample(sorted(properties), 2)}


@pytest.mark.parametrize("has_catalog", [False, True])
def test_a_call_that_is_shown_is_allowed_and_valid(has_catalog: bool) -> None:
    shown: dict[str, int] = {}
    random = Random(7)
    for _ in range(400):
        valid = schema(random) if has_catalog else True
        try:
            judged = subject(policy(random), json.dumps([{"name": "t", "inputSchema": valid}]) if has_catalog else "")
        except AssertionError:
            continue  # the pieces made no pattern
        linted = lint(judged, [rule for rule in RULES if has_catalog or not rule.needs])
        assert not linted.crashes
        for found in linted.diagnostics:
            for note in found.notes:
                call = note.removeprefix(SHOWN).strip("`")
                if not note.startswith(SHOWN) or call.endswith("…"):
                    continue
                args = json.loads(call)
                shown[found.code] = shown.get(found.code, 0) + 1
                assert Reference(judged.policy).admit(Call(tool="t", args=args)).verdict is Verdict.ALLOW, found
                assert is_valid(args, valid, valid), found
    assert len(shown) >= 6


def codes(path: str, pattern: str) -> set[str]:
    rules = {"require": [{"conditions": [{"path": path, "op": "regex", "value": pattern}]}]}
    judged = subject(json.dumps({"version": "1", "default": "deny", "tools": {"t": rules}}))
    return {found.code for found in lint(judged, [rule for rule in RULES if not rule.needs]).diagnostics}


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("args.url", r"^https://api\.example\.com/"),
        ("args.url", r"^https://api\.example\.com(/|$)"),
        ("args.url", r"\Ahttps://(?:api|docs)\.example\.com/[a-z/]*\z"),
        ("args.url", r"(?i)^https://([a-z0-9-]+\.)*example\.com(:443)?/"),
        ("args.url", r"^(?:https://a\.example\.com/|https://b\.example\.org/)"),
        ("args.url", r"^https://github\.com/acme/[\w.-]+(/pull/[0-9]+)?$"),
        ("args.url", r"^https://[a-z0-9.-]+/"),
        ("args.url", r"^https?://"),
        ("args.webhook", r"^https://hooks\.example\.com/services/"),
        ("args.uri", r"^s3://bucket/"),
        ("args.host", r"^(api|docs)\.example\.com$"),
        ("args.domain", r"(^|\.)example\.com$"),
        ("args.hostname", r"^[a-z0-9-]+\.internal$"),
        ("args.to", r"^[a-z0-9._%+-]+@example\.com$"),
        ("args.email", r"^[^@\s,;]+@([a-z0-9-]+\.)?example\.com$"),
        ("args.email", r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$"),
        ("args.path", r"^/srv/app(/[A-Za-z0-9_-]+)+\.txt$"),
        ("args.file", r"\.(md|txt)$"),
        ("args.filename", r"^[A-Za-z0-9_-]+\.csv$"),
        ("args.command", r"^(make|git (status|log))$"),
        ("args.command", r"^ls( [a-z/]+)?$"),
        ("args.sql", r"(?i)^select [^;]*$"),
        ("args.query", r"is:open"),
        ("args.branch", r"^agent/"),
        ("args.branch", r"-agent$"),
        ("args.environment", r"^(?:staging|test)$"),
        ("args.currency", r"^[A-Z]{3}$"),
        ("args.id", r"^cus_[A-Za-z0-9]+$"),
        ("args.title", r"\[bot\]"),
        ("args.body", r"Fixes #[0-9]+"),
        ("args.message", r"(?i)^(feat|fix|docs): "),
    ],
)
def test_a_careful_pattern_is_passed_over(path: str, pattern: str) -> None:
    assert codes(path, pattern) == set()


@pytest.mark.parametrize(
    ("path", "pattern", "code"),
    [
        ("args.url", r"api\.example\.com", "STR01"),
        ("args.url", r"^https://a\.example\.com/|https://b\.example\.com/", "STR01"),
        ("args.url", r"https?://.*\.example\.com(/|$)", "STR01"),
        ("args.callback_url", r"://example\.com/", "STR01"),
        ("args.host", r"example\.com", "STR01"),
        ("args.to", r"@example\.com", "STR01"),
        ("args.path", r"/srv/app/", "STR01"),
        ("args.command", r"^git ", "STR01"),
        ("args.command", r"^git .*$", "STR01"),
        ("args.sql", r"(?i)^select", "STR01"),
        ("args.branch", r"agent", "STR01"),
        ("args.url", r"^https://api\.example\.com", "STR02"),
        ("args.url", r"^https?://api.example\.com/", "STR02"),
        ("args.url", r"^https://\w*example\.com/", "STR02"),
        ("args.host", r"^api\.example\.com", "STR02"),
        ("args.domain", r"example\.com$", "STR02"),
        ("args.email", r"^[a-z]+@example.com$", "STR02"),
        ("args.env", r"^[staging|test]+$", "STR03"),
        ("args.path", r"^/srv/app$|^/srv/app/", "STR07"),
        ("args.path", r"^/srv/app/.*\.txt$", "STR07"),
        ("args.directory", r"^/home/agent\b", "STR07"),
        ("args.url", r"^https://.*\.example\.com/", "STR08"),
        ("args.url", r"^https://[^/]+\.example\.com/", "STR08"),
        ("args.to", r"@example\.com$", "STR09"),
        ("args.recipients", r"^.+@example\.com$", "STR09"),
    ],
)  # fmt: skip
def test_a_careless_pattern_is_found(path: str, pattern: str, code: str) -> None:
    assert codes(path, pattern) == {code}
