"""The quick way through a trace comes to what the plain one comes to, whatever stands in it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyctl.engine.ledger import Windows
from tests.recordings import MAPS, REAL, ROOT, SHIPPED
from tests.replay.both import both, policy_of

#: Small enough for traces of a few kilobytes to come in many pieces.
PIECE = 1_000

CONDITIONS = {
    "require": [
        {"conditions": [{"path": "args.amount", "op": "lte", "value": 100}]},
        {"conditions": [{"path": "args.to.kind", "op": "in", "value": ["iban", 1, None]}]},
    ],
    "deny_if": [
        {"conditions": [{"path": "args.to", "op": "eq", "value": {"kind": "iban", "id": 1}}]},
        {"conditions": [{"path": "args.text", "op": "regex", "value": "^é+|bad"}]},
        {"conditions": [{"path": "args.list", "op": "contains", "value": 1}]},
    ],
}
POLICY = policy_of(
    {
        "version": "1",
        "default": "deny",
        "hide": ["secret"],
        "all_tools": {"limits": [{"counter": "all", "max": 9, "window": "hour"}]},
        "tools": {
            "pay": CONDITIONS,
            "nested": {
                "require": [{"conditions": [{"path": "args.a.b.c", "op": "gt", "value": 1}]}],
                "deny_if": [
                    {"conditions": [{"path": "args.a.b", "op": "exists", "value": False}]},
                    {"conditions": [{"path": "args.a.x", "op": "neq", "value": [1.0, {"y": None}]}]},
                ],
                "limits": [{"counter": "n", "max": 2, "window": "minute", "scope": "session"}],
            },
            "sum": {"limits": [{"counter": "s", "max": 20, "window": "day", "amount_from": "args.amount"}]},
            "ask": {"action": "require_approval"},
            "odd": {"require": [{"conditions": [{"path": 'args."\\', "op": "exists", "value": True}]}]},
            "open": {},
            "": {},
        },
    }
)
OTHER = policy_of(
    {
        "version": "1",
        "default": "allow",
        "tools": {"pay": {"deny_if": [{"conditions": [{"path": "args.other", "op": "exists", "value": True}]}]}},
    }
)
NAMES = ("pay", "nested", "sum", "ask", "odd", "open", "", "secret", "unknown", "mcp__bank__pay")
WARM_UP: list[dict[str, Any]] = [
    {"tool": name, "args": {}, "server": server} for name in NAMES for server in (None, "bank")
]

#: JSON texts of values, usual ones and others.
VALUES = st.sampled_from(
    [
        *("1", "2", "3.5", "1e2", "100", "101", "-0.0", "1e999", "1" * 40, "1" * 5_000, '"1"', "true", "null"),
        *('"iban"', '"b\\u0061d"', '"é"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\udcff"', "{}", "[]", "[1]", "[1.0,2]"),
        *('{"b":{"c":2}}', '{"b":{"c":2},"x":[1,{"y":null}]}', '{"kind":"iban","id":1}', '{"kind":1}', '{"b":5}'),
        *('{"kind":"iban","id":1,"more":2}', '{"kind":null,"kind":"iban"}', "[" * 3_000 + "]" * 3_000, "nul", ""),
        *('{"b":null}', '{"b":[{"c":2}]}', '{"b":{"c":"2"}}', '"bad"', '"a\\"b"', '"\\x"', "NaN", "01"),
    ]
)
KEYS = st.sampled_from(
    [
        '"amount"',
        '"to"',
        '"text"',
        '"list"',
        '"a"',
        '"other"',
        '"am\\u006funt"',
        '"\\"\\\\"',
        '"more"',
        '"\udcff"',
        '"x"',
    ]
)
ARGUMENTS = st.one_of(
    st.lists(st.tuples(KEYS, VALUES), max_size=4).map(
        lambda members: "{" + ",".join(f"{key}:{value}" for key, value in members) + "}"
    ),
    st.sampled_from(
        [
            '{"amount":5,"to":{"kind":"iban","id":1}}',
            '{"amount":5,"to":{"id":1.0,"kind":"iban"},"text":"ok"}',
            '{"amount":5,"to":{"kind":"iban","id":1,"more":2}}',
            '{"amount":5,"to":{"kind":"iban"},"list":[[],1.0]}',
            '{"amount":5,"to":{"kind":1},"text":"\\u00e9"}',
            '{"a":{"b":{"c":2},"x":[1,{"y":null}]}}',
            '{"a":{"b":{"c":2},"x":[1,{}]}}',
        ]
    ),
    VALUES,
)
TIMES = st.one_of(
    st.sampled_from(
        [
            *('"2026-03-02T08:00:00Z"', '"2026-03-02T08:00:59.5Z"', '"2026-03-02T08:61:00Z"', '"2026-03-02T08:00:61Z"'),
            *(
                '"2026-03-02T10:00:00+02:00"',
                '"2026-03-02T08:00:60Z"',
                '"2026-02-30T08:00:00Z"',
                '"2026-03-02 08:00:00Z"',
            ),
            *('"yesterday"', "5", "null", '"2025-01-01T00:00:00Z"', '"٢026-03-02T08:00:00Z"', '""'),
        ]
    ),
    st.integers(0, 7_200).map(
        lambda second: f'"2026-03-02T{8 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"'
    ),
)
FIELDS = st.one_of(
    st.tuples(st.just('"tool"'), st.sampled_from([json.dumps(name) for name in NAMES])),
    st.tuples(st.just('"args"'), ARGUMENTS),
    st.tuples(st.just('"ts"'), TIMES),
    st.tuples(st.just('"session"'), st.sampled_from(['"s1"', '"s2"', "7", "null", '""'])),
    st.tuples(st.just('"grant"'), st.sampled_from(['"g"', '"h"', "null", "{}"])),
    st.tuples(st.just('"server"'), st.sampled_from(['"bank"', '"shop"', "null", '""'])),
    st.tuples(st.just('"id"'), st.sampled_from(['"1"', '"2"', "1", "null"])),
    st.tuples(st.just('"outcome"'), st.sampled_from(['"ok"', '"protocol_error"', "5"])),
    st.tuples(st.just('"args_state"'), st.sampled_from(['"full"', '"hashed"', '"keys_only"', "null", "1"])),
    st.tuples(st.just('"keys"'), st.sampled_from(['["amount"]', "5", "[5]"])),
    st.tuples(st.just('"redacted"'), st.sampled_from(['["/amount"]', "[]", "null", '"x"'])),
    st.tuples(st.just('"decision"'), st.sampled_from(['{"verdict":"allow"}', "null", "1"])),
    st.tuples(st.just('"meta"'), st.one_of(VALUES, st.just('{"who":"m"}'))),
    st.tuples(st.just('"t\\u006fol"'), st.just('"open"')),
    st.tuples(KEYS, VALUES),
)


def written(fields: list[tuple[str, str]]) -> bytes:
    return ("{" + ",".join(f"{name}:{value}" for name, value in fields) + "}").encode("utf-8", "surrogateescape")


USUAL = st.builds(
    lambda name, args, rest: written(
        [('"ts"', '"2026-03-02T08:00:01.000Z"'), ('"tool"', name), ('"args"', args), *rest]
    ),
    st.sampled_from([json.dumps(name) for name in NAMES]),
    ARGUMENTS,
    st.lists(FIELDS, max_size=3),
)
ODD = st.sampled_from(
    [
        *(b"", b"  ", b"\r", b"{}", b"[]", b"null", b"\xff", b'{"tool":"pay"', b'{"tool":"open"} {"tool":"open"}'),
        b'{"approval":{"tool":"ask","args_digest":"x","session":"s1","expires":"2027-01-01T00:00:00Z","id":"1"}}',
        b'{"approval":{"tool":"ask"}}',
        b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"open"}}',
        b'{"tool":"open","args":{"x":"' + b"y" * 5_000 + b'"}}',
    ]
)
TRACE = st.lists(st.one_of(USUAL, USUAL, st.lists(FIELDS, max_size=6).map(written), ODD), max_size=40)


def warm(lines: list[bytes]) -> bytes:
    """Lines behind others of every tool, which are enough to fill the first piece."""
    first = [json.dumps(call).encode() for call in WARM_UP]
    return b"\n".join([*first, *lines])


def check(content: bytes, policies: dict[str | None, Any], **options: Any) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        path.write_bytes(content)
        plain, fast = both(policies, path, chunk=PIECE, **options)
    assert fast == plain


@given(TRACE)
@settings(max_examples=400)
def test_any_trace(lines: list[bytes]) -> None:
    check(warm(lines), {None: POLICY})


@given(TRACE)
def test_any_trace_under_the_policies_of_several_servers(lines: list[bytes]) -> None:
    check(warm(lines), {"bank": POLICY, "shop": OTHER})


@given(TRACE, st.sampled_from(["session", "meta.who", "file"]))
def test_any_trace_with_declared_grants(lines: list[bytes], place: str) -> None:
    check(warm(lines), {None: POLICY}, grant_from=place)


@given(TRACE)
def test_any_trace_in_sliding_windows(lines: list[bytes]) -> None:
    check(warm(lines), {None: POLICY}, windows=Windows.SLIDING)


@given(TRACE)
def test_any_trace_twice_over(lines: list[bytes]) -> None:
    check(warm([*lines, *lines]), {None: OTHER})


def test_an_archive_that_breaks_off(tmp_path: Path) -> None:
    calls = [json.dumps({"tool": "open", "args": {}, "id": str(number)}).encode() for number in range(3_000)]
    path = tmp_path / "trace.jsonl.gz"
    path.write_bytes(gzip.compress(warm(calls))[:-500])
    plain, fast = both({None: POLICY}, path, chunk=PIECE)
    assert fast == plain
    assert fast.traces[0].truncated


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("chunk", [PIECE, 20_000])
def test_a_shipped_trace(name: str, chunk: int) -> None:
    file = ROOT / "fixtures/policies" / SHIPPED[name]
    policy = policy_of(file.read_bytes(), file.name)
    plain, fast = both({None: policy}, ROOT / "fixtures/traces" / f"{name}.jsonl", chunk=chunk, mapping=MAPS.get(name))
    assert fast == plain


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("chunk", [2_000, 50_000])
def test_a_real_trace(shared_data: Path, name: str, chunk: int) -> None:
    policy = policy_of((ROOT / "tests/real/policies" / f"{name}.json").read_bytes())
    plain, fast = both({None: policy}, shared_data / "traces" / f"{name}.jsonl", chunk=chunk)
    assert fast == plain
