"""Every chosen rule on one policy; a rule that fails does not silence the others."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from policyctl.diagnostic import Diagnostic, Position, Severity, Span
from policyctl.lint.listed import Check
from policyctl.lint.rule import Finding, Need, Source
from policyctl.lint.secret import masked
from policyctl.lint.slip import Slip
from policyctl.lint.subject import Subject
from policyctl.source.document import Document
from policyctl.source.nearest import nearest_span


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that failed on a policy: a defect of policyctl."""

    code: str
    file: str
    trace: str


@dataclass(frozen=True, slots=True)
class Linted:
    """What the rules say about one policy, in the order of every report; `skipped` rules lack what they need.

    `slips` tell the calls that some of the findings let through.
    """

    diagnostics: tuple[Diagnostic, ...]
    crashes: tuple[Crash, ...] = ()
    skipped: tuple[Check, ...] = ()
    slips: Mapping[Diagnostic, Slip] = field(default_factory=dict)


def lint(subject: Subject, rules: Iterable[Check], severities: Mapping[str, Severity] | None = None) -> Linted:
    """Run the rules; `severities` overrides a rule's own by its code."""
    found: dict[Diagnostic, Slip | None] = {}
    crashes: list[Crash] = []
    skipped: list[Check] = []
    for rule in rules:
        if not rule.needs <= available(subject):
            skipped.append(rule)
            continue
        try:
            found |= _located(rule, subject, severities or {})
        except Exception:  # noqa: BLE001 - the others still run; the command says that this one did not, and exits 70
            crashes.append(Crash(rule.code, subject.document.name, traceback.format_exc()))
    slips = {each: slip for each, slip in found.items() if slip}
    return Linted(tuple(sorted(found, key=lambda each: each.sort_key)), tuple(crashes), tuple(skipped), slips)


def available(subject: Subject) -> frozenset[Need]:
    """What there is beside the policy."""
    has = {Need.CATALOG: subject.catalog is not None, Need.TRACES: subject.traces is not None}
    return frozenset(need for need, is_there in has.items() if is_there)


def _located(rule: Check, subject: Subject, severities: Mapping[str, Severity]) -> dict[Diagnostic, Slip | None]:
    return {_diagnostic(rule, finding, subject, severities): finding.slip for finding in rule.check(subject)}


def _diagnostic(rule: Check, finding: Finding, subject: Subject, severities: Mapping[str, Severity]) -> Diagnostic:
    file, span, pointer = _place(finding, subject)
    return Diagnostic(
        code=rule.code,
        severity=severities.get(rule.code) or finding.severity or rule.severity,
        # Whatever a rule quotes, a report must not show a credential.
        message=masked(finding.message),
        file=file,
        span=span,
        pointer=pointer,
        help=masked(finding.help),
        notes=tuple(masked(note) for note in finding.notes),
        fix=finding.fix,
    )


def _place(finding: Finding, subject: Subject) -> tuple[str, Span | None, str | None]:
    """File, stretch and pointer."""
    if finding.place is not None:
        file, line = finding.place
        # Offsets of a recording are counted from the start of the line, as for lines that cannot be read.
        start = Position(0, line, 1)
        return file, Span(start, start), None
    if finding.source is Source.CATALOG:
        document = subject.catalog_document
        name = subject.catalog.name if subject.catalog else ""
    else:
        document, name = subject.document, subject.document.name
    return name, None if document is None else _span(finding, document), finding.pointer


def _span(finding: Finding, document: Document) -> Span:
    if finding.source is Source.CATALOG:
        # What a class or a default says is not written everywhere.
        return nearest_span(document, finding.pointer, key=finding.at_key)
    if finding.part is not None:
        return document.part_span(finding.pointer, finding.part)
    return document.key_span(finding.pointer) if finding.at_key else document.span(finding.pointer)
