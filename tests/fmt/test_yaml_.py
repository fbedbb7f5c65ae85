"""Whole lines of YAML move, and comments, texts and anchors come along unharmed."""

from __future__ import annotations

import pytest

from policyctl.fmt.policy import format_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document

HEAD = 'version: "1"\ndefault: deny\n'


def formatted(text: str, *, long_forms: bool = False) -> tuple[str, tuple[str, ...]]:
    document = read_document("policy.yaml", text.encode())
    assert isinstance(document, Document), document
    result = format_policy(document, long_forms=long_forms)
    return result.text, tuple(note.message for note in result.notes)


CASES = {
    "comments above, beside and below their entry": (
        """# about default
default: deny # closed
# about version
version: "1" # the only one
tools:
  # about t
  t:
    # about limits
    limits: []
      # still about limits
    # about deny_if

    # and more
    deny_if: [] # none
    # at the end of t
# at the end
""",
        """# about version
version: "1" # the only one
# about default
default: deny # closed
tools:
  # about t
  t:
    # about deny_if

    # and more
    deny_if: [] # none
    # about limits
    limits: []
      # still about limits
    # at the end of t
# at the end
""",
    ),
    "a header that a blank line sets apart stays on top": (
        """%YAML 1.1
--- # start
# the policy of the support desk

# about tools
tools: {}

default: deny
version: "1"
... # end
# behind the end
""",
        """%YAML 1.1
--- # start
# the policy of the support desk

version: "1"

default: deny
# about tools
tools: {}
... # end
# behind the end
""",
    ),
    "the first key of a list element changes": (
        HEAD
        + """tools:
  t:
    deny_if:
    # about the predicate
    - on_deny: no # beside
      # about conditions
      conditions:
      -   value: 1
          "op": eq
          path: args.a
      - {value: 1, path: args.b, op: eq}
""",
        HEAD
        + """tools:
  t:
    deny_if:
    # about the predicate
    # about conditions
    - conditions:
      -   path: args.a
          "op": eq
          value: 1
      - {value: 1, path: args.b, op: eq}
      on_deny: no # beside
""",
    ),
    "texts of several lines": (
        """default: deny
description: |
  # no comment
    tools: no key

  the end
'version': "1"
tools:
  t:
    reason: "one
      two"
    action: deny
""",
        """'version': "1"
description: |
  # no comment
    tools: no key

  the end
default: deny
tools:
  t:
    action: deny
    reason: "one
      two"
""",
    ),
    "a text at the end without a line break": (
        "default: deny\nversion: '1'\ndescription: |\n  last",
        "version: '1'\ndescription: |-\n  last\ndefault: deny\n",
    ),
    "anchors that stay before their aliases": (
        HEAD
        + "tools:\n  a: &a\n    limits: &l []\n    deny_if: &d []\n  b: *a\n  c:\n    limits: *l\n    deny_if: *d\n",
        HEAD
        + "tools:\n  a: &a\n    deny_if: &d []\n    limits: &l []\n  b: *a\n  c:\n    deny_if: *d\n    limits: *l\n",
    ),
    "blanks at the ends of lines and of the file": (
        HEAD + "tools:  \n  t: \t\n    reason: |  \n      two blanks  \n  \n      end\n  u: {}   # so \n \n\n",
        HEAD + "tools:\n  t:\n    reason: |  \n      two blanks  \n  \n      end\n  u: {}   # so\n",
    ),
    "blank lines at the end that a text has taken": (
        HEAD + "tools:\n  t:\n    reason: |+\n      text\n\n\n",
        HEAD + "tools:\n  t:\n    reason: |+\n      text\n\n\n",
    ),
    "flow style": ('{tools: {}, default: deny, version: "1"}', '{tools: {}, default: deny, version: "1"}\n'),
    "already in order": (HEAD, HEAD),
}


@pytest.mark.parametrize("name", CASES)
def test_entries_move_with_their_comments(name: str) -> None:
    text, expected = CASES[name]
    assert formatted(text) == (expected, ())


@pytest.mark.parametrize("name", CASES)
def test_line_ends_stay_what_they_are(name: str) -> None:
    text, expected = (case.replace("\n", "\r\n") for case in CASES[name])
    expected = expected if "\r\n" in text else expected.replace("\r\n", "\n")
    assert formatted(text) == (expected, ())


STUBBORN = {
    "an alias would stand before its anchor": (
        HEAD + "tools:\n  t:\n    limits: &none []\n    deny_if: *none\n",
        "the keys keep their order, since an alias would come to stand before its anchor",
    ),
    "a text has taken blank lines": (
        HEAD + "tools:\n  t:\n    reason: |+\n      why\n\n    action: deny\n",
        "the keys keep their order, since a text behind `|+` or `>+` would gain or lose blank lines",
    ),
    "keys that do not start their lines": (
        HEAD + "tools:\n  t:\n    ? limits\n    : []\n    ? deny_if\n    : []\n",
        "the keys keep their order, since not each of them starts a line",
    ),
}


@pytest.mark.parametrize("name", STUBBORN)
def test_what_cannot_move_stays_and_is_said(name: str) -> None:
    text, note = STUBBORN[name]
    assert formatted(text) == (text, (note,))


LONG_FORMS = {
    "a new deny_if": (
        """  t:
    # why
    reason: >
      Not
      here.
    # what
    action: deny # never
    limits: []
""",
        """  t:
    # what
    deny_if:
      - conditions: []  # never
        # why
        on_deny: >
          Not
          here.
    limits: []
""",
    ),
    "in front of those that are there": (
        "  t:\n    # what\n    action: deny\n    deny_if: # all\n    # first\n    - conditions: []\n",
        "  t:\n    deny_if: # all\n    # what\n    - conditions: []\n    # first\n    - conditions: []\n",
    ),
    "in brackets": (
        "  t:\n    action: deny\n    reason: 'it''s' # so\n    deny_if: [{conditions: []}] # all\n",
        '  t:\n    # so\n    deny_if: [{conditions: [], on_deny: "it\'s"}, {conditions: []}] # all\n',
    ),
    "in braces": (
        "  t: { reason: no, action: deny } # t\n  u: {action: allow}\n  v: {action: deny, deny_if: []}\n",
        '  t: { deny_if: [{conditions: [], on_deny: "no"}] } # t\n  u: {}\n  v: {deny_if: [{conditions: []}]}\n',
    ),
    "allow is the only entry": (
        "  t: # t\n    # what\n    action: allow # all\n      # deeper\n  u:\n    action: allow\n    deny_if: []\n",
        "  t: {} # t\n    # what\n    # all\n    # deeper\n  u:\n    deny_if: []\n",
    ),
}


@pytest.mark.parametrize("name", LONG_FORMS)
def test_short_forms_become_what_policylayer_documents(name: str) -> None:
    text, expected = LONG_FORMS[name]
    assert formatted(f"{HEAD}tools:\n{text}", long_forms=True) == (f"{HEAD}tools:\n{expected}", ())


@pytest.mark.parametrize(
    "rules",
    [
        "&x {action: deny}\n  u:\n    action: &y deny\n    reason: r\n",
        "{action: deny,\n    reason: r}\n",
        "\n    action: require_approval\n",
    ],
)
def test_a_short_form_that_cannot_be_rewritten_stays_and_is_said(rules: str) -> None:
    text, notes = formatted(f"{HEAD}tools:\n  t: {rules}", long_forms=True)
    assert text.count("action:") == len(notes) == 1
    assert "stays" in notes[0]
