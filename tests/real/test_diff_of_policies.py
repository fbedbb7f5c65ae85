"""Policies for the tools of real servers, before and after edits that people make.

What share is left undetermined is printed (`pytest -s`), and calls that are said to be valid are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator, SchemaError

from policyctl.cells.valid import SchemaFit
from policyctl.diff.compare import compare
from policyctl.diff.result import CallWitness, PolicyDiff, Relation, SequenceWitness, Side, Unproven
from policyctl.model.catalog import Catalog, Tool
from policyctl.model.policy import Policy
from policyctl.recommend.compose import compose, recommend
from policyctl.recommend.profile import Profile
from policyctl.source.document import Document
from policyctl.source.read import read_document
from tests.engine.build import policy_of
from tests.real.test_recommended import FILES, catalogs

ROOT = Path(__file__).parents[2]


def edited(document: dict[str, Any], random: Random) -> dict[str, Any]:
    """The document with one edit in every third of its tools."""
    edited = deepcopy(document)
    for name in list(edited["tools"]):
        if random.random() < 0.33:
            _edit(edited["tools"], name, random)
    return edited


def _edit(tools: dict[str, Any], name: str, random: Random) -> None:
    rules = tools[name]
    written = [
        (rules[key], index) for key in ("require", "deny_if", "limits") for index in range(len(rules.get(key, ())))
    ]
    if not written or random.random() < 0.1:
        tools[name] = random.choice([{}, {"action": "deny"}, {"action": "require_approval"}])
        return
    place, index = random.choice(written)
    if random.random() < 0.2:
        del place[index]
    elif "max" in place[index]:
        place[index][random.choice(("max", "window"))] = random.choice((1, 7, 60, 100, 3_600))
    else:
        for condition in place[index]["conditions"]:
            condition["value"] = _another(condition["value"], random)


def _another(value: Any, random: Random) -> Any:
    match value:
        case bool():
            return not value
        case int() | float():
            return value * random.choice((2, 10)) + random.choice((0, 1))
        case str():
            return random.choice((f"{value}|^x", f"^(?:{value})"))
        case [first, *rest]:
            return rest or [first, "other"]
        case _:
            return value


def answers(diff: PolicyDiff) -> Iterator[tuple[str, Side]]:
    for change in (*diff.entries, *diff.touched):
        yield from ((change.name, side) for side in (change.wider, change.narrower) if side is not None)


@pytest.mark.parametrize("name", FILES)
def test_policies_of_real_servers_are_compared_to_the_end(shared_data: Path, name: str) -> None:
    tools = undetermined = 0
    fits: Counter[SchemaFit] = Counter()
    for catalog, old, new in _pairs(shared_data / "catalogs" / f"{name}.jsonl"):
        diff = compare(old, new, catalog)
        tools += diff.compared
        undetermined += sum(change.relation is Relation.UNDETERMINED for change in diff.changes)
        for tool, side in answers(diff):
            if not isinstance(side, Unproven | None) and tool in catalog.tools:
                fits.update(_held_against_its_schema(side, catalog.tools[tool]))
    print(f"{name}: {undetermined:,} of {tools:,} tools undetermined, {fits.total():,} calls held against a schema")
    assert tools > 30
    assert undetermined <= tools // 1_000
    assert fits[SchemaFit.VALID] >= fits[SchemaFit.UNCHECKED] * 20


def _pairs(path: Path) -> Iterator[tuple[Catalog, Policy, Policy]]:
    """Of the first server each two profiles, and of each a recommendation beside an edited one."""
    for number, catalog in enumerate(catalogs(path)):
        documents = [compose(recommend(catalog, profile)) for profile in Profile]
        if number == 0:
            yield from ((catalog, policy_of(old), policy_of(new)) for old, new in combinations(documents, 2))
        document = documents[number % len(documents)]
        yield catalog, policy_of(document), policy_of(edited(document, Random(f"{path.name} {number}")))


def _held_against_its_schema(witness: CallWitness | SequenceWitness, tool: Tool) -> Iterator[SchemaFit]:
    """What the comparison says of the call, if a validator that we did not write says so too."""
    schema: Any = tool.input_schema
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError:
        return
    assert witness.schema is not None
    is_valid = Draft202012Validator(schema).is_valid(witness.call.args)
    if witness.schema is SchemaFit.VALID:
        assert is_valid, (tool.name, witness.call.args)
    elif isinstance(witness, CallWitness):
        assert witness.schema is SchemaFit.UNCHECKED or not is_valid, (tool.name, witness.call.args)
        assert witness.schema is SchemaFit.INVALID or witness.schema_gaps or not is_valid, (tool.name, witness)
    yield witness.schema


POLICIES = sorted(path for path in (ROOT / "fixtures" / "policies").iterdir() if ".assert." not in path.name)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name)
def test_shipped_policies_are_compared_to_the_end(path: Path) -> None:
    document = read_document(path.name, path.read_bytes())
    assert isinstance(document, Document)
    tools = 0
    reasons: list[str] = []
    for seed in range(8):
        diff = compare(policy_of(document.data), policy_of(edited(document.data, Random(f"{path.name} {seed}"))))
        tools += diff.compared
        reasons += [reason for change in diff.entries for reason in change.reasons]
    print(f"{path.name}: {len(reasons):,} of {tools:,} tools undetermined")
    assert len(reasons) <= tools // 200
    # Two patterns that each count to hundreds, together.
    assert all(reason.endswith("need more than 20,000 states") for reason in reasons)
