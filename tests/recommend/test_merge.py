"""Hand-written rules and recommended ones together: what is kept, what is added, and where the first are weaker."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policyctl.engine.gateway import Gateway
from policyctl.fmt.file import format_file
from policyctl.model.catalog import Catalog, Category
from policyctl.model.decision import Verdict
from policyctl.recommend.compose import recommend
from policyctl.recommend.merge import Merge, merge, merged_data
from policyctl.recommend.profile import Profile
from policyctl.report.policy import into_json, into_yaml
from policyctl.source.document import Document
from policyctl.source.read import read_document
from tests.fmt.written import json_texts, yaml_texts

from .listed import catalog, catalogs, document_of, policy_of, tool, verdict

_FEW = settings(max_examples=80)

#: The comments that the texts of these tests have at random places.
_NUMBERED = re.compile(r"# [a-z ]+ [0-9]+")

LISTED = catalog(
    tool("read"),
    tool("write", Category.WRITE),
    tool("run", Category.EXECUTE),
    tool("delete", Category.DESTRUCTIVE),
    tool("pay", Category.FINANCIAL),
)


def merging(text: str, listed: Catalog = LISTED, profile: Profile = Profile.TOOL_PAGE, name: str = "p.yaml") -> Merge:
    return merge(policy_of(text, name), document_of(text, name).data, recommend(listed, profile))


def added_to(document: Document, made: Merge) -> str | None:
    if not made.added:
        return document.text
    if document.format == "json":
        return into_json.add(document, hide=made.hide, tools=made.tools)
    return into_yaml.add(document.text, hide=made.hide, tools=made.tools, reasons={"write": ("why",)})


HAND_WRITTEN = """\
# Whoever wrote this meant it.
version: "1"
default: deny
hide: [other] # by hand
tools:
  write: {} # no limit, on purpose
  pay:
    action: require_approval
"""


def test_rules_by_hand_are_kept_with_their_comments_and_the_rest_is_added() -> None:
    made = merging(HAND_WRITTEN)
    assert [kept.recommendation.tool.name for kept in made.kept] == ["pay", "write"]
    assert [each.tool.name for each in made.added] == ["delete", "read", "run"]
    assert made.unlisted == ("other",)
    assert added_to(document_of(HAND_WRITTEN, "p.yaml"), made) == HAND_WRITTEN.replace(
        "[other]", "[other, delete]"
    ) + (
        "  read: {}\n"
        "  run:\n    limits:\n      - { counter: run_rate, max: 10, window: minute, scope: grant }\n"
    )  # fmt: skip


def test_what_was_denied_by_default_and_passes_now_is_named() -> None:
    assert [each.tool.name for each in merging(HAND_WRITTEN).opened] == ["read", "run"]
    assert merging(HAND_WRITTEN.replace("default: deny", "default: allow")).opened == ()


def test_a_policy_that_allows_what_it_does_not_list_is_kept_and_said_to() -> None:
    made = merging(HAND_WRITTEN.replace("default: deny", "default: allow"))
    assert made.lets_unknown_tools_through
    assert merged_data(made)["default"] == "allow"
    assert not merging(HAND_WRITTEN).lets_unknown_tools_through


def test_a_policy_that_hides_everything_has_decided_everything() -> None:
    made = merging('{version: "1", default: allow, hide: ["*"]}')
    assert (made.added, made.unlisted, made.lets_unknown_tools_through) == ((), (), False)
    assert all(kept.rules is None for kept in made.kept)


@st.composite
def overlapping(draw: st.DrawFn) -> tuple[Document, Catalog]:
    """A policy in any layout, and a catalog that shares some names with it."""
    is_yaml = draw(st.booleans())
    name = "p.yaml" if is_yaml else "p.json"
    document = document_of(draw(yaml_texts() if is_yaml else json_texts()), name)
    data: dict[str, Any] = document.data
    listed = draw(catalogs())
    shared = [*data.get("hide", ()), *data.get("tools", {})]
    more = draw(st.lists(st.sampled_from(shared), max_size=3, unique=True)) if shared else []
    tools = {**listed.tools, **{name: tool(name, draw(st.sampled_from(Category))) for name in more}}
    return document, catalog(*tools.values())


@_FEW
@given(overlapping(), st.sampled_from(Profile))
def test_the_merged_text_says_what_was_there_and_what_is_added(
    pair: tuple[Document, Catalog], profile: Profile
) -> None:
    document, listed = pair
    made = merging(document.text, listed, profile, document.name)
    text = added_to(document, made)
    if text is None:
        return
    after = document_of(text, document.name)
    assert after.data == merged_data(made)
    assert _NUMBERED.findall(text) == _NUMBERED.findall(document.text)
    was, now = (format_file(document.name, each.encode()).outcome for each in (document.text, text))
    assert was == "reformatted" or now == "unchanged"
    again = merging(text, listed, profile, document.name)
    assert again.added == ()


@_FEW
@given(overlapping(), st.sampled_from(Profile), st.dictionaries(st.sampled_from(["amount"]), st.integers(), max_size=1))
def test_no_call_of_a_tool_that_the_policy_decides_gets_another_answer(
    pair: tuple[Document, Catalog], profile: Profile, args: dict[str, Any]
) -> None:
    document, listed = pair
    present = policy_of(document.text, document.name)
    made = merge(present, document.data, recommend(listed, profile))
    merged = policy_of(json.dumps(merged_data(made)))
    for kept in made.kept:
        name = kept.recommendation.tool.name
        assert verdict(Gateway(present), name, **args) is verdict(Gateway(merged), name, **args)
    if "*" not in present.hide:
        for each in made.added:
            if each.outcome.rank > 2:
                assert verdict(Gateway(merged), each.tool.name, **args) is Verdict.DENY


def test_a_place_that_does_not_exist_is_not_made_up() -> None:
    aliased = 'version: "1"\ndefault: deny\ntools:\n  ? a\n  : {}\n'
    assert added_to(document_of(aliased, "p.yaml"), merging(aliased)) is None
    assert isinstance(read_document("p.yaml", aliased.encode()), Document)
