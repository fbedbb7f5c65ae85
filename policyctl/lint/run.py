"""Every chosen rule on one policy; a rule that fails does not silence the others."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policyctl.diagnostic import Diagnostic, Severity, Span
from policyctl.lint.rule import Finding, Need, Rule, Source
from policyctl.lint.subject import Subject
from policyctl.source.document import Document


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that failed on a policy: a defect of policyctl."""

    code: str
    file: str
    trace: str


@dataclass(frozen=True, slots=True)
class Linted:
    """What the rules say about one policy, in the order of every report; `skipped` rules lack what they need."""

    diagnostics: tuple[Diagnostic, ...]
    crashes: tuple[Crash, ...] = ()
    skipped: tuple[Rule, ...] = ()


def lint(subject: Subject, rules: Iterable[Rule], severities: Mapping[str, Severity] | None = None) -> Linted:
    """Run the rules; `severities` overrides a rule's own by its code."""
    found: list[Diagnostic] = []
    crashes: list[Crash] = []
    skipped: list[Rule] = []
    for rule in rules:
        if not rule.needs <= available(subject):
            skipped.append(rule)
            continue
        try:
            found.extend(_located(rule, subject, severities or {}))
        except Exception:  # noqa: BLE001 - the others still run; the command says that this one did not, and exits 70
            crashes.append(Crash(rule.code, subject.document.name, traceback.format_exc()))
    return Linted(tuple(sorted(dict.fromkeys(found), key=lambda each: each.sort_key)), tuple(crashes), tuple(skipped))


def available(subject: Subject) -> frozenset[Need]:
    """What there is beside the policy."""
    return frozenset() if subject.catalog is None else frozenset({Need.CATALOG})


def _located(rule: Rule, subject: Subject, severities: Mapping[str, Severity]) -> Iterator[Diagnostic]:
    for finding in rule.check(subject):
        document = subject.document if finding.source is Source.POLICY else subject.catalog_document
        name = document.name if document else subject.catalog.name if subject.catalog else ""
        yield Diagnostic(
            code=rule.code,
            severity=severities.get(rule.code) or finding.severity or rule.severity,
            message=finding.message,
            file=name,
            span=None if document is None else _span(finding, document),
            pointer=finding.pointer,
            help=finding.help,
            notes=finding.notes,
            fix=finding.fix,
        )


def _span(finding: Finding, document: Document) -> Span:
    if finding.part is not None:
        return document.part_span(finding.pointer, finding.part)
    return document.key_span(finding.pointer) if finding.at_key else document.span(finding.pointer)
