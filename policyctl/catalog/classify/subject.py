"""What a tool is about: the input of tags and risks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyctl.catalog.classify.act import is_one_of
from policyctl.catalog.classify.schema import Property
from policyctl.catalog.classify.signals import properties as of
from policyctl.catalog.classify.signals import tags as by
from policyctl.model.catalog import Category

_NO_PAIRS: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Subject:
    """`named` are the objects of the name and of the sentence, in this order; `verbs` are of both."""

    category: Category
    words: tuple[str, ...]
    verbs: frozenset[str]
    named: tuple[tuple[str, ...], ...]
    properties: Sequence[Property]

    @property
    def texts(self) -> frozenset[str]:
        """Arguments in which the caller writes freely."""
        return frozenset(each.name for each in self.properties if each.takes_text)

    @property
    def opens(self) -> bool:
        """Whether it opens an address that the caller chooses."""
        return not (self.texts.isdisjoint(of.URL) or self.verbs.isdisjoint(by.OPENS))

    def is_about(self, family: frozenset[str], pairs: frozenset[tuple[str, str]] = _NO_PAIRS) -> bool:
        """Whether something that it names belongs to a family."""
        return any(is_one_of(named, family, pairs) for named in self.named)
