"""The first policy of a project: what is recommended for the tools of a server, else the smallest one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyctl.report.escape import is_shown

if TYPE_CHECKING:
    from policyctl.recommend.rule import Recommendation


_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """Its text and what is in it; `tool` is one to ask about, if its name can be typed."""

    text: str
    says: str
    tool: str | None = None


def new_policy(catalog: str | None, profile: str, *, yaml: bool) -> NewPolicy:
    """FlawedDocumentError if the catalog has errors."""
    if catalog is None:
        from policyctl.report.init import smallest

        return NewPolicy(smallest.render(yaml=yaml), "denies everything: no catalog of tools was named")
    from policyctl.cli.documents import load_catalog_document
    from policyctl.recommend.completed import completed
    from policyctl.recommend.compose import compose, recommend
    from policyctl.recommend.profile import Profile
    from policyctl.report.number import several
    from policyctl.report.policy.text import as_text
    from policyctl.report.recommend.result import Advice
    from policyctl.report.recommend.words import outcome_counts

    chosen = Profile(profile)
    # A list as its server gives it has no places: lint, which the configuration sends there, would refuse it.
    listed = completed(load_catalog_document(catalog)[0])
    found = recommend(listed, chosen)
    text = as_text(Advice(listed, found, compose(found)), chosen, yaml=yaml)
    if not found:
        return NewPolicy(text, "denies everything: no tool is listed")
    tools = f"{several(len(found), 'tool')} of {_cut(listed.server_id)}"
    return NewPolicy(text, f"{tools}: {outcome_counts(found)}", _interesting(found))


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _interesting(found: Sequence[Recommendation]) -> str | None:
    """The first of those that are held back most."""
    typed = [each for each in found if is_shown(each.tool.name) and each.tool.name]
    return max(typed, key=lambda each: each.outcome.rank).tool.name if typed else None
