"""Changes as diagnostics, each at the rule that decides now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policyctl.diagnostic import Diagnostic, Span
from policyctl.simulate.codes import CODES
from policyctl.simulate.compare.change import Change, Standing
from policyctl.simulate.compare.result import Comparison, RulePair, RuleSide
from policyctl.source.document import Document
from policyctl.source.pointer import join

_OF: Mapping[Change, str] = {
    Change.NEWLY_ALLOWED: "RPL01",
    Change.APPROVAL_REMOVED: "RPL02",
    Change.NEWLY_DENIED: "RPL03",
    Change.APPROVAL_ADDED: "RPL04",
    Change.RULE_CHANGED: "RPL05",
}
_NAMES = 3


def located(comparison: Comparison, documents: Mapping[str, Document]) -> Iterator[Diagnostic]:
    """One for each pair of rules between which calls change; what cannot be told is no finding."""
    for pair in comparison.rules:
        if pair.change in _OF:
            yield _diagnostic(pair, documents.get(pair.new.policy))


def _diagnostic(pair: RulePair, document: Document | None) -> Diagnostic:
    code = CODES[_OF[pair.change]]
    pointer = _place(pair, document)
    return Diagnostic(
        code.code,
        code.severity,
        _message(pair),
        pair.new.policy,
        None if document is None else _span(document, pointer),
        pointer,
        notes=tuple(_notes(pair)),
    )


def _place(pair: RulePair, document: Document | None) -> str:
    """The rule; of a call that none decides the tool's rules, or what holds for tools without any."""
    if pair.new.pointer is not None:
        return pair.new.pointer
    tools = (join("tools", tool) for tool in pair.tools)
    return next((tool for tool in tools if document is not None and document.holds(tool)), "/default")


def _span(document: Document, pointer: str) -> Span | None:
    return document.key_span(pointer) if document.holds(pointer) else None


def _message(pair: RulePair) -> str:
    calls = f"{pair.calls:,} recorded call{'' if pair.calls == 1 else 's'} of {_tools(pair)}"
    before = _said(pair.base)
    match pair.change:
        case Change.RULE_CHANGED:
            return f"{calls} {_are(pair)} {_done(pair.new)} by `{pair.new.rule}`, and under the base policy by `{pair.base.rule}`"
        case _:
            return f"{calls} {_are(pair)} {_said(pair.new)}, and under the base policy {before}"


def _tools(pair: RulePair) -> str:
    names = ", ".join(f"`{tool}`" for tool in pair.tools[:_NAMES])
    more = len(pair.tools) - _NAMES
    return f"{names} and {more:,} more tools" if more > 0 else names


def _are(pair: RulePair) -> str:
    return "is" if pair.calls == 1 else "are"


def _said(side: RuleSide) -> str:
    return f"{_done(side)} by `{side.rule}`" if side.rule else _done(side)


def _done(side: RuleSide) -> str:
    return {"allow": "allowed", "deny": "denied", "approval": "put to a person"}[side.verdict.value]


def _notes(pair: RulePair) -> Iterator[str]:
    observed, hypothetical = pair.by_standing[Standing.OBSERVED], pair.by_standing[Standing.HYPOTHETICAL]
    if hypothetical:
        yield f"{observed:,} observed, {hypothetical:,} behind another change of their session"
    if pair.samples:
        yield "recorded at " + ", ".join(f"`{sample.file}:{sample.line}`" for sample in pair.samples)
