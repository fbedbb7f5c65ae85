"""What a lint rule may see: one policy, and what is known about its server and its calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyctl.model.catalog import Catalog, Tool
from policyctl.model.policy import Action, Default, Limit, Policy, Predicate, ToolRules
from policyctl.source.document import Document
from policyctl.source.pointer import join

if TYPE_CHECKING:
    from policyctl.model.trace_facts import TraceFacts

EVERYTHING = "*"


@dataclass(frozen=True)
class Subject:
    """A valid policy with its document; the catalog of its server, where there is one, with the document if it has places.

    `traces` is what recorded calls show under this very policy.
    """

    document: Document
    policy: Policy
    catalog: Catalog | None = None
    catalog_document: Document | None = None
    traces: TraceFacts | None = None

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The names that `hide` lists, `*` among them if it does."""
        return frozenset(self.policy.hide)

    def is_hidden(self, tool: str) -> bool:
        """Whether no call of the tool gets further than `hide`."""
        return tool in self.hidden or EVERYTHING in self.hidden

    def is_shut(self, tool: str) -> bool:
        """Whether every call of the tool is denied by what the policy says of the tool as a whole."""
        if self.is_hidden(tool):
            return True
        rules = self.policy.tools.get(tool)
        if rules is None:
            return self.policy.default is Default.DENY
        return rules.action is Action.DENY or any(not predicate.conditions for predicate in rules.deny_if)

    def needs_approval(self, tool: str) -> bool:
        """Whether a person has to approve each call of the tool that its rules let through."""
        rules = self.policy.tools.get(tool)
        return rules is not None and rules.action is Action.REQUIRE_APPROVAL

    def is_open(self, tool: str) -> bool:
        """Whether some call of the tool may get through without a person."""
        return not self.is_shut(tool) and not self.needs_approval(tool)

    @cached_property
    def tools(self) -> Mapping[str, Tool]:
        """The tools of the catalog by their names; none without a catalog."""
        return {} if self.catalog is None else self.catalog.tools

    @cached_property
    def live_rules(self) -> tuple[ToolRules, ...]:
        """The rules of tools that are not shut: those in which a mistake matters."""
        return tuple(rules for rules in self.policy.tools.values() if not self.is_shut(rules.name))

    @cached_property
    def open_tools(self) -> tuple[Tool, ...]:
        """The tools of the catalog of which some call may get through without a person."""
        return tuple(tool for tool in self.tools.values() if self.is_open(tool.name))


def tool_pointer(tool: str) -> str:
    """The place of a tool's rules."""
    return join("tools", tool)


def condition_pointer(predicate: Predicate, index: int) -> str:
    """The place of one condition of a predicate."""
    return f"{predicate.pointer}/conditions/{index}"


def limits_of(policy: Policy) -> Iterator[Limit]:
    """Every limit that the document writes, in its order."""
    yield from policy.all_tools_limits
    for rules in policy.tools.values():
        yield from rules.limits
        if rules.rate_limit:
            yield rules.rate_limit
