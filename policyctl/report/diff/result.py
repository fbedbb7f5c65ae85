"""All that a report of a comparison shows."""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.diff.gates import Failure, Gate
from policyctl.diff.recorded import RecordedCalls
from policyctl.diff.result import PolicyDiff
from policyctl.diff.wording import Rewording
from policyctl.model.catalog import Catalog
from policyctl.source.document import Document


@dataclass(frozen=True, slots=True)
class DiffReport:
    """A comparison with what was asked beside it: gates, and recorded calls where a trace was named.

    `documents` are the texts of both policies, in which the differences have their places.
    """

    diff: PolicyDiff
    documents: tuple[Document, Document]
    code: int
    gates: tuple[Gate, ...] = ()
    failures: tuple[Failure, ...] = ()
    rewordings: tuple[Rewording, ...] = ()
    catalog: Catalog | None = None
    recorded: RecordedCalls | None = None
    bad_lines: int = 0
