"""A comparison with the documents of its policies, in which findings have their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policyctl.report.compare.words import compared
from policyctl.report.diagnostics.formats import Diagnosed
from policyctl.report.diagnostics.rules import rule_name
from policyctl.simulate.compare.locate import located
from policyctl.simulate.compare.result import Comparison
from policyctl.source.document import Document


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """What was found, and the documents by the names of policies."""

    comparison: Comparison
    documents: Mapping[str, Document]

    def diagnosed(self) -> Diagnosed:
        """What formats need that know no more than diagnostics."""
        comparison = self.comparison
        found = (*located(comparison, self.documents), *comparison.new.diagnostics)
        policies = (*comparison.base.policies, *comparison.new.policies)
        return Diagnosed(
            "policyctl simulate base",
            tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key)),
            (*(policy.name for policy in policies), *(trace.name for trace in comparison.new.traces)),
            rule_name,
            (compared(comparison),),
            tables=("replay",),
            exit=comparison.code,
            texts={document.name: document.text for document in self.documents.values()},
            # The digest of a trace is one of its pieces, which SARIF has no word for.
            digests={policy.name: policy.digest for policy in policies},
        )
