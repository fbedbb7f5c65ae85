"""Recommended policies beside those that are in force."""

from __future__ import annotations

from dataclasses import replace

from policyctl.diff.compare import Comparison, compare
from policyctl.diff.result import Relation
from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.recommend.compose import compose
from policyctl.report.policy import json_
from policyctl.report.recommend.result import Advice
from policyctl.source.document import Document
from policyctl.source.read import read_document


def with_comparison(advice: Advice, present: Policy) -> Advice:
    """What changes for whom if the policy takes the place of the present one."""
    return replace(advice, against=compare(present, _policy(advice.document), advice.catalog))


def with_weaker(advice: Advice) -> Advice:
    """Which hand-written rules let through what the recommended ones do not."""
    merging = advice.merging
    if merging is None:
        return advice
    recommended = _policy(compose(advice.recommendations))
    comparison = Comparison(recommended, merging.present, advice.catalog)
    names = [kept.recommendation.tool.name for kept in merging.kept if not kept.is_as_recommended]
    found = (change for change in comparison.changes(names) if change.relation is not Relation.NARROWER)
    return replace(advice, weaker=tuple(found))


def _policy(document: object) -> Policy:
    read = read_document("the recommended policy", json_.quoted(document).encode(), format="json")
    policy = read_policy(read).policy if isinstance(read, Document) else None
    if policy is None:
        raise AssertionError("a recommended policy is valid")
    return policy
