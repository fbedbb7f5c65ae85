"""Tools of a server that belong together: those that speak of the same thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from math import log

from policyctl.catalog.kinds import words_of
from policyctl.model.catalog import Catalog, Category, Tool

#: A page names so many.
MOST = 6
#: A word that more than so many tools share says nothing about any of them.
_COMMON = 200
#: So much nearer is a read to its write than the same words alone would make it.
_PAIR = 0.05
#: What is done, as opposed to what it is done to; and words that only link others.
_VERBS = frozenset(
    {
        "get", "list", "read", "fetch", "find", "search", "query", "show", "describe", "view",
        "check", "retrieve", "lookup", "count", "download", "export", "create", "add", "new",
        "make", "insert", "post", "put", "write", "set", "update", "edit", "modify", "change",
        "patch", "rename", "move", "copy", "upload", "import", "delete", "remove", "drop", "clear",
        "purge", "destroy", "cancel", "close", "stop", "start", "run", "execute", "call", "invoke",
        "send", "submit", "enable", "disable", "open", "apply", "merge", "all", "by", "for", "from",
        "in", "of", "on", "the", "to", "and", "or", "with", "a", "an", "is",
    }
)  # fmt: skip


class Relation(StrEnum):
    """How another tool stands to the one that is looked at."""

    READS = "reads what this one changes"
    CHANGES = "changes what this one reads"
    SAME = "is about the same thing"


@dataclass(frozen=True, slots=True)
class Related:
    """Another tool, why it is named, and the words that both names have."""

    tool: Tool
    relation: Relation
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The tools of one catalog by the words of their names, made once and asked for every tool.

    A word weighs the more the fewer tools have it; what most tools have weighs nothing.
    """

    catalog: Catalog
    subjects: Mapping[str, tuple[str, ...]]
    by_word: Mapping[str, tuple[str, ...]]
    weights: Mapping[str, float]

    @staticmethod
    def of(catalog: Catalog) -> Neighbourhood:
        """Read the names of a catalog."""
        spoken = {name: _subject(name) for name in catalog.tools}
        counts = Counter(word for words in spoken.values() for word in words)
        # What most tools are called, such as the name of the service, is no subject.
        most = min(_COMMON, max(3, len(spoken) * 2 // 3))
        weights = {word: log(1 + len(spoken) / count) for word, count in counts.items() if count <= most}
        subjects = {name: tuple(word for word in words if word in weights) for name, words in spoken.items()}
        by_word: defaultdict[str, list[str]] = defaultdict(list)
        for name, words in subjects.items():
            for word in words:
                by_word[word].append(name)
        return Neighbourhood(catalog, subjects, {word: tuple(names) for word, names in by_word.items()}, weights)

    def related(self, tool: Tool) -> tuple[Related, ...]:
        """The nearest tools, at most MOST; of equally near ones that which reads what the other changes, then by name."""
        shared: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.subjects[tool.name]:
            for name in self.by_word[word]:
                shared[name].append(word)
        found = (
            Related(self.catalog.tools[name], _relation(tool, self.catalog.tools[name]), tuple(words))
            for name, words in shared.items()
            if name != tool.name
        )
        return tuple(nsmallest(MOST, found, key=lambda related: (-self._nearness(tool, related), related.tool.name)))

    def _nearness(self, tool: Tool, related: Related) -> float:
        """How much of what both are about is shared, from 0 to 1; a read beside its write is a little nearer still."""
        shared = self._weight(related.words)
        both = self._weight(self.subjects[tool.name]) + self._weight(self.subjects[related.tool.name]) - shared
        return shared / both + (0.0 if related.relation is Relation.SAME else _PAIR)

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self.weights[word] for word in words)


def _subject(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_singular(word) for word in words_of(name) if word not in _VERBS))


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _relation(tool: Tool, other: Tool) -> Relation:
    if tool.category is None or other.category is None:
        return Relation.SAME
    is_read, other_is_read = (each.category is Category.READ for each in (tool, other))
    if is_read == other_is_read:
        return Relation.SAME
    return Relation.CHANGES if is_read else Relation.READS
