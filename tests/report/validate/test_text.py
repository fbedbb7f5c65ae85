"""The whole report of `policyctl validate`, as people read it."""

from __future__ import annotations

from policyctl.reading.check import check_policy
from policyctl.reading.dialect import Dialect
from policyctl.report.style import Style
from policyctl.report.validate.result import ValidateResult
from policyctl.report.validate.text import render, render_concise

WRONG = """\
version: 1
default: deny
tools:
  create_refund:
    denyif: []
    limits:
    - {counter: refunds, max: 5, window: week}
"""
EXTENDED = (
    '{"version": "1", "default": "deny", "tools": {"t": {"action": "deny", "rate_limit": {"max": 1, "window": 9}}}}'
)
FINE = '{"version": "1", "default": "deny", "tools": {"a": {}, "b": {}}}'

REPORT = """\
error[SCH02]: `version` must be the text `1`, not the number `1`
 --> wrong.yaml:1:10
  |
1 | version: 1
  |          ^
  = at: /version
  = help: put it in quotes: "1"
  = rule: version-or-default

error[SCH01]: a tool has no key `denyif`
 --> wrong.yaml:5:5
  |
5 |     denyif: []
  |     ^^^^^^
  = at: /tools/create_refund/denyif
  = help: did you mean `deny_if`?
  = rule: unknown-key

error[SCH25]: `window` cannot be `week`
 --> wrong.yaml:7:42
  |
7 |     - {counter: refunds, max: 5, window: week}
  |                                          ^^^^
  = at: /tools/create_refund/limits/0/window
  = help: write the seconds: 604800
  = rule: limit

3 errors
checked 2 policies · 3 tools
"""

CONCISE = """\
p.json:1:53: info[SCH40] `action` stands on the vendor's tool pages, but not in its documentation
p.json:1:71: info[SCH40] `rate_limit` stands on the vendor's tool pages, but not in its documentation
p.json:1:96: warning[SCH40] a window in seconds is unknown to the gateway
1 warning · 2 info · checked 1 policy · 1 tool
"""


def result(dialect: Dialect = Dialect.POLICYCTL, **texts: str) -> ValidateResult:
    files = {name.replace("_", "."): text for name, text in texts.items()}
    checked = (check_policy(name, text.encode(), format=None, dialect=dialect) for name, text in files.items())
    return ValidateResult(tuple(checked), dialect)


def test_each_mistake_has_a_frame_and_the_end_says_what_was_checked() -> None:
    assert render(result(wrong_yaml=WRONG, fine_json=FINE), Style(color=False)) == REPORT


def test_a_policy_without_mistakes_is_said_to_have_none() -> None:
    assert render(result(fine_json=FINE), Style(color=False)) == "no problems\nchecked 1 policy · 2 tools\n"
    assert render_concise(result(fine_json=FINE)) == "no problems · checked 1 policy · 2 tools\n"


def test_each_finding_of_a_dialect_has_a_line() -> None:
    assert render_concise(result(Dialect.POLICYLAYER, p_json=EXTENDED)) == CONCISE
