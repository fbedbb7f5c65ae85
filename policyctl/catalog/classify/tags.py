"""What a tool gives an agent beside its class."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.catalog.classify.signals import properties as of
from policyctl.catalog.classify.signals import tags as by
from policyctl.catalog.classify.signals import things
from policyctl.catalog.classify.subject import Subject
from policyctl.model.catalog import Category, Tag

_REQUEST = frozenset({"url", "body"})


def tags_of(subject: Subject, *, for_good: bool) -> frozenset[Tag]:
    """Every tag that something of the tool speaks for; `for_good` says that what it does cannot be taken back."""
    return frozenset((*_flows(subject), *_powers(subject), *([Tag.IRREVERSIBLE] if for_good else [])))


def _flows(subject: Subject) -> Iterator[Tag]:
    """What comes in by the tool, and what goes out."""
    is_read = subject.category is Category.READ
    if is_read and subject.is_about(things.PRIVATE):
        yield Tag.PRIVATE_DATA
    if subject.opens or subject.verbs & by.BRINGS_IN or (is_read and subject.is_about(things.UNTRUSTED)):
        yield Tag.UNTRUSTED_CONTENT
    is_published = bool(subject.verbs & by.MAKES) and subject.is_about(by.PUBLIC)
    if subject.opens or (not is_read and (subject.verbs & by.SENDS or is_published or subject.texts >= _REQUEST)):
        yield Tag.EXTERNAL_SINK


def _powers(subject: Subject) -> Iterator[Tag]:
    category = subject.category
    if category is Category.EXECUTE and (subject.texts & of.CODE or subject.is_about(things.CODE)):
        yield Tag.CODE
    if subject.is_about(things.SECRET, things.SECRET_PAIRS):
        yield Tag.CREDENTIALS
    if category is Category.FINANCIAL:
        yield Tag.MONEY
    is_list = any(each.is_list and (each.name in of.IDS or each.name.endswith("_ids")) for each in subject.properties)
    if category is not Category.READ and (is_list or not by.BULK.isdisjoint(subject.words)):
        yield Tag.BULK
