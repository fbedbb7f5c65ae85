"""`policyctl simulate --profile`: what was looked at while it ran, told on standard error when it is over."""

from __future__ import annotations

import sys
from itertools import islice
from time import process_time

from policyctl.errors import PolicyctlError
from policyctl.replay.costs import rule_costs
from policyctl.replay.sampling import Sampler
from policyctl.report.simulate.profile import Profile, render
from policyctl.simulate.run import Setup
from policyctl.traces.read import Entry

#: How many calls are enough to know what rules cost.
_CALLS = 5_000


class Profiler:
    """Looks at a replay, then at the report that follows, then at the rules."""

    def __init__(self) -> None:
        self.sampler = Sampler()

    def tell(self, setup: Setup) -> None:
        """Everything, when the report is written."""
        reporting = process_time() - self.sampler.before - self.sampler.processor
        entries = _again(setup)
        costs, calls = (None, 0) if entries is None else rule_costs(setup.assignments, entries)
        lines = sum(file.lines for file in setup.files)
        print(render(Profile(self.sampler, reporting, lines, costs, calls)), end="", file=sys.stderr, flush=True)


def _again(setup: Setup) -> list[Entry] | None:
    """The first calls, read a second time; None where that cannot be."""
    entries: list[Entry] = []
    for file in setup.files:
        try:
            again = file.again()
            if again is None:
                return None
            entries += islice(again.calls(), -(-_CALLS // len(setup.files)))
            again.stream.close()
        except PolicyctlError:
            # Gone, or changed in between: the report is written, and a profile does not spoil it.
            return None
    return entries
