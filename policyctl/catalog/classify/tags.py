"""What a tool gives an agent beside its class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyctl.catalog.classify.act import is_one_of
from policyctl.catalog.classify.schema import Property
from policyctl.catalog.classify.signals import properties as of
from policyctl.catalog.classify.signals import tags as by
from policyctl.catalog.classify.signals import things
from policyctl.model.catalog import Category, Tag


@dataclass(frozen=True, slots=True)
class Subject:
    """What tags are read from; `named` is the object of the name or the sentence, `verbs` are of both."""

    category: Category
    words: tuple[str, ...]
    verbs: frozenset[str]
    named: tuple[tuple[str, ...], ...]
    properties: Sequence[Property]
    is_for_good: bool


def tags_of(subject: Subject) -> frozenset[Tag]:
    """Every tag that something of the tool speaks for."""
    return frozenset(_tags(subject))


def _tags(subject: Subject) -> Iterator[Tag]:
    category = subject.category
    names = {each.name for each in subject.properties if each.takes_text}
    opens = bool(names & of.URL) and bool(subject.verbs & by.OPENS)
    if category is Category.READ and _about(subject, things.PRIVATE):
        yield Tag.PRIVATE_DATA
    if opens or subject.verbs & by.BRINGS_IN or (category is Category.READ and _about(subject, things.UNTRUSTED)):
        yield Tag.UNTRUSTED_CONTENT
    is_made_public = bool(subject.verbs & by.MAKES) and _about(subject, by.PUBLIC)
    if opens or (
        category is not Category.READ and (subject.verbs & by.SENDS or is_made_public or names >= {"url", "body"})
    ):
        yield Tag.EXTERNAL_SINK
    if category is Category.EXECUTE and (names & of.CODE or _about(subject, things.CODE)):
        yield Tag.CODE
    if any(is_one_of(named, things.SECRET, things.SECRET_PAIRS) for named in subject.named):
        yield Tag.CREDENTIALS
    if category is Category.FINANCIAL:
        yield Tag.MONEY
    is_list = any(each.is_list and (each.name in of.IDS or each.name.endswith("_ids")) for each in subject.properties)
    if category is not Category.READ and (is_list or not by.BULK.isdisjoint(subject.words)):
        yield Tag.BULK
    if subject.is_for_good:
        yield Tag.IRREVERSIBLE


def _about(subject: Subject, family: frozenset[str]) -> bool:
    return any(is_one_of(named, family) for named in subject.named)
