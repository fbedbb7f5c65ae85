"""How much is let through, or stopped, that was not before: sums of arguments that are declared to be amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyctl.engine.amount import Amount, Unaccountable, exact_amount, plus
from policyctl.engine.record import Record, Seen
from policyctl.model.call import Call
from policyctl.model.decision import Verdict
from policyctl.replay.routing import Lane, Route
from policyctl.simulate.compare.change import Standing
from policyctl.simulate.compare.pairs import Pair
from policyctl.simulate.compare.result import AmountRow, AmountSum
from policyctl.traces.read import TraceFile

Path = tuple[str, ...]


@dataclass(slots=True)
class _Sum:
    calls: int = 0
    counted: int = 0
    total: Amount = 0

    def add(self, amount: Amount | None) -> None:
        self.calls += 1
        if amount is not None:
            self.counted += 1
            self.total = plus(self.total, amount)

    def told(self, *, alone: bool) -> AmountSum:
        return AmountSum(self.calls, self.counted, self.total if self.counted > 1 or alone else None)


class Amounts:
    """A watcher that adds up.

    An argument is an amount if a limit of either policy counts it (`amount_from`), or if the user names it. The sum of a
    single number is the value of an argument, and given only if those may be shown.
    """

    reads = frozenset({"args"})

    def __init__(self, named: Sequence[Path], *, show_args: bool) -> None:
        self._named = tuple(named)
        self._show_args = show_args
        self._paths: dict[tuple[Route, Route], tuple[Path, ...]] = {}
        self._sums: dict[tuple[str | None, str, Path], tuple[_Sum, _Sum]] = {}

    def wants(self, pair: Pair) -> bool:
        """Whether one side alone lets such calls through, and an amount is declared for them."""
        is_through = pair.new.verdict is Verdict.ALLOW
        if not pair.change.is_of_verdict or is_through is (pair.old.verdict is Verdict.ALLOW):
            return False
        return bool(self._declared(pair.old_route, pair.new_route))

    def see(self, call: Call, pair: Pair, standing: Standing | None, file: TraceFile, line: int) -> None:
        """Adds the amounts of a call."""
        del standing, file, line
        is_through, record = pair.new.verdict is Verdict.ALLOW, Record.of(call)
        for path in self._declared(pair.old_route, pair.new_route):
            through, stopped = self._sums.setdefault(
                (pair.new_route.server, pair.new_route.tool, path), (_Sum(), _Sum())
            )
            (through if is_through else stopped).add(_amount(record, path))

    def rows(self) -> tuple[AmountRow, ...]:
        """By tool and argument; an argument that the user names is one of the tools whose calls have it."""
        return tuple(sorted(self._rows(), key=lambda row: (row.server or "", row.tool, row.path)))

    def _rows(self) -> Iterator[AmountRow]:
        for (server, tool, path), (through, stopped) in self._sums.items():
            if through.counted or stopped.counted or path not in self._named:
                alone = self._show_args
                yield AmountRow(server, tool, path, through.told(alone=alone), stopped.told(alone=alone))

    def _declared(self, old: Route, new: Route) -> tuple[Path, ...]:
        paths = self._paths.get((old, new))
        if paths is None:
            counted = (*_counted(old.lane, old.tool), *_counted(new.lane, new.tool))
            paths = self._paths[old, new] = tuple(dict.fromkeys((*self._named, *counted)))
        return paths


def _counted(lane: Lane | None, tool: str) -> Iterator[Path]:
    for limit in () if lane is None else lane.assignment.policy.limits_of(tool):
        if limit.amount_from is not None:
            yield limit.amount_from


def _amount(record: Record, path: Path) -> Amount | None:
    """The number as limits count it; None for anything that they could not count."""
    found = record.find(path)
    amount = exact_amount(found.value) if isinstance(found, Seen) else None
    return None if isinstance(amount, Unaccountable) else amount
