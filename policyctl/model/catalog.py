"""A server's tools and what is known about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policyctl.model.values import JSONValue

#: Where a tool keeps what its server lists in a way that a catalog cannot hold in its place; `False` where it lists it no more.
AS_LISTED = "as_listed"


class Category(StrEnum):
    """What a tool does to the world, mildest first."""

    READ = "Read"
    WRITE = "Write"
    EXECUTE = "Execute"
    DESTRUCTIVE = "Destructive"
    FINANCIAL = "Financial"

    @property
    def rank(self) -> int:
        """0 for the mildest; the order of reports."""
        return _CATEGORY_RANK[self]


class Risk(StrEnum):
    """How much a wrong call of a tool can cost, least first."""

    LOW = "Low"
    MEDIUM = "Medium"
    HIGH = "High"
    CRITICAL = "Critical"

    @property
    def rank(self) -> int:
        """0 for the least; the order of reports."""
        return _RISK_RANK[self]


_CATEGORY_RANK = {category: rank for rank, category in enumerate(Category)}
_RISK_RANK = {risk: rank for rank, risk in enumerate(Risk)}


class Tag(StrEnum):
    """What a tool gives an agent, beside its class: the input of rules about flows between tools."""

    PRIVATE_DATA = "private-data"
    UNTRUSTED_CONTENT = "untrusted-content"
    EXTERNAL_SINK = "external-sink"
    CODE = "code"
    CREDENTIALS = "credentials"
    MONEY = "money"
    BULK = "bulk"
    IRREVERSIBLE = "irreversible"


class Confidence(StrEnum):
    """How sure a class is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One signal for or against a class: `signal` is its kind, `where` the part of the tool that spoke."""

    signal: str
    where: str
    says: str


@dataclass(frozen=True, slots=True)
class Review:
    """A person's word about a class, which beats every signal; `on` is a date as written.

    `digest` is the definition that the person saw; where it is None the catalog's pin of the tool stands for it.
    """

    by: str
    on: str
    category: Category
    risk: Risk
    why: str
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool as its server lists it, with its class where the catalog has one.

    `digest` is the pin that the catalog carries, None where it carries none. `fields` are the server's own that
    policyctl does not read, and `AS_LISTED`; they survive a rewrite. `pointer` is the tool's place in the document.
    """

    name: str
    pointer: str
    title: str | None = None
    description: str | None = None
    input_schema: Mapping[str, JSONValue] | None = None
    output_schema: Mapping[str, JSONValue] | bool | None = None
    annotations: Mapping[str, JSONValue] = field(default_factory=dict)
    category: Category | None = None
    risk: Risk | None = None
    tags: frozenset[Tag] = frozenset()
    confidence: Confidence | None = None
    evidence: tuple[Evidence, ...] = ()
    reviewed: Review | None = None
    digest: str | None = None
    fields: Mapping[str, JSONValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalog:
    """One catalog document; `name` is the file as the user named it, `digest` the SHA-256 of its bytes.

    `tools` keeps the order of the document.
    """

    version: str
    server_id: str
    server_name: str
    server_version: str | None = None
    server_source: str | None = None
    tools: Mapping[str, Tool] = field(default_factory=dict)
    name: str = ""
    digest: str = ""

    @property
    def has_classes(self) -> bool:
        """Whether any tool carries a class; a catalog without them still gives names and schemas."""
        return any(tool.category is not None for tool in self.tools.values())
