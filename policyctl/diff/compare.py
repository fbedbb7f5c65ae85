"""Two policies, tool by tool."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, count

from policyctl.cells.stand import Stands, are_same, limit_keys, say_same_of_calls
from policyctl.diff.all_tools import find_in_all_tools
from policyctl.diff.calls import Pair, find_call
from policyctl.diff.limits import find_sequence
from policyctl.diff.result import Change, Direction, PolicyDiff, Relation, Side, Unproven, Visibility
from policyctl.model.catalog import Catalog
from policyctl.model.policy import Policy

ANY_OTHER = "(any other tool)"
ALL_TOOLS = "all_tools.limits"


def compare(old: Policy, new: Policy, catalog: Catalog | None = None) -> PolicyDiff:
    """Everything that differs between two policies. Exact, or undetermined with the reason."""
    comparison = Comparison(old, new, catalog)
    names = comparison.names
    touched = comparison.touched() if catalog is not None else ()
    return PolicyDiff(
        old=old,
        new=new,
        changes=tuple(comparison.changes(names)),
        others=comparison.others(),
        all_tools=comparison.all_tools(),
        compared=len(names),
        visibility=tuple(comparison.visibility()),
        touched=touched,
    )


class Comparison:
    """Two policies, and what has been found out about them once for all tools."""

    def __init__(self, old: Policy, new: Policy, catalog: Catalog | None = None) -> None:
        self.old, self.new = old, new
        self._stands = Stands(old), Stands(new)
        self._classes = {} if catalog is None else catalog.tools
        # In `hide` it means every tool; a tool of that name is one among others.
        hidden = {*old.hide, *new.hide} - {"*"}
        self.names = tuple(sorted({*old.tools, *new.tools, *hidden}))

    def changes(self, names: Iterable[str]) -> Iterator[Change]:
        """Those of the tools that do not behave equally."""
        for name in names:
            change = self.tool(name)
            if change is not None and change.relation is not Relation.EQUAL:
                yield change

    def tool(self, name: str) -> Change | None:
        """One tool; None where both policies say the same in other words at most."""
        pair = self._pair(name)
        return None if are_same(pair.old_stand, pair.new_stand) else self._change(name, pair)

    def _pair(self, name: str) -> Pair:
        old, new = (stands.of(name) for stands in self._stands)
        tool = self._classes.get(name)
        return Pair(self.old, self.new, name, old, new, None if tool is None else tool.input_schema)

    def _change(self, name: str, pair: Pair) -> Change:
        wider, narrower = (self._side(pair, direction) for direction in Direction)
        tool = self._classes.get(name)
        if tool is None:
            return Change(name, wider, narrower)
        return Change(name, wider, narrower, tool.category, tool.risk)

    def _side(self, pair: Pair, direction: Direction) -> Side:
        found: Side = None
        if not say_same_of_calls(pair.old_stand, pair.new_stand):
            found = find_call(pair, direction)
        if found is not None and not isinstance(found, Unproven):
            return found
        if limit_keys(pair.old_stand.own_limits) == limit_keys(pair.new_stand.own_limits):
            return found
        # The limits for all tools have an entry of their own.
        by_limits = find_sequence(pair, direction, pair.in_order(direction)[1].own_limits)
        if isinstance(by_limits, Unproven) and isinstance(found, Unproven):
            return Unproven((*found.reasons, *by_limits.reasons))
        return found if by_limits is None else by_limits

    def others(self) -> Change:
        """All tools that neither policy names."""
        pair = self._pair(self._some_other())
        if are_same(pair.old_stand, pair.new_stand):
            return Change(ANY_OTHER, None, None)
        wider, narrower = (self._side(pair, direction) for direction in Direction)
        return Change(ANY_OTHER, wider, narrower)

    def _some_other(self) -> str:
        """The name of a tool that no policy names: one of the catalog if it has any."""
        made_up = chain(["other_tool"], (f"other_tool_{number}" for number in count(2)))
        named = set(self.names)
        return next(name for name in chain(self._classes, made_up) if name not in named and name != "*")

    def touched(self) -> tuple[Change, ...]:
        """The tools of the catalog that no policy names, where they do not behave equally."""
        named = set(self.names)
        return tuple(self.changes(name for name in sorted(self._classes) if name not in named))

    def all_tools(self) -> Change:
        """The limits that count every call."""
        if limit_keys(self.old.all_tools_limits) == limit_keys(self.new.all_tools_limits):
            return Change(ALL_TOOLS, None, None)
        pairs = [self._pair(name) for name in (*self.names, self._some_other())]
        wider, narrower = (find_in_all_tools(self.old, self.new, pairs, direction) for direction in Direction)
        return Change(ALL_TOOLS, wider, narrower)

    def visibility(self) -> Iterator[Visibility]:
        """What is hidden by one policy alone."""
        old, new = self._stands
        if old.hides_all is not new.hides_all:
            yield Visibility(None, not old.hides_all, not new.hides_all)
        for name in self.names:
            if old.hides(name) is not new.hides(name):
                yield Visibility(name, not old.hides(name), not new.hides(name))
