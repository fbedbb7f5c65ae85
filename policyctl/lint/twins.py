"""Tools that do the same to the same thing, by what their catalog says of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from policyctl.lint.names import singular, words
from policyctl.model.catalog import Catalog, Category, Tool

_MAKES = frozenset({
    "create", "new", "add", "make", "place", "submit", "open", "issue", "send", "post", "charge", "process", "initiate",
    "capture", "pay", "start", "request",
})  # fmt: skip
_REMOVES = frozenset({"delete", "remove", "destroy", "drop", "purge", "erase", "wipe", "terminate"})
_RUNS = frozenset({"run", "execute", "exec", "eval", "evaluate", "invoke"})
_DOES = {verb: verbs for verbs in (_MAKES, _REMOVES, _RUNS) for verb in verbs}
#: What is run; of other things the verbs say more than one thing: a pod is run, and a command is run in it.
_RUNNABLE = frozenset(
    {"command", "code", "query", "sql", "script", "shell", "statement", "python", "javascript", "workflow", "job"}
)
#: They stand between a thing and its name for software, or say how many there are of it.
_PASSING = frozenset({
    "intent", "session", "request", "bulk", "batch", "many", "multiple", "the", "a", "an", "v", "mcp", "tool", "by", "id",
})  # fmt: skip
#: Names for one movement of money: what a customer is asked for, and what leaves the account.
_MOVEMENTS = (
    frozenset({"charge", "payment", "invoice", "checkout"}),
    frozenset({"payout", "transfer", "withdrawal", "remittance"}),
)


def twins(tools: Iterable[Tool], catalog: Catalog) -> list[tuple[Tool, ...]]:
    """Groups of at least two tools of one class whose names say the same of the same thing."""
    server = frozenset(words(catalog.server_name) + words(catalog.server_id))
    groups: dict[object, list[Tool]] = defaultdict(list)
    for tool in tools:
        act = _act(tool, server)
        if act is not None:
            groups[tool.category, act].append(tool)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def _act(tool: Tool, server: frozenset[str]) -> object:
    """What the tool does, and to what; None where its name does not say."""
    named = [word for word in words(tool.name) if word not in server and not word.isdecimal()]
    verb = next((word for word in named if word in _DOES), None)
    if verb is None:
        return None
    named.remove(verb)
    thing = frozenset(singular(word) for word in named) - _PASSING
    if not thing or (verb in _RUNS and thing.isdisjoint(_RUNNABLE)):
        return None
    if tool.category is Category.FINANCIAL and len(thing) == 1:
        thing = next((movement for movement in _MOVEMENTS if thing <= movement), thing)
    return _DOES[verb], thing
