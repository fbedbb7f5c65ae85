"""Differences as diagnostics, each at its place in the new policy: what a reviewer of the change looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policyctl.diagnostic import Diagnostic, Related, Severity
from policyctl.diff.codes import CODES
from policyctl.diff.compare import ALL_TOOLS, ANY_OTHER
from policyctl.diff.result import Change, Direction, Side, Unproven, Visibility, Witness
from policyctl.report.diagnostics.formats import Diagnosed
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diff.page import summary
from policyctl.report.diff.result import DiffReport
from policyctl.report.diff.words import told
from policyctl.report.page.parts import Code, say
from policyctl.report.page.text import line_of
from policyctl.source.document import Document
from policyctl.source.nearest import nearest_span
from policyctl.source.pointer import join, split

_BY_DIRECTION = {Direction.WIDER: "DIF01", Direction.NARROWER: "DIF02"}
_HELP = {
    Direction.WIDER: "if this is not meant, keep the rule that refused it",
    Direction.NARROWER: "if this is not meant, loosen the rule that refuses it",
}


def diagnosed(report: DiffReport) -> Diagnosed:
    """What formats need that know no more than diagnostics."""
    diff = report.diff
    digests = {diff.new.name: diff.new.digest}
    if diff.old.digest != diff.new.digest:
        # Of a commit it may be the same file; one that has not changed is listed once.
        digests[diff.old.name] = diff.old.digest
    if report.catalog is not None:
        digests[report.catalog.name] = report.catalog.digest
    new = report.documents[1]
    return Diagnosed(
        "policyctl diff",
        tuple(sorted(_findings(report, new), key=lambda found: found.sort_key)),
        tuple(digests),
        rule_name,
        (summary(report),),
        tables=("diff",),
        exit=report.code,
        texts={new.name: new.text},
        digests=digests,
    )


def _findings(report: DiffReport, new: Document) -> Iterator[Diagnostic]:
    failing = {id(change): change for failure in report.failures for change in failure.changes}
    # What a new default does to a tool of the catalog is told by name only where somebody does not accept it.
    touched = (change for change in report.diff.touched if id(change) in failing)
    for change in (*report.diff.entries, *touched):
        for direction, side in ((Direction.WIDER, change.wider), (Direction.NARROWER, change.narrower)):
            if side is not None:
                yield _finding(report, change, direction, side, new)
    for seen in report.diff.visibility:
        yield _sight(seen, new)


def _finding(report: DiffReport, change: Change, direction: Direction, side: Side, new: Document) -> Diagnostic:
    assert side is not None
    gates = tuple(
        f"`--fail-on {failure.gate}` does not accept it"
        for failure in report.failures
        if change in failure.changes and failure.gate.is_against(direction)
    )
    if isinstance(side, Unproven):
        message = line_of(
            say("whether ", Code(change.name), f" is {direction} is not known: {'; '.join(side.reasons)}")
        )
        return _at(new, _of_tool(new, change.name), "DIF03", message, notes=gates)
    message = line_of(say(Code(change.name), f" is {direction}: ", *told(side, change.name)))
    pointer = _of_witness(new, change.name, direction, side)
    found = _at(new, pointer, _BY_DIRECTION[direction], message, help_=_HELP[direction], notes=gates)
    return replace(found, related=tuple(_before(report.documents[0], side)))


def _before(old: Document, witness: Witness) -> Iterator[Related]:
    """Where the old policy says what it says of the call."""
    pointer = witness.old.pointer
    if pointer is not None and pointer in old.places:
        yield Related(old.name, "what refused it before", old.span(pointer), pointer)


def _at(
    new: Document, pointer: str, code: str, message: str, *, help_: str | None = None, notes: tuple[str, ...] = ()
) -> Diagnostic:
    """A finding at the smallest written value there; it is an error if a gate fails by it."""
    while pointer and pointer not in new.places:
        pointer = pointer.rpartition("/")[0]
    span = nearest_span(new, pointer, key=len(split(pointer)) > 1)
    severity = Severity.ERROR if notes else CODES[code].severity
    return Diagnostic(code, severity, message, new.name, span, pointer, help_, notes)


def _of_witness(new: Document, name: str, direction: Direction, witness: Witness) -> str:
    """The rule that refuses the call now, or where the rule stood that refused it."""
    if direction is Direction.NARROWER and witness.new.pointer is not None:
        return witness.new.pointer
    before = witness.old.pointer or ""
    match split(before):
        case ("tools" | "all_tools" as top, *_) if top == "all_tools" or join("tools", name) in new.places:
            return before
        case _:
            return _of_tool(new, name)


def _of_tool(new: Document, name: str) -> str:
    """The rules of a tool; if there are none, what decides instead."""
    if name == ALL_TOOLS:
        return "/all_tools/limits"
    pointer = join("tools", name)
    return pointer if name != ANY_OTHER and pointer in new.places else "/default"


def _sight(seen: Visibility, new: Document) -> Diagnostic:
    hidden = new.data.get("hide", [])
    entry = "*" if seen.name is None else seen.name
    name = "every tool that is not named" if seen.name is None else line_of(say(Code(seen.name)))
    if seen.new or entry not in hidden:
        return _at(new, _of_tool(new, seen.name or ANY_OTHER), "DIF04", f"{name} is shown to agents from now on")
    return _at(new, join("hide", hidden.index(entry)), "DIF04", f"{name} is hidden from agents from now on")
