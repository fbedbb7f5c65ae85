"""Lines that cannot be read are counted and located, and cost nothing but themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Replay

GOOD = b'{"tool":"pay","args":{"amount":5}}'
POLICY = {
    "version": "1",
    "default": "allow",
    "tools": {"pay": {"deny_if": [{"conditions": [{"path": "args.amount", "op": "gt", "value": 100}]}]}},
}
DEEP = 100_000

#: A line, the column of its fault and what is said of it.
BAD = {
    "broken off": (b'{"tool": "pay", ', 17, "the line is no JSON: it breaks off"),
    "no json": (b"canary", 1, "the line is no JSON: unexpected text"),
    "two values": (b'{"tool":"pay"} {"tool":"pay"}', 16, "the line is no JSON: more text after the value"),
    "a trailing comma": (b'{"tool":"pay",}', 15, "the line is no JSON: unexpected text"),
    "a text without end": (b'{"tool":"pay', 9, "the line is no JSON: a text that does not end"),
    "a control character": (b'{"tool":"p\x01y"}', 11, "the line is no JSON: a control character inside a text"),
    "a list": (b"[1,2]", 1, "the line is no JSON object"),
    "a text": (b'"canary"', 1, "the line is no JSON object"),
    "null": (b"null", 1, "the line is no JSON object"),
    "nothing in it": (b"{}", 1, "the line has no `tool`"),
    "a numbered tool": (b'{"tool":3}', 1, "`tool` is no text"),
    "no tool": (b'{"tool":null,"args":{}}', 1, "the line has no `tool`"),
    "the last tool is null": (b'{"tool":"pay","tool":null}', 1, "the line has no `tool`"),
    "no utf-8": (b'{"tool":"pay","args":{"a":"\xff"}}', 28, "the line is no UTF-8"),
    "no utf-8 behind an accent": (b'{"tool":"p\xc3\xa9","args":"\xff"}', 22, "the line is no UTF-8"),
    "an encoded surrogate": (b'{"tool":"pay","args":{"a":"\xed\xa0\x80"}}', 28, "the line is no UTF-8"),
    "half a pair": (b'{"tool":"pay","args":{"a":"\\ud800"}}', 28, "the line is no JSON text: half a surrogate pair"),
    "the other half": (b'{"tool":"pay","junk":"\\udc00"}', 23, "the line is no JSON text: half a surrogate pair"),
    "half a pair in a key": (b'{"tool":"pay","\\ud83dx":1}', 16, "the line is no JSON text: half a surrogate pair"),
    "nan": (b'{"tool":"pay","args":{"a":NaN}}', 27, "the line is no JSON: NaN and Infinity are no numbers of JSON"),
    "infinity where nobody reads": (
        b'{"tool":"pay","NaN":"NaN","junk":[-Infinity]}',
        35,
        "the line is no JSON: NaN and Infinity are no numbers of JSON",
    ),
    "a mark of the byte order in the middle": (b"\xef\xbb\xbf" + GOOD, 1, "the line is no JSON: unexpected text"),
    "deep and broken": (
        b'{"tool":"pay","args":' + b"[" * DEEP,
        22 + DEEP,
        "the line is no JSON: it breaks off",
    ),
    "a message without a tool": (
        b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}',
        1,
        "the `tools/call` message names no tool",
    ),
    "an approval without a session": (
        b'{"approval":{"tool":"pay","args_digest":"sha256:0","expires":"2026-01-01T00:00:00Z","id":"1"}}',
        1,
        "the approval needs `session` as text",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_broken_line_between_good_ones_is_located_and_the_good_ones_are_decided(replay: Replay, name: str) -> None:
    line, column, message = BAD[name]
    replayed = replay([GOOD, line, GOOD], policy=POLICY)
    assert replayed.code == 4
    assert replayed.bad == [(2, column, message)]
    assert (replayed.verdicts, replayed.lines) == (["allow", "allow"], [1, 3])
    (trace,) = replayed.report["traces"]
    assert (trace["lines"], trace["bad_lines"], trace["truncated"]) == (3, 1, False)


@pytest.mark.parametrize(
    ("bound", "code"), [("0", 4), ("1", 4), ("2", 0), ("39%", 4), ("40%", 0), ("100%", 0), ("39.99 %", 4)]
)
def test_the_user_may_allow_bad_lines_as_a_count_or_a_share(replay: Replay, bound: str, code: int) -> None:
    replayed = replay([GOOD, b"{", GOOD, b"[]", GOOD], "--max-bad-lines", bound, policy=POLICY)
    assert replayed.code == code
    (gate,) = replayed.report["gates"]
    assert (gate["gate"], gate["passed"], gate["found"]) == ("max-bad-lines", code == 0, "2 of 5")


def test_the_configuration_may_allow_bad_lines(replay: Replay, repository: Path) -> None:
    (repository / "policyctl.toml").write_text("[gate]\nmax_bad_lines = 1\n", "utf-8")
    assert replay([GOOD, b"{"], policy=POLICY).code == 0
    assert replay([GOOD, b"{"], "--max-bad-lines", "0", policy=POLICY).code == 4


@pytest.mark.parametrize("name", BAD)
def test_no_word_of_a_broken_line_is_repeated(replay: Replay, name: str) -> None:
    line, _, _ = BAD[name]
    replayed = replay([GOOD, line.replace(b"pay", b"canary")], policy=POLICY)
    assert "canary" not in json.dumps(replayed.report) + replayed.stderr


def test_only_the_first_bad_lines_are_shown_and_all_are_counted(replay: Replay) -> None:
    replayed = replay([b"{"] * 1_000 + [GOOD])
    assert replayed.report["traces"][0]["bad_lines"] == 1_000
    assert [line for line, _, _ in replayed.bad] == list(range(1, 21))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_another_encoding_is_named(replay: Replay, encoding: str) -> None:
    replayed = replay((2 * (GOOD.decode() + "\n")).encode(encoding), policy=POLICY)
    assert replayed.code == 4
    assert {message for _, _, message in replayed.bad} == {"the line is no UTF-8; it looks like UTF-16"}
    assert replayed.decisions == ()


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\n\n \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b'{"jsonrpc":"2.0","method":"x"}\n']
)
def test_a_trace_without_calls_exits_with_3(replay: Replay, content: bytes) -> None:
    replayed = replay(content)
    assert (replayed.code, replayed.decisions, replayed.bad) == (3, (), [])


def test_a_document_over_many_lines_is_told_to_be_written_line_by_line(replay: Replay) -> None:
    replayed = replay(json.dumps([json.loads(GOOD)], indent=1).encode())
    assert replayed.code == 4
    assert "`jq -c '.[]'`" in replayed.report["diagnostics"][0]["help"]
    whole = replay(b"[" + GOOD + b"]")
    assert "one JSON object a line" in whole.report["diagnostics"][0]["help"]


@pytest.mark.parametrize(
    ("line", "shape"),
    [
        ({"tool_name": "Bash", "tool_input": {}}, "a Claude Code hook: try `--map tool=/tool_name,args=/tool_input"),
        ({"name": "x", "arguments": "{}", "server_label": "s"}, "an OpenAI MCP call: try `--map tool=/name"),
        ({"type": "tool_use", "name": "x", "input": {}}, "an Anthropic tool use: try `--map tool=/name,args=/input"),
        ({"type": "function_call", "name": "x", "arguments": "{}"}, "an OpenAI function call: try `--map tool=/name"),
        ({"id": "1", "function": {"name": "x"}}, "an OpenAI tool call: try `--map tool=/function/name"),
        ({"function_name": "x", "function_args": {}}, "a Gemini CLI tool call: try `--map tool=/function_name"),
        ({"method": "tools/call", "params": {"name": "x"}}, "a message with parameters: try `--map tool=/params/name"),
        ({"resourceSpans": []}, "an OpenTelemetry export: write its tool calls out"),
        ({"log": {"entries": []}}, "a HAR capture: write its tool calls out"),
        ({"messages": []}, "a chat transcript: write its tool calls out"),
        ({"something": 1}, "name the places of the call: `--map tool=/POINTER,args=/POINTER`"),
    ],
)
def test_an_unknown_shape_is_named_with_the_map_to_try(replay: Replay, line: Any, shape: str) -> None:
    replayed = replay([line])
    assert replayed.code == 4
    assert shape in replayed.report["diagnostics"][0]["help"]


def test_a_line_of_fifty_megabytes_is_a_line_like_others(replay: Replay) -> None:
    long = b'{"tool":"pay","args":{"amount":101,"x":"' + b"a" * 50_000_000 + b'"}}'
    replayed = replay([long, long[:-2], GOOD], policy=POLICY)
    assert (replayed.code, replayed.verdicts, replayed.lines) == (4, ["deny", "allow"], [1, 3])
    assert replayed.bad == [(2, len(long) - 1, "the line is no JSON: it breaks off")]
