"""What a simulation has for formats that know no more than diagnostics: the lines that could not be read."""

from __future__ import annotations

from policyctl.report.diagnostics.formats import Diagnosed
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.simulate.page import checked
from policyctl.simulate.result import Simulation


def diagnosed(simulation: Simulation) -> Diagnosed:
    """The first unreadable lines of each trace."""
    return Diagnosed(
        "policyctl simulate",
        simulation.diagnostics,
        (*(policy.name for policy in simulation.policies), *(trace.name for trace in simulation.traces)),
        rule_name,
        (checked(simulation),),
        tables=("replay",),
        exit=simulation.code,
        digests={policy.name: policy.digest for policy in simulation.policies},
    )
