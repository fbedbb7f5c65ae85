"""What a line may hold: numbers of any size, keys twice, any nesting, arguments that are none, times that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Replay

DEEP = 100_000
NINES = b"9" * 5_000


def over(bound: int) -> dict[str, Any]:
    condition = {"path": "args.amount", "op": "gt", "value": bound}
    tools = {"pay": {"deny_if": [{"conditions": [condition]}]}, "rm": {"action": "deny"}}
    return {"version": "1", "default": "allow", "tools": tools}


def amount(number: bytes) -> bytes:
    return b'{"tool":"pay","args":{"amount":' + number + b"}}"


NUMBERS = {
    "forty digits": (amount(b"1" + b"0" * 39 + b"1"), 10**40, "deny"),
    "forty digits, equal": (amount(b"1" + b"0" * 40), 10**40, "allow"),
    "forty digits, one less": (amount(b"9" * 40), 10**40, "allow"),
    "five thousand digits": (amount(NINES), 10**40, "deny"),
    "five thousand digits below zero": (amount(b"-" + NINES), -(10**40), "allow"),
    "five thousand digits where nobody reads": (
        b'{"tool":"pay","junk":' + NINES + b',"meta":{"n":' + NINES + b'},"args":{"amount":101}}',
        100,
        "deny",
    ),
    "an infinity": (amount(b"1e400"), 100, "deny"),
    "an infinity below zero": (amount(b"-1e400"), 100, "allow"),
    "nearly nothing": (amount(b"1e-999"), 0, "allow"),
    "a double next to an integer": (amount(b"100.00000000000001421"), 100, "deny"),
    "a double that is an integer": (amount(b"1e2"), 100, "allow"),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_are_compared_exactly(replay: Replay, name: str) -> None:
    line, bound, verdict = NUMBERS[name]
    replayed = replay([line], policy=over(bound))
    assert (replayed.code, replayed.verdicts) == (0, [verdict])


KEYS = {
    "arguments twice": (b'{"tool":"pay","args":{"amount":500},"args":{"amount":1}}', "allow"),
    "an argument twice": (b'{"tool":"pay","args":{"amount":1,"amount":500}}', "deny"),
    "a tool twice": (b'{"tool":"rm","tool":"pay","args":{"amount":1}}', "allow"),
    "a tool that was a number before": (b'{"tool":5,"tool":"rm"}', "deny"),
    "escaped fields": (b'{"t\\u006fol":"rm","\\u0061rgs":{}}', "deny"),
    "an escaped argument": (b'{"tool":"pay","args":{"\\u0061mount":500}}', "deny"),
    "an escaped one counts as the same": (b'{"tool":"pay","args":{"amount":500,"\\u0061mount":1}}', "allow"),
    "an escaped name": (b'{"tool":"\\u0072m"}', "deny"),
    "a pair of surrogates": (b'{"tool":"rm","args":{"a":"\\ud83d\\ude00"}}', "deny"),
    "a backslash before a u": (b'{"tool":"rm","args":{"a":"\\\\ud800"}}', "deny"),
    "fields of no interest": (b'{"tool":"rm","session":["s"],"keys":3,"decision":7,"meta":"m","outcome":[]}', "deny"),
}


@pytest.mark.parametrize("name", KEYS)
def test_the_last_of_repeated_keys_counts_however_it_is_written(replay: Replay, name: str) -> None:
    line, verdict = KEYS[name]
    replayed = replay([line], policy=over(100))
    assert (replayed.code, replayed.verdicts) == (0, [verdict])


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (amount(b"1") + b"\r\n\r\n" + amount(b"2") + b"\r\n", [1, 3]),
        (b"\xef\xbb\xbf" + amount(b"1") + b"\n" + amount(b"2"), [1, 2]),
        (b"\n \t" + amount(b"1") + b" \r\n\n\n" + amount(b"2"), [2, 5]),
    ],
)
def test_line_ends_blanks_and_a_mark_of_the_byte_order_are_no_content(
    replay: Replay, content: bytes, lines: list[int]
) -> None:
    replayed = replay(content)
    assert (replayed.code, replayed.lines) == (0, lines)
    assert replayed.report["traces"][0]["lines"] == 2


NESTED = {
    "where nobody reads": b'{"tool":"pay","args":{"amount":500},"junk":' + b"[" * DEEP + b"]" * DEEP + b"}",
    "in an argument": b'{"tool":"pay","args":{"amount":500,"x":' + b"[" * DEEP + b"]" * DEEP + b"}}",
    "in meta": b'{"meta":' + b'{"a":' * DEEP + b"1" + b"}" * DEEP + b',"tool":"pay","args":{"amount":500}}',
    "in a recorded decision": b'{"decision":' + b"[" * DEEP + b"]" * DEEP + b',"tool":"pay","args":{"amount":500}}',
}


@pytest.mark.parametrize("name", NESTED)
def test_nesting_has_no_limit(replay: Replay, name: str) -> None:
    options = ("--bad", "meta.attack=true", "--grant-from", "meta.user", "--show-args")
    replayed = replay([NESTED[name]], *options, policy=over(100))
    assert (replayed.code, replayed.verdicts, replayed.bad) == (0, ["deny"], [])


@pytest.mark.parametrize("operator", ["eq", "neq", "contains", "in"])
def test_values_of_any_depth_are_compared(replay: Replay, operator: str) -> None:
    nested = b"[" * DEEP + b"]" * DEEP
    operand: Any = [[]] if operator == "in" else []
    rule = {"conditions": [{"path": "args.x", "op": operator, "value": operand}]}
    policy = {"version": "1", "default": "allow", "tools": {"pay": {"deny_if": [rule]}}}
    replayed = replay([b'{"tool":"pay","args":{"x":' + nested + b"}}"], policy=policy)
    assert (replayed.code, replayed.verdicts) == (0, ["deny" if operator == "neq" else "allow"])


def test_an_id_and_deep_arguments_make_a_duplicate(replay: Replay) -> None:
    line = b'{"tool":"pay","id":"1","args":{"x":' + b"[" * DEEP + b"]" * DEEP + b"}}"
    replayed = replay([line, line])
    assert (len(replayed.decisions), replayed.report["coverage"]["duplicates"]) == (1, 1)


@pytest.mark.parametrize(
    ("args", "cause"),
    [
        (b'"text"', "arguments-unparseable"),
        (b"[1]", "arguments-unparseable"),
        (b"3", "arguments-unparseable"),
        (b"true", "arguments-unparseable"),
        (b"null", "arguments-absent"),
        (b"", "arguments-absent"),
    ],
)
def test_arguments_that_are_no_object_leave_what_asks_for_them_open(replay: Replay, args: bytes, cause: str) -> None:
    field = b',"args":' + args if args else b""
    replayed = replay([b'{"tool":"pay"' + field + b"}", b'{"tool":"rm"' + field + b"}"], policy=over(100))
    assert replayed.code == 0
    assert replayed.verdicts == ["undetermined", "deny"]
    assert (replayed.decisions[0]["cause"], replayed.decisions[0]["causes"]) == (cause, [cause])
    assert replayed.report["coverage"]["facts_to_record"] == ["args.amount"]


@pytest.mark.parametrize(
    ("ts", "is_bad"),
    [
        (b'"2026-01-01T00:00:00"', True),
        (b'"2026-01-01"', True),
        (b'"2026-13-01T00:00:00Z"', True),
        (b'"2026-01-01T25:00:00Z"', True),
        (b'"2026-01-01T00:00:00 Z"', True),
        (b'"yesterday"', True),
        (b'""', True),
        (b"1767225600", True),
        (b"1767225600.5", True),
        (b"true", True),
        (b"{}", True),
        (b"[]", True),
        (b"null", False),
    ],
)
def test_what_is_no_time_is_reported_and_taken_as_missing(replay: Replay, ts: bytes, is_bad: bool) -> None:
    limit = {"counter": "c", "max": 1, "window": "minute", "scope": "session"}
    policy = {"version": "1", "default": "allow", "tools": {"pay": {"limits": [limit]}}}
    lines = [b'{"tool":"pay","session":"s","args":{},"ts":%s}' % at for at in (b'"2026-01-01T00:00:00Z"', ts)]
    replayed = replay(lines, policy=policy)
    assert replayed.code == 0
    assert replayed.verdicts == ["allow", "undetermined"]
    assert replayed.decisions[1]["cause"] == "no-time"
    coverage = replayed.report["coverage"]
    assert (coverage["bad_times"], coverage["without_time"]) == (int(is_bad), 1)


@pytest.mark.parametrize("ts", ["2026-01-01T00:00:59.999999999Z", "2026-01-01t01:00:00+01:00", "2025-12-31T23:59:60Z"])
def test_every_time_of_rfc_3339_counts(replay: Replay, ts: str) -> None:
    limit = {"counter": "c", "max": 1, "window": "minute", "scope": "session"}
    policy = {"version": "1", "default": "allow", "tools": {"pay": {"limits": [limit]}}}
    calls = [{"tool": "pay", "session": "s", "args": {}, "ts": at} for at in ("2026-01-01T00:00:00Z", ts)]
    assert replay(calls, policy=policy).verdicts == ["allow", "deny"]


@pytest.mark.parametrize(
    "name",
    ["policies.create", "a/b~c", "with spaces", "\U0001f4b8", "\u0000\u001b[31m", "[bold]x[/]", "::error::x", ""],
)
def test_a_tool_may_have_any_name(replay: Replay, name: str) -> None:
    policy = {"version": "1", "default": "allow", "tools": {name: {"action": "deny"}}} if name else over(1)
    replayed = replay([{"tool": name, "args": {}}], policy=policy)
    assert replayed.code == 0
    assert replayed.decisions[0]["tool"] == name
    assert replayed.verdicts == ["deny" if name else "allow"]
