"""What of assertions is about no tool, whichever policy is looked at: a slip of the pen, most likely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyctl.check.glob import matches_any
from policyctl.check.result import CheckResult, Outcome, Verdict
from policyctl.model.assertion import Assertion
from policyctl.pattern.glob import is_name


def is_idle(assertion: Assertion, of: CheckResult, results: Sequence[CheckResult]) -> bool:
    """Whether an assertion checks nothing under any of the policies, since it may be meant for one; said of the first."""
    same = _of_one_file(of, results)
    return same[0] is of and all(
        verdict.outcome is Outcome.CHECKS_NOTHING
        for result in same
        for verdict in result.verdicts
        if verdict.assertion.pointer == assertion.pointer
    )


def _of_one_file(of: CheckResult, results: Sequence[CheckResult]) -> list[CheckResult]:
    """The same assertions under each of the policies."""
    return [result for result in results if result.assertions.name == of.assertions.name]


def strays(verdict: Verdict, of: CheckResult, results: Sequence[CheckResult]) -> Iterator[str]:
    """Names and globs of which nothing was said, since no tool is called so; of an assertion that checks something."""
    if verdict.outcome is Outcome.CHECKS_NOTHING or _of_one_file(of, results)[0] is not of:
        return
    for glob in verdict.assertion.selector.tools:
        is_shown = any(matches_any([glob], breach.tool) for breach in verdict.breaches)
        is_of_others = verdict.meant.other is not None and not is_name(glob)
        is_known = any(matches_any([glob], name) for result in results for name in known_tools(result))
        if not is_shown and not is_of_others and not is_known:
            yield glob


def known_tools(result: CheckResult) -> list[str]:
    """The tools that the policy or the catalog names."""
    of_catalog = () if result.catalog is None else result.catalog.tools
    return sorted({*result.policy.tools, *result.policy.hide, *of_catalog})
