"""After its first change a session is no longer what would have happened."""

from __future__ import annotations

from typing import Any

from policyctl.simulate.compare.change import Change, Standing
from tests.simulate.compare.compared import Standings, compared

BASE = {"version": "1", "default": "allow", "tools": {"no": {"action": "deny"}, "maybe": {"require": [
    {"conditions": [{"path": "args.a", "op": "exists", "value": True}]}]}}}  # fmt: skip
NEW = {
    "version": "1",
    "default": "allow",
    "tools": {"yes": {"action": "deny"}, "no": {"deny_if": [{"conditions": []}]}},
}


def call(tool: str, session: str | None, **more: Any) -> dict[str, Any]:
    return {"tool": tool, "session": session, "args": {}, **more}


def standings(*calls: dict[str, Any]) -> list[tuple[Change, Standing | None]]:
    watcher = Standings()
    compared(BASE, NEW, calls, watchers=[watcher])
    return watcher.seen


def test_the_first_change_of_each_session_is_observed_and_what_follows_is_hypothetical() -> None:
    assert standings(call("yes", "a"), call("yes", "b"), call("yes", "a"), call("maybe", "a"), call("yes", "b")) == [
        (Change.NEWLY_DENIED, Standing.OBSERVED),
        (Change.NEWLY_DENIED, Standing.OBSERVED),
        (Change.NEWLY_DENIED, Standing.HYPOTHETICAL),
        (Change.NEWLY_ALLOWED, Standing.HYPOTHETICAL),
        (Change.NEWLY_DENIED, Standing.HYPOTHETICAL),
    ]


def test_another_rule_or_a_doubt_does_not_make_the_rest_of_a_session_hypothetical() -> None:
    doubt = call("maybe", "a", args_state="hashed")
    assert standings(call("no", "a"), doubt, call("open", "a"), call("yes", "a")) == [
        (Change.RULE_CHANGED, None),
        (Change.UNDETERMINED, None),
        (Change.UNCHANGED, None),
        (Change.NEWLY_DENIED, Standing.OBSERVED),
    ]


def test_of_calls_without_a_session_nobody_knows_what_they_follow() -> None:
    found = standings(call("yes", None), call("yes", None), call("yes", "a"))
    assert [standing for _, standing in found] == [Standing.NO_SESSION, Standing.NO_SESSION, Standing.OBSERVED]


def test_the_counts_of_each_way_to_change_add_up() -> None:
    calls = [
        call("yes", "a"),
        call("yes", "a"),
        call("yes", None),
        call("no", "a"),
        call("maybe", "b"),
        call("open", "c"),
    ]
    found = compared(BASE, NEW, calls)
    assert {row.change: (row.calls, *row.by_standing.values()) for row in found.changes if row.calls} == {
        Change.NEWLY_DENIED: (3, 1, 1, 1),
        Change.NEWLY_ALLOWED: (1, 1, 0, 0),
        Change.RULE_CHANGED: (1, 0, 0, 0),
        Change.UNCHANGED: (1, 0, 0, 0),
    }
    assert found.changed_sessions == 2
    assert found.count(*Change) == found.calls == sum(found.matrix.values()) == 6
