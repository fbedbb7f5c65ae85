"""The record of candidates says of each what became of it, and agrees with the rules that there are."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from policyctl.lint.table import BY_CODE

RECORD = Path(__file__).parent.parent.parent / "docs" / "adr" / "0011-lint-rules-in-and-out.md"
ROWS = re.findall(r"^\| ([A-Z]{3}\d{2}) \| (in|out) \| (.+) \|$", RECORD.read_text("utf-8"), re.MULTILINE)
CANDIDATES = {
    "SCH": 7, "REF": 9, "ARG": 14, "STR": 12, "NUM": 7, "LIM": 12, "APR": 8, "LOG": 10, "FLW": 9, "CAT": 9, "TRC": 7, "GOV": 7,
}  # fmt: skip
OWN = {"GOV08", "GOV09", "GOV10"}


def test_each_candidate_stands_once_and_in_order() -> None:
    assert [code for code, _, _ in ROWS] == [
        f"{family}{number:02}" for family, count in CANDIDATES.items() for number in range(1, count + 1)
    ]
    assert len(ROWS) == 111


def test_those_that_are_in_are_the_rules_but_for_our_own() -> None:
    said = {code: what.strip("`") for code, state, what in ROWS if state == "in"}
    assert said == {code: rule.name for code, rule in BY_CODE.items() if code not in OWN}


def test_those_that_are_out_say_why() -> None:
    reasons = [what for _, state, what in ROWS if state == "out"]
    assert all(reason.endswith(".") and len(reason) > 40 for reason in reasons)
    assert not any(len(list(same)) > 1 for _, same in groupby(sorted(reasons)))


def test_our_own_rules_are_named() -> None:
    text = RECORD.read_text("utf-8")
    assert all(f"{code}, `{BY_CODE[code].name}`" in text for code in OWN)
