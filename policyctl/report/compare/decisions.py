"""`--decisions` and `--format ndjson` with `--base`: what both policies say about each call, in replay order."""

from __future__ import annotations

from typing import BinaryIO

from policyctl.model.call import Call
from policyctl.report.simulate.decisions import DecisionLines, encode, fields_of
from policyctl.simulate.compare.change import Standing
from policyctl.simulate.compare.pairs import Pair
from policyctl.traces.read import TraceFile


class PairLines:
    """Writes a line for each call: the decision of the new policy, with `change`, `standing` and `base` in it."""

    def __init__(self, out: BinaryIO, *, show_args: bool) -> None:
        self._lines = DecisionLines(out, show_args=show_args)
        self._parts: dict[tuple[int, Standing | None], str] = {}

    @property
    def reads(self) -> frozenset[str]:
        """What a line says about a call."""
        return self._lines.reads

    def wants(self, pair: Pair) -> bool:
        """All of them."""
        del pair
        return True

    def see(self, call: Call, pair: Pair, standing: Standing | None, file: TraceFile, line: int) -> None:
        """One call."""
        # Pairs are kept as long as the replay goes on, so that no two have one identity.
        part = self._parts.get((id(pair), standing)) or self._part(pair, standing)
        self._lines.write(call, pair.new_route, pair.new, file, line, more=part)

    def _part(self, pair: Pair, standing: Standing | None) -> str:
        renamed = {"tool": pair.old_route.tool} if pair.old_route.tool != pair.new_route.tool else {}
        fields = {
            "change": pair.change.value,
            "standing": None if standing is None else standing.value,
            "base": {**fields_of(pair.old), **renamed},
        }
        part = self._parts[id(pair), standing] = f",{encode(fields)[1:-1]}"
        return part
