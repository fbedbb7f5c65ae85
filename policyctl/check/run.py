"""Assertions under one policy."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from policyctl.cells.find import Nothing, find
from policyctl.cells.values import rank
from policyctl.check.calls import Asked, find_breach, met
from policyctl.check.meant import Meant, Tools
from policyctl.check.quota import find_overrun
from policyctl.check.result import Breach, CheckResult, Outcome, Unproven, Verdict
from policyctl.model.assertion import Assertion, Assertions, Kind
from policyctl.model.catalog import Catalog
from policyctl.model.policy import Policy


def check(
    policy: Policy, catalog: Catalog | None, assertions: Assertions, *, elsewhere: Collection[str] = frozenset()
) -> CheckResult:
    """Each assertion is proved for all calls, or shown to fail by one that the engine confirms, or undetermined for a reason.

    Tools `elsewhere` are those of other servers: what must get through there need not get through here.
    """
    checker = _Checker(policy, catalog, elsewhere)
    return CheckResult(policy, catalog, assertions, tuple(map(checker.verdict, assertions.entries)))


class _Checker:
    """One policy, and what has been found out about it once for all assertions."""

    def __init__(self, policy: Policy, catalog: Catalog | None, elsewhere: Collection[str]) -> None:
        self._policy = policy
        self._tools = Tools(policy, catalog, elsewhere)

    def verdict(self, assertion: Assertion) -> Verdict:
        meant = self._tools.meant(assertion)
        if isinstance(find(met(assertion.when)), Nothing):
            reason = "no call meets all conditions of `when`"
            return Verdict(assertion, Outcome.CHECKS_NOTHING, meant, reasons=(reason,))
        verdict = self._quota(assertion, meant) if assertion.kind is Kind.AT_MOST else self._each(assertion, meant)
        if verdict.outcome is Outcome.HOLDS and not meant.tools and meant.other is None:
            return replace(verdict, outcome=Outcome.CHECKS_NOTHING)
        return verdict

    def _asked(self, assertion: Assertion, name: str, meant: Meant) -> Asked:
        tool = self._tools.of_catalog.get(name)
        return Asked(
            policy=self._policy,
            tool=name,
            stand=self._tools.stands.of(name),
            when=met(assertion.when),
            schema=None if tool is None else tool.input_schema,
            is_other=name == meant.other,
        )

    def _each(self, assertion: Assertion, meant: Meant) -> Verdict:
        """Tool by tool."""
        breaches: list[Breach] = []
        reasons = [] if meant.doubt is None else [meant.doubt]
        for name in meant.every:
            match find_breach(self._asked(assertion, name, meant), assertion.kind):
                case Breach() as breach:
                    breaches.append(breach)
                case Unproven(more):
                    reasons.extend(f"of `{name}`: {reason}" for reason in more)
                case _:
                    pass
        breaches.sort(key=lambda breach: (rank(breach.call.args), breach.is_other, breach.tool))
        outcome = _outcome(found=bool(breaches), is_open=bool(reasons))
        return Verdict(assertion, outcome, meant, tuple(breaches), reasons=tuple(reasons))

    def _quota(self, assertion: Assertion, meant: Meant) -> Verdict:
        """All tools together."""
        assert assertion.quota is not None
        found = find_overrun([self._asked(assertion, name, meant) for name in meant.every], assertion.quota)
        reasons = (() if meant.doubt is None else (meant.doubt,)) + (
            found.reasons if isinstance(found, Unproven) else ()
        )
        overrun = None if isinstance(found, Unproven) else found
        return Verdict(
            assertion, _outcome(found=overrun is not None, is_open=bool(reasons)), meant, (), overrun, reasons
        )


def _outcome(*, found: bool, is_open: bool) -> Outcome:
    if found:
        return Outcome.FAILS
    return Outcome.UNDETERMINED if is_open else Outcome.HOLDS
