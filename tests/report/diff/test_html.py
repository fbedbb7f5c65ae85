"""The page of a comparison: nothing of a policy becomes markup, nothing is loaded, and all is there to read."""

from __future__ import annotations

import html as entities
import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest

from policyctl.diff.recorded import RecordedCalls
from policyctl.diff.result import Direction
from policyctl.report.diff.html import render
from policyctl.report.diff.result import DiffReport
from tests.report.catalog.site.test_document import Parsed, contrast, parsed
from tests.report.diff.test_forms import HOSTILE, exchange, hostile, report

__all__ = ["exchange"]  # a fixture


def policy(tools: Any, **other: Any) -> dict[str, Any]:
    return {"version": "1", "default": "deny", "tools": tools, **other}


def words(document: str) -> str:
    return " ".join(" ".join(parsed(document).texts).split())


@pytest.fixture
def attacked() -> str:
    return render(hostile())


def test_a_hostile_policy_makes_the_same_kinds_of_elements_as_an_honest_one(
    exchange: DiffReport, attacked: str
) -> None:
    honest = {(tag, key) for tag, attributes in parsed(render(exchange)).elements for key in attributes}
    found = {(tag, key) for tag, attributes in parsed(attacked).elements for key in attributes}
    assert found <= honest
    assert {tag for tag, _ in parsed(attacked).elements}.isdisjoint({"script", "img", "iframe", "object"})


def test_hostile_words_are_escaped_for_readers_too(attacked: str) -> None:
    assert all(line.isprintable() for line in attacked.splitlines())
    shown = HOSTILE.replace("\x1b", "\\u001b").replace("\n", "\\n")
    assert entities.escape(shown, quote=False) in attacked.replace("<wbr>", "").replace("&#34;", '"')
    assert HOSTILE not in attacked


def test_nothing_is_loaded_and_every_link_stays_on_the_page(exchange: DiffReport, attacked: str) -> None:
    for document in (attacked, render(exchange)):
        page = parsed(document)
        names = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
        for tag, attributes in page.elements:
            assert not {"src", "srcset", "action", "formaction", "style", "background", "ping"} & attributes.keys()
            assert not [key for key in attributes if key.startswith("on")]
            if tag == "a":
                assert (attributes["href"] or "").removeprefix("#") in names
        assert not re.search(r"url\(|@import|expression|image-set", "".join(page.raw["style"]))


def test_the_content_policy_allows_this_style_alone(attacked: str) -> None:
    page = parsed(attacked)
    (allowed,) = (each["content"] for tag, each in page.elements if each.get("http-equiv") == "Content-Security-Policy")
    assert allowed is not None
    digest = b64encode(sha256("".join(page.raw["style"]).encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:" in allowed
    assert "script-src" not in allowed


def test_each_change_is_told_with_its_call_and_what_both_policies_say_of_it(exchange: DiffReport) -> None:
    told = words(render(exchange))
    for said in (
        "The new policy lets more through, and less",
        "a call is now let through",
        '{ "limit" : 1001 , "symbol" : "" }',
        "/tools/BinanceDepth/deny_if/args.limit-gt",
        "Ask for at most 1,000 levels of the order book.",
        "101 calls under one grant",
        "BinanceDeleteOrder",
        "shown from now on:",
        "fails --fail-on wider:Financial : BinanceFuturesNewOrder",
        "/tools/BinanceDepth/deny_if/0/on_deny",
    ):
        assert said in told


def test_what_lets_more_through_comes_first_and_of_that_the_riskiest(exchange: DiffReport) -> None:
    document = parsed(render(exchange))
    headings = [attributes["id"] for tag, attributes in document.elements if tag == "h3"]
    assert headings == [f"change-{number}-name" for number in range(1, 7)]
    drawn = render(exchange)
    relations = re.findall(r'<p class="badges"><span class="relation relation-(\w+)', drawn)
    assert relations == ["incomparable", "wider", "incomparable", "incomparable", "narrower", "narrower"]


def test_recorded_calls_stand_beside_each_change() -> None:
    found = report(policy({"t": {}}), policy({"t": {"action": "deny"}}))
    recorded = RecordedCalls(found.diff.old, found.diff.new, calls=7)
    recorded.changed["t", Direction.NARROWER] = 3
    fields = {name: getattr(found, name) for name in ("diff", "documents", "code", "rewordings")}
    told = words(render(DiffReport(**fields, recorded=recorded)))
    assert "of 7 recorded calls" in told
    assert "3 recorded calls" in told


def test_what_is_undetermined_says_why() -> None:
    patterns = [[{"conditions": [{"path": "args.a", "op": "regex", "value": value}]}] for value in (r"^\C$", "^.$")]
    old, new = (policy({"t": {"require": one}}) for one in patterns)
    told = words(render(report(old, new)))
    assert "Not all differences could be found out" in told
    assert r"the pattern ^\C$ holds \C" in told


def test_equal_policies_need_few_words_and_equal_reports_are_equal_bytes(exchange: DiffReport) -> None:
    same = policy({"t": {}})
    drawn = render(report(same, same))
    assert "both policies say the same" in words(drawn)
    assert "<article" not in drawn
    assert render(exchange) == render(exchange)


def test_the_outline_has_one_title_and_no_step_left_out(exchange: DiffReport) -> None:
    levels = [int(tag[1]) for tag, _ in parsed(render(exchange)).elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_what_scrolls_can_be_reached_with_the_keyboard(exchange: DiffReport) -> None:
    for tag, attributes in parsed(render(exchange)).elements:
        if "scroll" in (attributes.get("class") or "").split():
            assert attributes["tabindex"] == "0", tag
            assert attributes["aria-label"], tag


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_on_a_coloured_ground_have_the_contrast_that_aa_asks_for(scheme: int) -> None:
    for text, ground in (
        ("critical", "critical-wash"),
        ("link", "glow"),
        ("medium", "medium-wash"),
        ("low", "low-wash"),
    ):
        assert contrast(text, ground, scheme) >= 4.5


def test_the_page_is_well_formed(attacked: str, exchange: DiffReport) -> None:
    for document in (attacked, render(exchange)):
        page: Parsed = parsed(document)
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        labels = [attributes["aria-labelledby"] for _, attributes in page.elements if "aria-labelledby" in attributes]
        assert set(labels) <= set(ids)
