"""What `policyctl catalog classify` found, ready to be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from policyctl.model.catalog import Catalog, Category, Confidence, Evidence, Risk, Tool
from policyctl.model.override import Override

#: Who gave a tool its class.
By: TypeAlias = Literal["signals", "override", "review", "catalog"]

#: Signals about a tool that hold whatever its class is.
FINDINGS = ("hidden text", "instructions", "stale review")


@dataclass(frozen=True, slots=True)
class ClassifiedTool:
    """One tool with its class; it has one always, and somebody gave it."""

    server: str
    tool: Tool
    by: By

    @property
    def category(self) -> Category:
        assert self.tool.category is not None
        return self.tool.category

    @property
    def risk(self) -> Risk:
        assert self.tool.risk is not None
        return self.tool.risk

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look before anybody builds on it."""
        return self.tool.confidence is Confidence.LOW

    @property
    def decisive(self) -> Evidence | None:
        """What decided the class; findings stand before it and decide nothing."""
        return next((each for each in self.tool.evidence if each.signal not in {*FINDINGS, "against"}), None)

    @property
    def findings(self) -> tuple[Evidence, ...]:
        """What is odd about the tool."""
        return tuple(each for each in self.tool.evidence if each.signal in FINDINGS)


@dataclass(frozen=True, slots=True)
class ClassifyResult:
    """All catalogs with their classes; `unused` are overrides that name none of their tools."""

    catalogs: tuple[Catalog, ...]
    tools: tuple[ClassifiedTool, ...]
    unused: tuple[Override, ...]
    trusted: bool

    @property
    def doubtful(self) -> tuple[ClassifiedTool, ...]:
        """Gravest first."""
        return tuple(sorted((each for each in self.tools if each.is_doubtful), key=gravity))

    @property
    def findings(self) -> Iterator[tuple[ClassifiedTool, Evidence]]:
        """Everything odd, in the order of the tools."""
        return ((each, found) for each in self.tools for found in each.findings)

    def count(self, category: Category, risk: Risk) -> int:
        """How many tools have this class and this risk."""
        return sum(each.category is category and each.risk is risk for each in self.tools)


def gravity(each: ClassifiedTool) -> tuple[int, int, str, str]:
    """The order of tables: what can cost most first, then by name."""
    return -each.risk.rank, -each.category.rank, each.server, each.tool.name
