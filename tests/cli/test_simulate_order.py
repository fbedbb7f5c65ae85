"""Records twice, late, out of order and in several files: who comes first, and who counts."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Replay
    from tests.conftest import Run


def limited(maximum: int, window: str | int = "minute", **fields: Any) -> dict[str, Any]:
    limit = {"counter": "c", "max": maximum, "window": window, "scope": "session", **fields}
    return {"version": "1", "default": "allow", "tools": {"pay": {"limits": [limit]}}}


def call(at: str | None = None, **fields: Any) -> dict[str, Any]:
    ts = None if at is None else at if "T" in at else f"2026-01-01T{at}Z"
    return {"tool": "pay", "session": "s", "args": {"n": 1}, "ts": ts, **fields}


DUPLICATE = call("00:00:00", id="1")


@pytest.mark.parametrize(
    ("again", "decided"),
    [
        (DUPLICATE, 1),
        ({"args": {"n": 1.0}, "meta": {"x": 1}, **{key: DUPLICATE[key] for key in ("id", "ts", "session", "tool")}}, 1),
        (DUPLICATE | {"outcome": "ok", "grant": "g", "server": "x"}, 1),
        (DUPLICATE | {"id": "2"}, 2),
        (DUPLICATE | {"session": "t"}, 2),
        (DUPLICATE | {"ts": "2026-01-01T00:00:01Z"}, 2),
        (DUPLICATE | {"tool": "ask"}, 2),
        (DUPLICATE | {"args": {"n": 2}}, 2),
        (DUPLICATE | {"args": {"n": True}}, 2),
        (DUPLICATE | {"args": None}, 2),
    ],
)
def test_a_record_is_a_duplicate_if_everything_that_names_it_is_equal(
    replay: Replay, again: dict[str, Any], decided: int
) -> None:
    replayed = replay([DUPLICATE, call("00:00:00"), again])
    assert len(replayed.decisions) == decided + 1
    assert replayed.report["coverage"]["duplicates"] == 2 - decided


def test_without_an_id_two_equal_calls_are_two_calls(replay: Replay) -> None:
    assert replay([call("00:00:00")] * 3, policy=limited(2)).verdicts == ["allow", "allow", "deny"]


def test_a_duplicate_is_found_behind_a_record_that_shares_its_id(replay: Replay) -> None:
    other, long = DUPLICATE | {"args": {"n": 2}}, DUPLICATE | {"args": {"n": "x" * 4_000}, "args_state": "digest"}
    replayed = replay([DUPLICATE, other, long, DUPLICATE, long, other, DUPLICATE])
    assert (replayed.lines, replayed.report["coverage"]["duplicates"]) == ([1, 2, 3], 4)


def test_a_duplicate_uses_up_nothing(replay: Replay) -> None:
    assert replay([DUPLICATE, DUPLICATE, call("00:00:01")], policy=limited(2)).verdicts == ["allow", "allow"]


def test_a_duplicate_is_looked_for_among_the_last_65536_records(replay: Replay) -> None:
    def between(count: int) -> bytes:
        return b'{"tool":"x","args":{}}\n' * count

    first = json.dumps(DUPLICATE).encode() + b"\n"
    assert replay(first + between(65_535) + first).report["coverage"]["duplicates"] == 1
    assert replay(first + between(65_536) + first).report["coverage"]["duplicates"] == 0


def test_times_out_of_order_count_in_their_own_window(replay: Replay) -> None:
    lines = [call("00:05:00"), call("00:01:00"), call("00:05:01"), call("00:01:01"), call("00:03:00")]
    assert replay(lines, policy=limited(1)).verdicts == ["allow", "allow", "deny", "deny", "allow"]


def test_a_call_that_comes_too_late_is_unknown_and_changes_no_other(replay: Replay) -> None:
    lines = [
        call("2026-01-03T00:00:00Z"),
        call("2026-01-01T23:59:59Z"),
        call("2026-01-02T00:00:00Z"),
        call("2026-01-03T00:00:01Z"),
        call("2026-01-01T00:00:00Z", session="other"),
    ]
    replayed = replay(lines, policy=limited(2))
    assert replayed.verdicts == ["allow", "undetermined", "allow", "allow", "allow"]
    assert replayed.decisions[1]["cause"] == "usage-unknown"
    assert replayed.report["coverage"]["late"] == 1


def test_lateness_may_be_longer_and_never_shorter_than_a_day(replay: Replay, repository: Path) -> None:
    lines = [call("2026-01-03T00:00:00Z"), call("2026-01-01T12:00:00Z")]
    assert replay(lines, "--lateness", "200000", policy=limited(1)).verdicts == ["allow", "allow"]
    assert replay(lines, "--lateness", "0", policy=limited(1)).verdicts == ["allow", "undetermined"]
    assert replay(lines, policy=limited(1), env={"POLICYCTL_SIMULATE_LATENESS": "200000"}).verdicts == 2 * ["allow"]
    (repository / "policyctl.toml").write_text("[traces]\nlateness = 200000\n")
    assert replay(lines, policy=limited(1)).verdicts == ["allow", "allow"]
    assert replay(lines, "--lateness", "0", policy=limited(1)).verdicts == ["allow", "undetermined"]


@pytest.mark.parametrize(("window", "denied"), [("fixed", 0), ("sliding", 1)])
def test_windows_are_fixed_or_sliding(replay: Replay, repository: Path, window: str, denied: int) -> None:
    lines = [call("00:00:58"), call("00:00:59"), call("00:01:00")]
    assert replay(lines, "--window", window, policy=limited(2)).verdicts.count("deny") == denied
    assert replay(lines, policy=limited(2), env={"POLICYCTL_SIMULATE_WINDOW": window}).verdicts.count("deny") == denied
    (repository / "policyctl.toml").write_text(f'[traces]\nwindow = "{window}"\n')
    assert replay(lines, policy=limited(2)).verdicts.count("deny") == denied


@pytest.mark.parametrize(("last", "verdict"), [("00:01:00", "allow"), ("00:00:59.999", "deny")])
def test_a_sliding_window_is_open_at_its_start(replay: Replay, last: str, verdict: str) -> None:
    lines = [call("00:00:00"), call(last)]
    assert replay(lines, "--window", "sliding", policy=limited(1)).verdicts == ["allow", verdict]


def test_a_day_begins_at_midnight_in_utc(replay: Replay) -> None:
    lines = [call("2026-01-01T23:59:59Z"), call("2026-01-02T01:30:00+02:00"), call("2026-01-02T00:00:00Z")]
    assert replay(lines, policy=limited(1, "day")).verdicts == ["allow", "deny", "allow"]


def test_a_thousand_times_ninety_nine_cents_under_ten_are_ten_calls(replay: Replay) -> None:
    lines = [call("00:00:00", args={"amount": 0.99})] * 1_000
    replayed = replay(lines, policy=limited(10, amount_from="args.amount"))
    assert (replayed.verdicts[:10], set(replayed.verdicts[10:])) == (10 * ["allow"], {"deny"})


@pytest.mark.parametrize("amount", ["1", -1, None, True, [], 1e999])
def test_an_amount_that_is_none_denies(replay: Replay, amount: Any) -> None:
    line = json.dumps(call("00:00:00", args={"amount": amount})).replace("Infinity", "1e999").encode()
    assert replay([line], policy=limited(10, amount_from="args.amount")).verdicts == ["deny"]


@pytest.fixture
def merged(run: Run, repository: Path) -> Any:
    def lines(*files: list[dict[str, Any]]) -> list[str]:
        (repository / "policy.json").write_text('{"version":"1","default":"allow"}')
        names = [f"{number}.jsonl" for number in range(len(files))]
        for name, records in zip(names, files, strict=True):
            (repository / name).write_text("".join(json.dumps(record) + "\n" for record in records))
        result = run(["simulate", *names, "--decisions", "-"], cwd=repository)
        assert result.code == 0, result.stderr
        sources = [json.loads(line)["source"] for line in result.stdout.splitlines()]
        return [f"{source['file'][0]}:{source['line']}" for source in sources]

    return lines


def test_files_are_merged_by_time_then_argument_then_line(merged: Any) -> None:
    first = [call("00:00:01"), call("00:00:03"), call("00:00:03")]
    second = [call("00:00:00"), call("00:00:03"), call("00:00:02")]
    assert merged(first, second) == ["1:1", "0:1", "0:2", "0:3", "1:2", "1:3"]
    assert merged(second, first) == ["0:1", "1:1", "0:2", "0:3", "1:2", "1:3"]


def test_a_record_without_a_time_stays_behind_its_predecessor(merged: Any) -> None:
    first = [call(), call("00:00:02"), call("yesterdayT"), call("00:00:04")]
    second = [call("00:00:01"), call(), call("00:00:03")]
    assert merged(first, second) == ["0:1", "1:1", "1:2", "0:2", "0:3", "1:3", "0:4"]


def test_files_without_times_come_in_the_order_of_the_arguments(merged: Any) -> None:
    assert merged([call(), call()], [call()], [call(), call()]) == ["0:1", "0:2", "1:1", "2:1", "2:2"]


def test_the_same_instant_in_two_zones_is_one_time(merged: Any) -> None:
    first = [call("2026-01-01T02:00:00+01:00"), call("2026-01-01T02:00:00.5+01:00")]
    assert merged(first, [call("2026-01-01T01:00:00Z")]) == ["0:1", "1:1", "0:2"]


ARGS = {"n": 1, "to": "é"}


def approval(number: str, **fields: Any) -> dict[str, Any]:
    return {
        "approval": {
            "tool": "ask",
            "args_digest": digest(ARGS),
            "session": "s",
            "expires": "2026-01-01T01:00:00Z",
            "id": number,
            **fields,
        }
    }


def digest(args: Any) -> str:
    canonical = json.dumps(args, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def asked(at: str = "00:00:01", **fields: Any) -> dict[str, Any]:
    return {"tool": "ask", "session": "s", "args": ARGS, "ts": f"2026-01-01T{at}Z", **fields}


ASKS = {
    "version": "1",
    "default": "deny",
    "tools": {
        "ask": {
            "action": "require_approval",
            "limits": [{"counter": "c", "max": 2, "window": "minute", "scope": "session"}],
        }
    },
}

APPROVALS: dict[str, tuple[list[Any], list[str], str]] = {
    "none": ([asked()], ["approval"], "a person has to approve this call first"),
    "on record": ([approval("1"), asked()], ["allow"], ""),
    "keys in another order": ([approval("1"), asked(args={"to": "é", "n": 1.0})], ["allow"], ""),
    "used": ([approval("1"), asked(), asked()], ["allow", "approval"], "was used before"),
    "two": ([approval("1"), approval("2"), asked(), asked()], ["allow", "allow"], ""),
    "the same one again": (
        [approval("1"), asked(), approval("1"), asked()],
        ["allow", "approval"],
        "was used before",
    ),
    "behind the call": ([asked(), approval("1")], ["approval"], "a person has to approve this call first"),
    "other arguments": ([approval("1"), asked(args={"n": 2})], ["approval"], "is for other arguments"),
    "another session": ([approval("1"), asked(session="t")], ["approval"], "is for another session"),
    "another tool": ([approval("1", tool="pay"), asked()], ["approval"], "a person has to approve this call first"),
    "expired": ([approval("1"), asked("01:00:00.001")], ["approval"], "has expired"),
    "no expiry that is a time": ([approval("1", expires="never"), asked()], ["approval"], "a person has to approve"),
    "no digest that is one": ([approval("1", args_digest="x"), asked()], ["approval"], "is for other arguments"),
    "not used by a call without room": (
        [approval("1"), approval("2"), approval("3"), asked(), asked(), asked(), asked("00:01:00")],
        ["allow", "allow", "deny", "allow"],
        "",
    ),
}


@pytest.mark.parametrize("name", APPROVALS)
def test_an_approval_is_for_one_call(replay: Replay, name: str) -> None:
    lines, verdicts, said = APPROVALS[name]
    replayed = replay(lines, policy=ASKS)
    assert (replayed.code, replayed.verdicts) == (0, verdicts)
    assert said in replayed.decisions[-1]["message"]
    assert replayed.report["coverage"]["approvals_on_record"] == sum("approval" in line for line in lines)


def test_an_approval_for_a_call_without_a_session_or_a_time_is_not_guessed(replay: Replay) -> None:
    assert replay([approval("1"), asked(session=None)], policy=ASKS).verdicts != ["allow"]
    assert replay([approval("1"), asked() | {"ts": None}], policy=ASKS).verdicts != ["allow"]
    assert replay([approval("1"), asked(args=None)], policy=ASKS).verdicts != ["allow"]
