"""What became of assertions, as diagnostics at their places, with the places of the policy beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from policyctl.check.codes import CODES
from policyctl.check.idle import is_idle, known_tools, strays
from policyctl.check.result import Breach, CheckResult, Outcome, Overrun, Verdict
from policyctl.check.words import broken, names, selected, sequence, shown, title
from policyctl.diagnostic import Diagnostic, Related, Severity, Span
from policyctl.model.assertion import Assertion, Kind
from policyctl.reading.suggest import closest
from policyctl.source.document import Document
from policyctl.source.fault import quote
from policyctl.source.nearest import nearest_span
from policyctl.source.pointer import child

#: So many places of the policy are shown of one assertion.
MOST_PLACES = 3


def findings(results: Sequence[CheckResult], documents: Mapping[str, Document]) -> tuple[Diagnostic, ...]:
    """Everything there is to say of these results, in the order of every report; `documents` are by name."""
    found = (
        diagnostic
        for result in results
        for verdict in result.verdicts
        for diagnostic in _Finder(result, verdict, documents).found(results)
    )
    unique = {(each.sort_key, each.related): each for each in found}
    return tuple(sorted(unique.values(), key=lambda each: each.sort_key))


class _Finder:
    """One verdict, and the documents in which it has places."""

    def __init__(self, result: CheckResult, verdict: Verdict, documents: Mapping[str, Document]) -> None:
        self._result, self._verdict = result, verdict
        self._file = documents[result.assertions.name]
        self._policy = documents[result.policy.name]

    def found(self, results: Sequence[CheckResult]) -> Iterator[Diagnostic]:
        verdict = self._verdict
        match verdict.outcome:
            case Outcome.FAILS:
                yield self._failure(verdict)
            case Outcome.UNDETERMINED:
                first, *rest = verdict.reasons
                yield self._diagnostic(
                    "AST02", f"{title(verdict.assertion)} is undetermined: {first}", notes=tuple(rest)
                )
            case Outcome.CHECKS_NOTHING:
                if is_idle(verdict.assertion, self._result, results):
                    yield self._idle(verdict)
            case Outcome.HOLDS:
                pass
        yield from map(self._stray, strays(verdict, self._result, results))
        yield from self._untold(verdict)

    def _failure(self, verdict: Verdict) -> Diagnostic:
        assertion = verdict.assertion
        breaches, overrun = verdict.breaches, verdict.overrun
        if overrun is not None:
            return self._overrun(assertion, overrun)
        first, *others = breaches
        further = (f"the same goes for {names([breach.tool for breach in others])}",) if others else ()
        return self._diagnostic(
            "AST01",
            f"{title(assertion)} does not hold: {quote(self._policy.name)} {broken(first, assertion.kind)}",
            severity=assertion.severity,
            help_=_help(first, assertion.kind),
            notes=(*further, *_reason(assertion), *verdict.reasons),
            related=tuple(self._places(breaches)),
        )

    def _places(self, breaches: Sequence[Breach]) -> Iterator[Related]:
        """What lets the first of them through, each place once."""
        first: dict[str, Breach] = {}
        for breach in breaches:
            first.setdefault(breach.pointer, breach)
        for pointer, breach in islice(first.items(), MOST_PLACES):
            yield self._place(pointer, shown(breach))

    def _overrun(self, assertion: Assertion, overrun: Overrun) -> Diagnostic:
        assert assertion.quota is not None
        words = [
            quote(tool) if tool != overrun.other else f"any other tool, such as {quote(tool)}" for tool in overrun.tools
        ]
        tools = ", ".join(words[:3]) + (f" and {len(words) - 3:,} more" if len(words) > 3 else "")
        first, *others = overrun.pointers
        return self._diagnostic(
            "AST01",
            f"{title(assertion)} does not hold: {quote(self._policy.name)} allows {overrun.count:,} calls of {tools} "
            "within one window",
            severity=assertion.severity,
            help_="add a limit per grant, or lower one: the calls of all tools that are meant count together",
            notes=_reason(assertion),
            related=(
                self._place(first, sequence(overrun)),
                *(
                    self._place(pointer, "this is the least that bounds a tool")
                    for pointer in others[: MOST_PLACES - 1]
                ),
            ),
        )

    def _idle(self, verdict: Verdict) -> Diagnostic:
        assertion = verdict.assertion
        if verdict.reasons:
            return self._diagnostic("AST03", f"{title(assertion)} checks nothing: {verdict.reasons[0]}")
        where = "the policy" if self._result.catalog is None else "the policy or the catalog"
        if assertion.selector.asks_for_classes:
            where = "the catalog"
        return self._diagnostic(
            "AST03",
            f"{title(assertion)} checks nothing: no tool of {where} is {quote(selected(assertion.selector))}",
            help_=self._help_idle(assertion),
            notes=_reason(assertion),
        )

    def _stray(self, glob: str) -> Diagnostic:
        where = "the policy has no" if self._result.catalog is None else "neither the policy nor the catalog has a"
        near = closest(glob, known_tools(self._result))
        return self._diagnostic(
            "AST03",
            f"{title(self._verdict.assertion)} says {quote(glob)}, and {where} tool of such a name",
            help_="leave it out" if near is None else f"did you mean {quote(near)}?",
        )

    def _help_idle(self, assertion: Assertion) -> str | None:
        known = known_tools(self._result)
        near = next((near for glob in assertion.selector.tools if (near := closest(glob, known)) is not None), None)
        if near is not None:
            return f"did you mean {quote(near)}?"
        catalog = self._result.catalog
        if assertion.selector.tags and catalog is not None and not any(tool.tags for tool in catalog.tools.values()):
            return "no tool of the catalog has a tag: `policyctl catalog classify` gives them"
        if assertion.selector.asks_for_classes or not assertion.kind.keeps_out:
            return None
        return "the policy denies every tool that it does not list, so that it would hold for one of such a name"

    def _untold(self, verdict: Verdict) -> Iterator[Diagnostic]:
        meant = verdict.meant
        if not meant.untold and not meant.is_open:
            return
        whom = names(meant.untold)
        if meant.is_open:
            whom = f"{whom}, and any tool that nobody lists" if whom else "any tool that nobody lists"
        yield self._diagnostic(
            "AST04",
            f"{title(verdict.assertion)} leaves out what {quote(self._policy.name)} lets through and no catalog "
            f"classes: {whom}",
            help_="classify them in a catalog, or deny what is not in it",
        )

    def _diagnostic(
        self,
        code: str,
        message: str,
        *,
        severity: Severity | None = None,
        help_: str | None = None,
        notes: tuple[str, ...] = (),
        related: tuple[Related, ...] = (),
    ) -> Diagnostic:
        pointer = child(self._verdict.assertion.pointer, self._verdict.assertion.kind)
        return Diagnostic(
            code=code,
            severity=severity or CODES[code].severity,
            message=message,
            file=self._file.name,
            span=_member(self._file, pointer),
            pointer=pointer,
            help=help_,
            notes=notes,
            related=related,
        )

    def _place(self, pointer: str, message: str) -> Related:
        maximum = child(pointer, "max")
        if maximum in self._policy.places:
            return Related(self._policy.name, message, _member(self._policy, maximum), maximum)
        return Related(self._policy.name, message, nearest_span(self._policy, pointer, key=True), pointer)


def _member(document: Document, pointer: str) -> Span:
    """A key with its value."""
    return Span(document.key_span(pointer).start, document.span(pointer).end)


def _reason(assertion: Assertion) -> tuple[str, ...]:
    return (f"the reason for it: {assertion.reason}",) if assertion.reason else ()


def _help(breach: Breach, kind: Kind) -> str:
    if kind is Kind.NEVER_ALLOW and breach.is_approved:
        return "if a person may approve it, assert `needs_approval`"
    if not kind.keeps_out:
        return "let it through in the policy, or say in `when` which calls must pass"
    if breach.pointer == "/default":
        return "the default lets through what the policy does not list: set `default: deny`, or list the tool"
    return "deny it in the policy, or leave it out of the assertion by `except` or `when`"
