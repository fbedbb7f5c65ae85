"""Policy documents: the model that is read, and every mistake with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policyctl.model.policy import Action, Condition, Default, Limit, Op, Policy, Predicate, Scope, ToolRules
from policyctl.reading.policy import PolicyReading, read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document


def read(text: str, name: str = "policy.json") -> PolicyReading:
    document = read_document(name, text.encode())
    assert isinstance(document, Document)
    return read_policy(document)


def policy_of(data: Any) -> Policy:
    reading = read(json.dumps(data))
    assert reading.diagnostics == ()
    assert reading.policy is not None
    return reading.policy


def tool(rules: Any, name: str = "t") -> ToolRules:
    return policy_of({"version": "1", "default": "deny", "tools": {name: rules}}).tools[name]


def mistakes(rules: Any) -> list[tuple[str, str | None, str, str | None]]:
    """Code, pointer below the tool, message and help of each."""
    reading = read(json.dumps({"version": "1", "default": "deny", "tools": {"t": rules}}))
    assert (reading.policy is None) == bool(reading.diagnostics)
    return [
        (entry.code, (entry.pointer or "").removeprefix("/tools/t"), entry.message, entry.help)
        for entry in reading.diagnostics
    ]


def test_the_smallest_policy() -> None:
    policy = policy_of({"version": "1", "default": "allow"})
    assert (policy.version, policy.default, policy.hide, policy.tools) == ("1", Default.ALLOW, (), {})
    assert policy.name == "policy.json"
    assert policy.digest.startswith("sha256:")


def test_everything_that_a_policy_can_say_is_read() -> None:
    policy = policy_of(
        {
            "$schema": "x",
            "version": "1",
            "description": "x",
            "default": "deny",
            "hide": ["*", "a"],
            "all_tools": {"limits": [{"counter": "all", "max": 5, "window": "hour"}]},
            "tools": {
                "pay": {
                    "require": [
                        {"conditions": [{"path": "args.to.id", "op": "exists", "value": True}], "on_deny": "no"}
                    ],
                    "deny_if": [{"conditions": [{"path": "args.n", "op": "gt", "value": 1.5}]}],
                    "limits": [
                        {
                            "counter": "sum",
                            "max": 0.5,
                            "window": 90,
                            "scope": "session",
                            "amount_from": "args.n",
                            "on_deny": "x",
                        }
                    ],
                    "action": "require_approval",
                    "reason": "money",
                    "rate_limit": {"max": 2, "window": "minute"},
                },
                "read": {},
            },
        }
    )
    at = "/tools/pay"
    assert policy.hide == ("*", "a")
    assert policy.all_tools_limits == (
        Limit("all", 5, 3600, Scope.GRANT, None, None, "/all_tools/limits/all", "/all_tools/limits/0"),
    )
    assert policy.tools["read"] == ToolRules("read")
    assert policy.tools["pay"] == ToolRules(
        name="pay",
        require=(
            Predicate(
                (Condition(("to", "id"), Op.EXISTS, True),), "no", f"{at}/require/args.to.id-exists", f"{at}/require/0"
            ),
        ),
        deny_if=(Predicate((Condition(("n",), Op.GT, 1.5),), None, f"{at}/deny_if/args.n-gt", f"{at}/deny_if/0"),),
        limits=(Limit("sum", 0.5, 90, Scope.SESSION, ("n",), "x", f"{at}/limits/sum", f"{at}/limits/0"),),
        action=Action.REQUIRE_APPROVAL,
        reason="money",
        rate_limit=Limit(None, 2, 60, Scope.SESSION, None, None, f"{at}/rate_limit", f"{at}/rate_limit"),
    )


def condition(path: str = "args.a", op: str = "eq", value: Any = 1) -> dict[str, Any]:
    return {"path": path, "op": op, "value": value}


@pytest.mark.parametrize(
    ("conditions", "labels"),
    [
        ([[condition()]], ["args.a-eq"]),
        ([[]], ["always"]),
        ([[condition(), condition("args.b.c", "lt")]], ["args.a-eq+args.b.c-lt"]),
        (
            [[condition()], [condition(value=2)], [], [], [condition(value=3)]],
            ["args.a-eq", "args.a-eq#2", "always", "always#2", "args.a-eq#3"],
        ),
        ([[condition("args.a/b~c")]], ["args.a~1b~0c-eq"]),
        ([[condition("args.0", "exists", False)]], ["args.0-exists"]),
    ],
)
@pytest.mark.parametrize("stage", ["require", "deny_if"])
def test_rules_are_named_as_the_gateway_logs_them(stage: str, conditions: list[Any], labels: list[str]) -> None:
    rules = getattr(tool({stage: [{"conditions": each} for each in conditions]}, "a/b~"), stage)
    assert [rule.rule for rule in rules] == [f"/tools/a~1b~0/{stage}/{label}" for label in labels]
    assert [rule.pointer for rule in rules] == [f"/tools/a~1b~0/{stage}/{index}" for index in range(len(labels))]


def test_limits_are_named_by_their_counter() -> None:
    limit = {"counter": "a/b", "max": 1, "window": "day"}
    limits = tool({"limits": [limit, limit, {**limit, "counter": ""}]}).limits
    assert [each.rule for each in limits] == ["/tools/t/limits/a~1b", "/tools/t/limits/a~1b#2", "/tools/t/limits/"]


def test_an_empty_message_leaves_the_sentence_to_the_engine() -> None:
    rules = tool({"deny_if": [{"conditions": [], "on_deny": ""}], "action": "deny", "reason": ""})
    assert (rules.deny_if[0].on_deny, rules.reason) == (None, None)


@pytest.mark.parametrize("value", [None, True, "x", 10**39, 1.5, [], {"b": None}])
@pytest.mark.parametrize("op", ["eq", "neq", "contains"])
def test_these_operators_take_any_value(op: str, value: Any) -> None:
    found = tool({"require": [{"conditions": [condition(op=op, value=value)]}]}).require[0].conditions[0]
    assert (found.value, type(found.value)) == (value, type(value))


def test_a_whole_number_may_be_written_with_a_fraction_of_nothing() -> None:
    limit = tool({"limits": [{"counter": "c", "max": 100.0, "window": 6e1}]}).limits[0]
    assert (limit.maximum, type(limit.maximum), limit.window, type(limit.window)) == (100, int, 60, int)


def test_a_double_as_a_maximum_counts_by_its_shortest_decimal_form() -> None:
    limits = tool({"limits": [{"counter": "c", "max": 1e30, "window": "day"}]}).limits
    assert limits[0].maximum == 10**30 != int(1e30)


def in_require(**members: Any) -> dict[str, Any]:
    return {"require": [{"conditions": [{**condition(), **members}]}]}


AT = "/require/0/conditions/0"
LIMIT = {"counter": "c", "max": 1, "window": "day"}

MISTAKES: list[tuple[Any, list[tuple[str, str, str, str]]]] = [
    ({"denyif": []}, [("SCH01", "/denyif", "a tool has no key `denyif`", "did you mean `deny_if`?")]),
    ({"Action": "deny"}, [("SCH01", "/Action", "a tool has no key `Action`", "did you mean `action`?")]),
    (
        {"xyz": 1},
        [
            (
                "SCH01",
                "/xyz",
                "a tool has no key `xyz`",
                "a tool has `require`, `deny_if`, `limits`, `action`, `reason` and `rate_limit`",
            )
        ],
    ),
    ([], [("SCH21", "", "the rules of a tool must be an object, not a list", "write it in braces: {...}")]),
    ("allow", [("SCH21", "", "the rules of a tool must be an object, not the text `allow`", 'write it as the action of the tool: {"action": "allow"}')]),
    ({"require": {}}, [("SCH21", "/require", "`require` must be a list, not an object", "write it in brackets: [...]")]),
    ({"require": [1]}, [("SCH21", "/require/0", "a predicate must be an object, not the number `1`", "write it in braces: {...}")]),
    ({"require": [{}]}, [("SCH22", "/require/0", "the predicate has no `conditions`", "add `conditions`")]),
    (
        {"require": [condition()]},
        [("SCH01", "/require/0", "a condition stands where a predicate is expected", 'put it into a list: {"conditions": [...]}')],
    ),
    (
        {"deny_if": [{"conditions": [{"path": "args.a", "op": "eq"}]}]},
        [("SCH22", "/deny_if/0/conditions/0", "the condition has no `value`", "add `value`")],
    ),
    (in_require(op="=="), [("SCH04", f"{AT}/op", "there is no operator `==`", "did you mean `eq`?")]),
    (in_require(op="not-in"), [("SCH04", f"{AT}/op", "there is no operator `not-in`", "did you mean `not_in`?")]),
    (in_require(op="notIn"), [("SCH04", f"{AT}/op", "there is no operator `notIn`", "did you mean `not_in`?")]),
    (in_require(op="EQ"), [("SCH04", f"{AT}/op", "there is no operator `EQ`", "did you mean `eq`?")]),
    (in_require(op="matches"), [("SCH04", f"{AT}/op", "there is no operator `matches`", "did you mean `regex`?")]),
    (in_require(op="in"), [("SCH04", f"{AT}/value", "the value of `in` must be a list, not the number `1`", "put the value in a list, or use `eq`")]),
    (in_require(op="not_in", value="a"), [("SCH04", f"{AT}/value", "the value of `not_in` must be a list, not the text `a`", "put the value in a list, or use `neq`")]),
    (in_require(op="lt", value="1"), [("SCH04", f"{AT}/value", "the value of `lt` must be a number, not the text `1`", "write the number without quotes")]),
    (in_require(op="gte", value=True), [("SCH04", f"{AT}/value", "the value of `gte` must be a number, not `true`", "write a number, without quotes")]),
    (in_require(op="gte", value=None), [("SCH04", f"{AT}/value", "the value of `gte` must be a number, not null", "write a number, without quotes")]),
    (in_require(op="exists", value="true"), [("SCH04", f"{AT}/value", "the value of `exists` must be a boolean, not the text `true`", "write `true` without quotes")]),
    (in_require(op="exists", value=None), [("SCH04", f"{AT}/value", "the value of `exists` must be a boolean, not null", "write `true` or `false`")]),
    (in_require(op="regex", value=1), [("SCH04", f"{AT}/value", "the value of `regex` must be a text, not the number `1`", 'write it in double quotes: "..."')]),
    (in_require(op="regex", value="(?!a)"), [("SCH24", f"{AT}/value", "the pattern `(?!a)` is refused: RE2 has no look-ahead", "use `deny_if` for what must not be there")]),
    (in_require(op="regex", value="a("), [("SCH24", f"{AT}/value", "the pattern `a(` is refused: missing )", "patterns are RE2: no look-around, no backreferences")]),
    (in_require(path="args"), [("SCH23", f"{AT}/path", "the path `args` names no argument", "name one: `args.amount`")]),
    (in_require(path="amount"), [("SCH23", f"{AT}/path", "the path `amount` does not start at `args`", "write `args.amount`")]),
    (in_require(path=".a"), [("SCH23", f"{AT}/path", "the path `.a` does not start at `args`", "write `args.a`")]),
    (in_require(path=""), [("SCH23", f"{AT}/path", "the path `` does not start at `args`", "write `args.amount`")]),
    (in_require(path="args.a."), [("SCH23", f"{AT}/path", "the path `args.a.` has an empty segment", "write one key between two dots, and none at the ends")]),
    (in_require(path="args.a[10].b"), [("SCH23", f"{AT}/path", "the path `args.a[10].b` asks for a list element by index", "list elements cannot be addressed; use `contains` on the whole list")]),
    ({"limits": [{**LIMIT, "max": 0}]}, [("SCH25", "/limits/0/max", "`max` must be a whole number of calls, at least 1, not the number `0`", "to allow no call at all, use `action: deny`")]),
    ({"limits": [{**LIMIT, "max": -1, "amount_from": "args.a"}]}, [("SCH25", "/limits/0/max", "`max` must be a number above 0, not the number `-1`", "to allow no amount at all, use `action: deny`")]),
    ({"limits": [{**LIMIT, "max": 1.5}]}, [("SCH25", "/limits/0/max", "`max` must be a whole number of calls, at least 1, not the number `1.5`", "only a limit with `amount_from` may have a fraction")]),
    ({"limits": [{**LIMIT, "max": "5"}]}, [("SCH25", "/limits/0/max", "`max` must be a whole number of calls, at least 1, not the text `5`", "write the number without quotes")]),
    ({"limits": [{**LIMIT, "window": "week"}]}, [("SCH25", "/limits/0/window", "`window` cannot be `week`", "write the seconds: 604800")]),
    ({"limits": [{**LIMIT, "window": "Days"}]}, [("SCH25", "/limits/0/window", "`window` cannot be `Days`", "did you mean `day`?")]),
    ({"limits": [{**LIMIT, "window": 1.5}]}, [("SCH25", "/limits/0/window", "`window` cannot be the number `1.5`", "write `minute`, `hour` or `day`, or whole seconds from 1 up")]),
    ({"limits": [{**LIMIT, "scope": "Session"}]}, [("SCH26", "/limits/0/scope", "`scope` cannot be `Session`", "did you mean `session`?")]),
    ({"limits": [{"max": 1, "window": 1}]}, [("SCH22", "/limits/0", "the limit has no `counter`", "add `counter`")]),
    ({"limits": [{**LIMIT, "max": 1.5, "amount_from": "a"}]}, [("SCH23", "/limits/0/amount_from", "the path `a` does not start at `args`", "write `args.a`")]),
    ({"rate_limit": 5}, [("SCH21", "/rate_limit", "`rate_limit` must be an object, not the number `5`", "write it in braces: {...}")]),
    ({"rate_limit": {"max": 5, "window": "day", "scope": "grant"}}, [("SCH01", "/rate_limit/scope", "`rate_limit` has no key `scope`", "`rate_limit` has `max` and `window`")]),
    ({"action": "block"}, [("SCH26", "/action", "`action` cannot be `block`", "write `allow`, `deny` or `require_approval`")]),
    ({"action": True}, [("SCH26", "/action", "`action` must be `allow`, `deny` or `require_approval`, not `true`", "write `allow`, `deny` or `require_approval`")]),
    ({"reason": None}, [("SCH21", "/reason", "`reason` must be a text, not null", 'write it in double quotes: "..."')]),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "expected"), MISTAKES)
def test_a_mistake_says_what_is_and_what_to_do(rules: Any, expected: list[tuple[str, str, str, str]]) -> None:
    assert mistakes(rules) == expected


def test_all_mistakes_are_found_at_once_in_the_order_of_the_file() -> None:
    reading = read('{"version": 1,\n "default": "Deny",\n "hid": [],\n "tools": {"t": {"actoin": 1}}, "hide": [2]}')
    assert [(entry.code, entry.pointer, entry.span and entry.span.start.line) for entry in reading.diagnostics] == [
        ("SCH02", "/version", 1),
        ("SCH02", "/default", 2),
        ("SCH01", "/hid", 3),
        ("SCH01", "/tools/t/actoin", 4),
        ("SCH21", "/hide/0", 4),
    ]


@pytest.mark.parametrize(
    ("name", "written", "marked"),
    [
        ("p.json", '"ab(?=c)d"', "(?="),
        ("p.json", '"é😀(?<!c)"', "(?<!"),
        ("p.json", '"a**"', "**"),
        ("p.json", '"a("', "a("),
        ("p.json", '"\\\\d(?=c)"', '"\\\\d(?=c)"'),
        ("p.yaml", "'\\d(?=c)'", "(?="),
        ("p.yaml", "a(?=c)", "(?="),
        ("p.yaml", "|-\n  a(?=c)", "|-\n  a(?=c)"),
    ],
)
def test_the_refused_part_of_a_pattern_is_underlined(name: str, written: str, marked: str) -> None:
    head = {
        "p.json": '{"version": "1", "default": "deny", "tools": {"t": {"deny_if": [{"conditions": [{"path": "args.a",'
    }
    tail = f'"op": "regex", "value": {written}}}]}}]}}}}}}'
    block = (
        "version: '1'\ndefault: deny\ntools:\n t:\n  deny_if:\n  - conditions:\n    - path: args.a\n      op: regex\n"
    )
    text = head[name] + tail if name in head else f"{block}      value: {written.replace(chr(10), chr(10) + ' ' * 6)}\n"
    (only,) = read(text, name).diagnostics
    assert only.span
    assert text[only.span.start.offset : only.span.end.offset].replace("\n      ", "\n") == marked


def test_an_unknown_key_is_underlined_and_a_missing_one_stands_at_the_key_of_its_parent() -> None:
    text = '{"version": "1", "default": "deny", "tools": {"t": {"deny_if": [], "x": 1, "rate_limit": {}}}}'
    spans = [(entry.span.start.offset, entry.span.end.offset) for entry in read(text).diagnostics if entry.span]
    assert [text[start:end] for start, end in spans] == ['"x"', '"rate_limit"', '"rate_limit"']


@pytest.mark.parametrize(
    ("data", "pointer", "word"),
    [
        ({"type": "spending", "maxAmount": 5, "token": "x"}, "/maxAmount", "wallet"),
        ({"version": "1", "maxAmount": 5}, "/maxAmount", "wallet"),
        ({"maxAmount": 5}, "/maxAmount", "wallet"),
        ({"apiVersion": "v1", "kind": "ClusterPolicy"}, "/apiVersion", "Kubernetes"),
        ({"Version": "2012-10-17", "Statement": []}, "/Statement", "access policy"),
        ({"version": "1", "server": {}, "tools": []}, "/server", "catalog"),
        ({"version": "1", "default": "deny", "rules": []}, "/rules", "Intercept"),
        (
            {"version": "1", "tools": {"a/b": {"rules": [{"name": 1}]}, "c": {"rules": []}}},
            "/tools/a~1b/rules",
            "Intercept",
        ),
    ],
)
def test_another_kind_of_policy_is_named_in_one_error(data: Any, pointer: str, word: str) -> None:
    (only,) = read(json.dumps(data)).diagnostics
    assert (only.code, only.pointer) == ("SCH20", pointer)
    assert word in only.message


def test_a_word_that_other_yaml_takes_for_a_boolean_is_explained() -> None:
    text = (
        'version: "1"\ndefault: deny\ntools:\n  t:\n    deny_if:\n'
        "    - conditions:\n      - {path: args.a, op: exists, value: on}\n"
    )
    (only,) = read(text, "policy.yaml").diagnostics
    assert only.message == "the value of `exists` must be a boolean, not the text `on`"
    assert only.help == "only `true` and `false` are booleans; write `true`"


def test_long_words_do_not_drown_the_sentence() -> None:
    (only,) = read(json.dumps({"version": "1", "default": "x" * 500})).diagnostics
    assert len(only.message) < 100


def test_a_list_of_tools_is_told_how_tools_are_named() -> None:
    (finding,) = read('{"version": "1", "default": "deny", "tools": [{"name": "t"}]}').diagnostics
    assert (finding.pointer, finding.message) == ("/tools", "`tools` must be an object, not a list")
    assert finding.help == 'write each tool under its name: {"transfer": {...}}'
