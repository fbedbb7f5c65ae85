"""Lines that nobody hopes for, among many usual ones: the quick way takes the usual ones, and both ways come to the same."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from policyctl.model.call import Call
from policyctl.model.decision import Decision
from policyctl.replay.fast import FastReplay
from policyctl.replay.plain import Replay
from policyctl.replay.routing import Assignment, Route
from policyctl.traces.read import TraceFile, read_traces
from tests.replay.both import both
from tests.replay.test_fast import OTHER, PIECE, POLICY, warm

_IBAN = '{"kind":"iban","id":1}'

CASES = {
    "a line that breaks off": b'{"tool":"pay","args":{"amount":1',
    "two values on a line": b'{"tool":"open","args":{}} {"tool":"open","args":{}}',
    "one value on two lines": b'{"tool":"open",\n"args":{}}',
    "an empty line": b"",
    "a line of blanks": b" \t \r",
    "a line that ends like those of another system": b'{"tool":"open","args":{}}\r',
    "a byte order mark in the middle": b'\xef\xbb\xbf{"tool":"open","args":{}}',
    "`tool` twice": b'{"tool":"pay","tool":"open","args":{}}',
    "`args` twice, the last wrong": b'{"tool":"pay","args":{"amount":1},"args":5}',
    "`args` twice, the first wrong": b'{"tool":"pay","args":5,"args":{"amount":1,"to":%s}}' % _IBAN.encode(),
    "an argument twice": b'{"tool":"pay","args":{"amount":1,"amount":1000,"to":%s}}' % _IBAN.encode(),
    "an argument twice, deep down": b'{"tool":"nested","args":{"a":{"b":{"c":2}},"a":{"b":{"c":0}}}}',
    "arguments that are null": b'{"tool":"pay","args":null}',
    "no arguments": b'{"tool":"pay"}',
    "arguments that are a text": b'{"tool":"pay","args":"{}"}',
    "arguments that are a list": b'{"tool":"pay","args":[]}',
    "a text for an object": b'{"tool":"pay","args":{"amount":1,"to":"iban"}}',
    "a number for an object": b'{"tool":"nested","args":{"a":{"b":7}}}',
    "a list for an object": b'{"tool":"nested","args":{"a":[{"b":{"c":2}}]}}',
    "null for an object": b'{"tool":"nested","args":{"a":null}}',
    "a null argument": b'{"tool":"pay","args":{"amount":null,"to":null}}',
    "deep in a field that nobody reads": b'{"tool":"open","args":{},"more":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    "deep in an argument that nobody reads": b'{"tool":"pay","args":{"x":' + b'{"a":' * 3_000 + b"1" + b"}" * 3_002,
    "deep in an argument that somebody reads": b'{"tool":"pay","args":{"to":' + b"[" * 3_000 + b"]" * 3_000 + b"}}",
    "an escaped key of an argument": b'{"tool":"pay","args":{"\\u0061mount":1000,"to":%s}}' % _IBAN.encode(),
    "an escaped `tool`": b'{"\\u0074ool":"pay","args":{"amount":1,"to":%s}}' % _IBAN.encode(),
    "an escaped name of a tool": b'{"tool":"p\\u0061y","args":{"amount":1,"to":%s}}' % _IBAN.encode(),
    "`tool` behind `args`": b'{"args":{"amount":1,"to":%s},"tool":"pay"}' % _IBAN.encode(),
    "`tool` in the arguments": b'{"args":{"tool":"open","amount":1},"tool":"pay"}',
    "`tool` only in the arguments": b'{"args":{"tool":"open","amount":1}}',
    "`tool` that is a number": b'{"tool":5,"args":{}}',
    "a number of 40 digits that is read": b'{"tool":"pay","args":{"amount":' + b"9" * 40 + b',"to":{"kind":1}}}',
    "a number of 40 digits that nobody reads": b'{"tool":"pay","args":{"amount":1,"x":' + b"9" * 40 + b"}}",
    "a number of 40 digits compared whole": b'{"tool":"pay","args":{"amount":1,"to":{"kind":"iban","id":1%s}}}'
    % (b"0" * 39),
    "a number of 5,000 digits": b'{"tool":"pay","args":{"amount":' + b"1" * 5_000 + b"}}",
    "a number beyond doubles": b'{"tool":"pay","args":{"amount":1e999,"to":{"kind":1}}}',
    "a huge line": b'{"tool":"open","args":{"x":"' + b"y" * 50_000 + b'"}}',
    "a huge bad line": b"[" + b"1," * 30_000,
    "no UTF-8 in a field that nobody reads": b'{"tool":"open","args":{"x":"\xff"}}',
    "no UTF-8 in a key that nobody reads": b'{"tool":"open","args":{"\xc3":1}}',
    "no UTF-8 behind the value": b'{"tool":"open","args":{}}\xff',
    "a character cut in half": "{}é".encode()[:-1],
    "half a surrogate pair that nobody reads": b'{"tool":"open","args":{"x":"\\ud800"}}',
    "a control character in a text": b'{"tool":"open","args":{"x":"\x01"}}',
    "a NUL": b'{"tool":"open","args":{"x":"\\u0000"}}\x00',
    "compared whole, with a member that no rule reads": b'{"tool":"pay","args":{"amount":1,"to":{"kind":"iban","id":1,"z":0}}}',
    "compared whole, in another order": b'{"tool":"pay","args":{"amount":1,"to":{"id":1.0,"kind":"iban"}}}',
    "compared whole, a list": b'{"tool":"nested","args":{"a":{"b":{"c":2},"x":[1,{"y":null}]}}}',
    "a number for a session": b'{"tool":"open","args":{},"session":7}',
    "an object for a grant": b'{"tool":"open","args":{},"grant":{}}',
    "a time that is none": b'{"tool":"open","args":{},"ts":"yesterday"}',
    "a number for a time": b'{"tool":"open","args":{},"ts":1772438400}',
    "NaN": b'{"tool":"pay","args":{"amount":NaN}}',
    "an approval": b'{"approval":{"tool":"ask","args_digest":"x","session":"s","expires":"2027-01-01T00:00:00Z","id":"1"}}',
}


def _usual(count: int) -> list[bytes]:
    """Calls that are plain in every way, a second apart."""
    return [
        json.dumps(
            {
                "ts": f"2026-03-02T08:{number // 60:02}:{number % 60:02}.000Z",
                "session": f"s{number % 7}",
                "grant": "g",
                "tool": ("pay", "nested", "open")[number % 3],
                "args": {"amount": number, "to": {"kind": "iban", "id": 2}, "a": {"b": {"c": number % 3}}},
                "id": str(number),
            }
        ).encode()
        for number in range(count)
    ]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("chunk", [PIECE, 100_000])
def test_a_line_among_usual_ones(tmp_path: Path, name: str, chunk: int) -> None:
    first, last = _usual(80)[:40], _usual(80)[40:]
    path = tmp_path / "trace.jsonl"
    path.write_bytes(warm([*first, CASES[name], *last, CASES[name]]) + b"\n")
    for policy in (POLICY, OTHER):
        plain, fast = both({None: policy}, path, chunk=chunk)
        assert fast == plain
        assert fast.coverage.calls >= 80


def test_all_of_them_together_and_again(tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_bytes(warm([line for case in CASES.values() for line in (*_usual(3), case, case)]))
    plain, fast = both({None: POLICY}, path, chunk=20_000)
    assert fast == plain


@pytest.mark.parametrize("order", ["rising", "ties", "falling", "none", "late"])
def test_records_that_were_written_twice(tmp_path: Path, order: str) -> None:
    calls = [json.loads(line) for line in _usual(300)]
    for number, call in enumerate(calls):
        match order:
            case "ties":
                call["ts"] = call["ts"][:17] + "00.000Z"
            case "falling":
                call["ts"] = calls[-1 - number]["ts"] if number < 150 else call["ts"]
            case "none":
                call.pop("ts") if number % 5 == 0 else None
            case "late" if number % 50 == 49:
                call["ts"] = "2026-03-01T08:00:00.000Z"
            case _:
                pass
    # Some once more at once, some much later, some with other arguments.
    lines = [json.dumps(call).encode() for call in calls]
    again = [json.dumps({**calls[place], "args": {}}).encode() for place in (20, 40)]
    path = tmp_path / "trace.jsonl"
    path.write_bytes(
        warm(
            [
                *lines[:100],
                lines[99],
                *lines[100:200],
                *lines[50:60],
                *again,
                *lines[200:],
                *lines[-5:],
                *again,
                lines[0],
            ]
        )
    )
    for chunk in (PIECE, 4_000, 100_000):
        plain, fast = both({None: POLICY}, path, chunk=chunk)
        assert fast == plain
        assert fast.coverage.duplicates == 19


class _Meddler:
    """Changes the file as soon as it sees the first call."""

    reads = frozenset[str]()

    def __init__(self, path: Path, *, size: int | None = None, more: bytes = b"") -> None:
        self._path = path
        self._size = size
        self._more = more
        self.calls = 0

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        del call, route, decision, file, line
        if not self.calls and self._size is not None:
            os.truncate(self._path, self._size)
        if not self.calls and self._more:
            with open(self._path, "ab") as file_:
                file_.write(self._more)
        self.calls += 1


@pytest.mark.parametrize("change", ["grows", "shrinks", "is emptied"])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, change: str) -> None:
    path, content = tmp_path / "trace.jsonl", warm(_usual(200)) + b"\n"
    found = []
    for is_fast in (False, True):
        path.write_bytes(content)
        match change:
            case "grows":
                meddler = _Meddler(path, more=b"\n".join(_usual(50)))
            case "shrinks":
                meddler = _Meddler(path, size=len(content) // 2)
            case _:
                meddler = _Meddler(path, size=0)
        replay, file = Replay((Assignment(POLICY),), watchers=(meddler,)), TraceFile(str(path), chunk=PIECE)
        if is_fast:
            FastReplay(replay).run(file)
        else:
            replay.run(read_traces([file]))
        cells = [(route.recorded, said.content, cell.calls, cell.line) for (route, said), cell in replay.cells.items()]
        found.append((meddler.calls, cells, file.lines, file.bad_lines, file.diagnostics, file.stream.digest))
    assert found[1] == found[0]
    assert found[0][0] > 0
