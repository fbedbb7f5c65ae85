"""Laws of the formatter: it repeats itself, keeps every decision, and keeps every comment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.engine.decide import decide
from policyctl.engine.ledger import Ledger
from policyctl.fmt.policy import UNCHANGED, Formatted, format_policy
from policyctl.model.call import Call
from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.pointer import join
from policyctl.source.read import Format, read_document
from tests.fmt.written import json_texts, yaml_texts

FIXTURES = sorted((Path(__file__).parent.parent.parent / "fixtures/policies").iterdir())


def document(text: str, form: Format) -> Document:
    read = read_document("policy", text.encode(), format=form)
    assert isinstance(read, Document), (text, read)
    return read


def formatted(text: str, form: Format, *, long_forms: bool = False) -> Formatted:
    return format_policy(document(text, form), long_forms=long_forms)


def meaning(text: str, form: Format) -> Policy:
    read = read_policy(document(text, form))
    assert read.policy is not None, (text, read.diagnostics)
    return Policy(
        read.policy.version,
        read.policy.default,
        hide=read.policy.hide,
        all_tools_limits=read.policy.all_tools_limits,
        tools=read.policy.tools,
    )


def comments(text: str) -> list[str]:
    return sorted(re.findall(r"# (?:above|deeper|far left|beside) [0-9]+", text))


@given(json_texts(), st.booleans())
def test_json_is_formatted_once_and_for_all(text: str, long_forms: bool) -> None:
    once = formatted(text, "json", long_forms=long_forms).text
    assert formatted(once, "json", long_forms=long_forms).text == once


@given(json_texts())
def test_json_means_what_it_meant(text: str) -> None:
    assert meaning(formatted(text, "json").text, "json") == meaning(text, "json")


@given(yaml_texts(), st.booleans())
def test_yaml_is_formatted_once_and_for_all(text: str, long_forms: bool) -> None:
    once = formatted(text, "yaml", long_forms=long_forms).text
    assert formatted(once, "yaml", long_forms=long_forms).text == once


@given(yaml_texts())
def test_yaml_means_what_it_meant(text: str) -> None:
    written = formatted(text, "yaml")
    assert meaning(written.text, "yaml") == meaning(text, "yaml")
    assert UNCHANGED not in {note.message for note in written.notes}


@given(yaml_texts(), st.booleans())
def test_no_comment_of_yaml_is_lost_or_doubled(text: str, long_forms: bool) -> None:
    assert comments(formatted(text, "yaml", long_forms=long_forms).text) == comments(text)


@given(st.one_of(json_texts().map(lambda text: (text, "json")), yaml_texts().map(lambda text: (text, "yaml"))))
def test_the_long_forms_give_every_call_the_same_verdict(written: tuple[str, Format]) -> None:
    text, form = written
    result = formatted(text, form, long_forms=True)
    before, after = meaning(text, form), meaning(result.text, form)
    left = {name for name, rules in after.tools.items() if rules.action is not None}
    assert {join("tools", name, "action") for name in left} == {
        note.pointer for note in result.notes if "stays" in note.message
    }
    assert UNCHANGED not in {note.message for note in result.notes}
    for tool in before.tools:
        for args in ({}, {"amount": 1}, None):
            call = Call(tool=tool, args=args)
            told, now = decide(before, call, Ledger(before)), decide(after, call, Ledger(after))
            assert (now.verdict, now.causes) == (told.verdict, told.causes)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
@pytest.mark.parametrize("long_forms", [False, True])
def test_the_shipped_policies_keep_their_meaning_and_come_out_the_same_twice(path: Path, long_forms: bool) -> None:
    form: Format = "json" if path.suffix == ".json" else "yaml"
    text = path.read_text("utf-8")
    once = formatted(text, form, long_forms=long_forms).text
    assert formatted(once, form, long_forms=long_forms).text == once
    assert re.findall("#.*", text if form == "yaml" else "") == re.findall("#.*", once if form == "yaml" else "")
    if not long_forms:
        assert meaning(once, form) == meaning(text, form)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_the_shipped_policies_are_in_canonical_form(path: Path) -> None:
    text = path.read_text("utf-8")
    assert formatted(text, "json" if path.suffix == ".json" else "yaml") == Formatted(text)
