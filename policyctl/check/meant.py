"""Which tools an assertion is about, and of which nobody can tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from policyctl.cells.search import TooManyStatesError
from policyctl.cells.stand import Stands
from policyctl.check.glob import matches_any, shortest_name
from policyctl.model.assertion import Assertion, Selector
from policyctl.model.catalog import Catalog, Tool
from policyctl.model.policy import Policy
from policyctl.pattern.glob import is_name

#: Of names that nobody has thought of one that reads like a name is shown first.
_MADE_UP = ("other_tool*", "*")


@dataclass(frozen=True, slots=True)
class Meant:
    """The tools of one assertion.

    `tools` are named by the policy or the catalog, `nowhere` by the assertion alone. `other` is a name that stands for every
    further tool whose name is meant, where no name is asked for or the policy would let one pass. `untold` are tools that the policy lets through and
    of which nobody knows whether they are meant, since no catalog classes them; `is_open` if that goes for every tool that
    nobody names. `doubt` says why it is not known whether there is a further name.
    """

    tools: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()
    other: str | None = None
    untold: tuple[str, ...] = ()
    is_open: bool = False
    doubt: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The tools that have a name."""
        return (*self.tools, *self.nowhere)

    @property
    def every(self) -> tuple[str, ...]:
        """A name for everything that is meant."""
        return self.names if self.other is None else (*self.names, self.other)


class Tools:
    """All tools that a policy or a catalog names."""

    def __init__(self, policy: Policy, catalog: Catalog | None, elsewhere: Collection[str] = frozenset()) -> None:
        self.stands = Stands(policy)
        # In `hide` it means every tool.
        self.of_policy = frozenset(policy.tools) | (frozenset(policy.hide) - {"*"})
        self.of_catalog = {} if catalog is None else catalog.tools
        self._elsewhere = elsewhere
        self.names = tuple(sorted(self.of_policy | self.of_catalog.keys()))

    def meant(self, assertion: Assertion) -> Meant:
        """Those that an assertion is about."""
        selector = assertion.selector
        by_name = [name for name in self.names if is_named(selector, name)]
        if selector.asks_for_classes:
            return self._of_classes(assertion, by_name)
        named = (
            glob for glob in dict.fromkeys(selector.tools) if is_name(glob) and not matches_any(selector.but, glob)
        )
        known = self.names if assertion.kind.keeps_out else {*self.names, *self._elsewhere}
        nowhere = tuple(name for name in named if name not in known)
        other, doubt = self._other(selector, nowhere) if assertion.kind.keeps_out else (None, None)
        return Meant(tuple(by_name), nowhere, other, doubt=doubt)

    def _of_classes(self, assertion: Assertion, by_name: Iterable[str]) -> Meant:
        selector = assertion.selector
        tools: list[str] = []
        untold: list[str] = []
        for name in by_name:
            tool = self.of_catalog.get(name)
            if tool is not None and is_classed(selector, tool):
                if is_one(selector, tool):
                    tools.append(name)
            elif assertion.kind.keeps_out and self.stands.of(name).height:
                untold.append(name)
        other = self._other(selector, ())[0] if assertion.kind.keeps_out else None
        is_open = other is not None and self.stands.of(other).height > 0
        return Meant(tuple(tools), untold=tuple(untold), is_open=is_open)

    def _other(self, selector: Selector, nowhere: Iterable[str]) -> tuple[str | None, str | None]:
        """A name for every tool that nobody names, if one of those that are meant can pass."""
        taken = {*self.names, *nowhere, "*"}
        globs = selector.tools or _MADE_UP
        if all(map(is_name, globs)):
            return None, None
        try:
            name = shortest_name([glob for glob in globs if not is_name(glob)], selector.but, taken)
        except TooManyStatesError:
            return None, "whether further names are meant takes too long to find out"
        # Globs of names may be slips: where a policy denies such names anyway, they say nothing.
        is_told = name is not None and (not selector.tools or self.stands.of(name).height > 0)
        return (name if is_told else None), None


def is_named(selector: Selector, name: str) -> bool:
    """Whether the name is one of those that are meant."""
    return (not selector.tools or matches_any(selector.tools, name)) and not matches_any(selector.but, name)


def is_classed(selector: Selector, tool: Tool) -> bool:
    """Whether the catalog says enough about the tool."""
    # Tags are given with a class; without one nobody has looked.
    return (tool.category is not None or not (selector.categories or selector.tags)) and (
        tool.risk is not None or not selector.risks
    )


def is_one(selector: Selector, tool: Tool) -> bool:
    """Whether a tool whose name is meant also is of the class."""
    return (
        (not selector.categories or tool.category in selector.categories)
        and (not selector.risks or tool.risk in selector.risks)
        and (not selector.tags or not tool.tags.isdisjoint(selector.tags))
        and all(_hint(tool, hint.value, if_silent=hint.if_silent) is wanted for hint, wanted in selector.hints.items())
    )


def _hint(tool: Tool, key: str, *, if_silent: bool) -> bool:
    said = tool.annotations.get(key)
    return said if isinstance(said, bool) else if_silent


def lacking(assertions: Iterable[Assertion], catalog: Catalog | None) -> Iterator[Assertion]:
    """Assertions about classes that nobody can check, since no catalog has any."""
    has_classes = catalog is not None and catalog.has_classes
    for assertion in assertions:
        selector = assertion.selector
        needs = bool(selector.categories or selector.risks or selector.tags)
        if (needs and not has_classes) or (selector.hints and catalog is None):
            yield assertion
