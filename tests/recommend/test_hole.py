"""What a recommended policy leaves open."""

from __future__ import annotations

from policyctl.model.catalog import Category, Tag, Tool
from policyctl.recommend.compose import recommend
from policyctl.recommend.hole import Hole, Kind, holes
from policyctl.recommend.profile import Approval, Profile

from .listed import catalog, tool


def found(*tools: Tool, profile: Profile = Profile.TOOL_PAGE, approval: Approval = Approval.PUBLISHED) -> list[Hole]:
    return list(holes(recommend(catalog(*tools), profile, approval=approval)))


def tagged(name: str, tag: Tag, category: Category = Category.READ) -> Tool:
    return tool(name, category, tags=frozenset({tag}))


def test_private_data_and_a_way_out_make_a_leak() -> None:
    mail, notes = tagged("mail", Tag.EXTERNAL_SINK, Category.WRITE), tagged("notes", Tag.PRIVATE_DATA)
    assert Hole(Kind.LEAK, ("notes",), ("mail",)) in found(mail, notes)
    assert Kind.LEAK not in {hole.kind for hole in found(notes)}
    # What is held back carries nothing out.
    paid = tagged("pay", Tag.EXTERNAL_SINK, Category.FINANCIAL)
    assert Kind.LEAK not in {hole.kind for hole in found(paid, notes)}


def test_words_of_strangers_and_a_tool_that_acts_make_an_injection() -> None:
    issues, write = tagged("issues", Tag.UNTRUSTED_CONTENT), tool("write", Category.WRITE)
    assert Hole(Kind.INJECTION, ("issues",), ("write",)) in found(issues, write)
    assert Kind.INJECTION not in {hole.kind for hole in found(issues, tool("read"))}


def test_private_data_is_uncounted_where_reading_is_free() -> None:
    notes = tagged("notes", Tag.PRIVATE_DATA)
    assert Hole(Kind.UNCOUNTED_PRIVATE, ("notes",)) in found(notes)
    assert Kind.UNCOUNTED_PRIVATE not in {hole.kind for hole in found(notes, profile=Profile.SERVER_PAGE)}


def test_what_runs_is_free_in_its_arguments_unless_strict_asks() -> None:
    run = tool("run", Category.EXECUTE)
    assert Hole(Kind.FREE_ARGUMENTS, ("run",)) in found(run)
    assert Kind.FREE_ARGUMENTS not in {hole.kind for hole in found(run, profile=Profile.STRICT)}


def test_the_published_denial_and_the_promised_approval_are_told_apart() -> None:
    pay = tool("pay", Category.FINANCIAL)
    assert Hole(Kind.PLAIN_DENY, ("pay",)) in found(pay)
    assert Hole(Kind.NEEDS_APPROVALS, ("pay",)) in found(pay, approval=Approval.ACTION)


def test_something_is_always_left_open() -> None:
    assert [hole.kind for hole in found(tool("delete", Category.DESTRUCTIVE))] == [Kind.DEFINITIONS]
    assert [hole.kind for hole in found(tool("a"), tool("b", Category.WRITE))] == [
        Kind.PER_GRANT,
        Kind.NO_TOTAL,
        Kind.DEFINITIONS,
    ]
