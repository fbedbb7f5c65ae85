"""The layout of JSON policies: order, lines, and the spelling of what is written."""

from __future__ import annotations

import pytest

from policyctl.fmt.json_ import arrange, write
from policyctl.fmt.json_dialect import rewrite
from policyctl.fmt.json_tree import Object, tree_of
from policyctl.fmt.shape import POLICY

LONG = ", ".join(f'"tool_number_{number}"' for number in range(10))

CASES = {
    "keys of the document": (
        '{"tools": {}, "hide": ["b", "a"], "default": "deny", "description": "d", "version": "1", "$schema": "s"}',
        """{
  "$schema": "s",
  "version": "1",
  "description": "d",
  "default": "deny",
  "hide": ["b", "a"],
  "tools": {}
}
""",
    ),
    "keys of a tool, in tools that keep their order": (
        (
            '{"tools": {"b": {"rate_limit": {"window": 5, "max": 1}, "limits": [], "deny_if": [], "require": [],'
            ' "reason": "", "action": "allow"}, "a": {}}}'
        ),
        """{
  "tools": {
    "b": {
      "action": "allow",
      "reason": "",
      "require": [],
      "deny_if": [],
      "limits": [],
      "rate_limit": {"max": 1, "window": 5}
    },
    "a": {}
  }
}
""",
    ),
    "keys of predicates, conditions and limits": (
        (
            '{"tools": {"t": {"deny_if": [{"on_deny": "no", "conditions": [{"value": {"z": 1, "a": 2}, "op": "eq", "path":'
            ' "args.a"}]}], "limits": [{"on_deny": "", "amount_from": "args.a", "scope": "grant", "window": "day", "max": 1,'
            ' "counter": "c"}]}}}'
        ),
        """{
  "tools": {
    "t": {
      "deny_if": [
        {
          "conditions": [{"path": "args.a", "op": "eq", "value": {"z": 1, "a": 2}}],
          "on_deny": "no"
        }
      ],
      "limits": [
        {
          "counter": "c",
          "max": 1,
          "window": "day",
          "scope": "grant",
          "amount_from": "args.a",
          "on_deny": ""
        }
      ]
    }
  }
}
""",
    ),
    "a list that is too long for a line": (
        f'{{"hide": [{LONG}]}}',
        '{\n  "hide": [\n    ' + LONG.replace(", ", ",\n    ") + "\n  ]\n}\n",
    ),
    "numbers, escapes and keys as they are written": (
        (
            '{"\\u0074ools": {"a\\/b\\u0000": {"rate_limit": {"max": 1.0, "window": 1e2}, "require": [{"conditions":'
            ' [{"path": "args.n", "op": "in", "value": [1234567890123456789012345678901234567890, -0, 1E+3, "\\u00e9é"]}'
            "]}]}}}"
        ),
        """{
  "\\u0074ools": {
    "a\\/b\\u0000": {
      "require": [
        {
          "conditions": [
            {
              "path": "args.n",
              "op": "in",
              "value": [1234567890123456789012345678901234567890, -0, 1E+3, "\\u00e9é"]
            }
          ]
        }
      ],
      "rate_limit": {"max": 1.0, "window": 1e2}
    }
  }
}
""",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_policy_has_one_layout(name: str) -> None:
    text, expected = CASES[name]
    assert write(arrange(tree_of(text), POLICY), POLICY) == expected


def test_what_ends_in_column_100_stands_on_one_line_and_what_ends_behind_it_does_not() -> None:
    fitting = '  "hide": ["' + "x" * 86 + '"]'
    assert len(fitting) == 100
    for text, lines in ((fitting, 3), (fitting.replace("xx", "xxx", 1), 5)):
        assert len(write(arrange(tree_of(f"{{{text}}}"), POLICY), POLICY).splitlines()) == lines


def test_deep_values_are_written_without_running_out_of_stack() -> None:
    deep = "[" * 190 + "]" * 190
    assert deep in write(tree_of(f'{{"x": {deep}}}'), POLICY).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ('{"action": "deny", "reason": "no"}', '{"deny_if": [{"conditions": [], "on_deny": "no"}]}'),
        ('{"action": "deny"}', '{"deny_if": [{"conditions": []}]}'),
        (
            '{"deny_if": [{"conditions": []}], "limits": [], "action": "deny", "reason": "\\u0041"}',
            '{"deny_if": [{"conditions": [], "on_deny": "\\u0041"}, {"conditions": []}], "limits": []}',
        ),
        ('{"action": "allow", "require": []}', '{"require": []}'),
        ('{"action": "allow", "reason": "why not"}', '{"reason": "why not"}'),
        ('{"action": "require_approval", "reason": "ask"}', '{"action": "require_approval", "reason": "ask"}'),
        ('{"rate_limit": {"max": 1, "window": "day"}}', '{"rate_limit": {"max": 1, "window": "day"}}'),
    ],
)
def test_the_documented_form_says_a_denial_as_the_first_deny_if(rules: str, expected: str) -> None:
    policy, wanted = (tree_of(f'{{"tools": {{"t": {text}}}}}') for text in (rules, expected))
    assert isinstance(policy, Object)
    assert rewrite(policy) == wanted
