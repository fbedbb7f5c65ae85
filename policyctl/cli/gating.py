"""From a revision and a configuration to a change that is judged.

What is judged is the change's: its policies, with the tools of its catalogs. How it is judged is the base's: rules and
severities, what is suppressed, thresholds, assertions; a change can only add to these.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policyctl.cli.accepting import Acceptance
from policyctl.cli.checking import Asserted, Documents, asserted, checked, flawed
from policyctl.cli.checking import exit_code as exit_of_check
from policyctl.cli.documents import FlawedDocumentError, load_catalog
from policyctl.cli.linting import Job, LintedFile, open_file
from policyctl.cli.replaying import change_bounds, setup_for, trace_files
from policyctl.cli.revising import Named, dropped, is_changed, named_policies, revised
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.diff.gates import Gate
from policyctl.errors import PolicyctlError
from policyctl.gate.answers import (
    about_assertions,
    about_calls,
    about_differences,
    about_findings,
    about_validity,
    skipped,
)
from policyctl.gate.revised import Revised, Standing, differences
from policyctl.gate.steps import Analysis, Outcome, Step
from policyctl.model.policy import Default, Policy
from policyctl.replay.routing import Assignment
from policyctl.report.check.result import CheckReport
from policyctl.report.gate.result import GateReport, Replayed
from policyctl.report.lint.result import LintResult
from policyctl.report.progress import progress
from policyctl.source.document import Document
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.discover import expand
from policyctl.workspace.naming import shown_name


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be judged; `revision` is the one that the change is to be merged into, `trusted` its configuration."""

    revision: str
    configuration: Configuration
    trusted: Configuration
    files: tuple[str, ...] = ()
    catalog: str | None = None
    traces: tuple[str, ...] = ()
    asserts: tuple[str, ...] = ()
    baseline: str | None = None
    fail_on: Severity = Severity.ERROR
    gates: tuple[Gate, ...] = ()
    quiet: bool = False


def judge(ask: Ask) -> GateReport:
    """Everything there is to say about a change."""
    named = named_policies(ask.files, ask.catalog, ask.configuration, ask.trusted)
    if any(gate.of for gate in ask.gates) and any(each.catalog is None for each in named):
        name = next(each.path for each in named if each.catalog is None)
        raise PolicyctlError(
            f"`[gate]` names a class, and no catalog says which tools of `{shown_name(name)}` are of it",
            hint="set `catalog`, or add `--catalog`",
        )
    catalogs = {each.catalog: load_catalog(each.catalog) for each in named if each.catalog is not None}
    linted, result = _linted(ask, named)
    policies = (
        *(
            revised(each, file, None if each.catalog is None else catalogs[each.catalog], ask.revision)
            for each, file in zip(named, linted, strict=True)
        ),
        *dropped(named, ask.trusted),
    )
    found = differences(policies, ask.gates)
    check, checking = _checked(ask, policies)
    replay, replaying = _replayed(ask, policies)
    errors = [each for file in linted for each in file.policy.checked.diagnostics if each.severity is Severity.ERROR]
    steps = (
        about_validity(errors, len(linted), result.tools),
        about_findings(_beyond(result, errors), len(result.accepted), ask.fail_on, crashed=bool(result.crashes)),
        about_differences(policies, found, ask.gates),
        checking,
        replaying,
    )
    return GateReport(
        revision=ask.revision,
        steps=steps,
        lint=result,
        policies=policies,
        differences=found,
        gates=ask.gates,
        check=check,
        replay=replay,
        remarks=tuple(_remarks(ask, named)),
    )


def _linted(ask: Ask, named: Sequence[Named]) -> tuple[list[LintedFile], LintResult]:
    opened = [open_file(each.path, None) for each in named]
    for file in opened:
        if isinstance(file, PolicyctlError):
            raise file
    configuration = replace(ask.configuration, lint=ask.trusted.lint)
    job = Job.of(configuration, (), (), catalog=ask.catalog)
    linted = [job.run(file) for file in opened if not isinstance(file, PolicyctlError)]
    return linted, job.result(linted, Acceptance(ask.trusted, ask.baseline, ask.revision))


def _beyond(result: LintResult, errors: Sequence[Diagnostic]) -> list[Diagnostic]:
    """What lint says beside what validate does."""
    return [each for each in result.diagnostics if each not in errors]


def _checked(ask: Ask, policies: Sequence[Revised]) -> tuple[CheckReport | None, Step]:
    if any(each.new is None for each in policies if each.standing is not Standing.GONE):
        return None, skipped(Analysis.CHECK, "a policy has errors")
    try:
        stated = _asserted(ask)
    except FlawedDocumentError as flaws:
        return flawed(flaws), Step(Analysis.CHECK, Outcome.FAIL, "a file of assertions has errors")
    if stated is None:
        return None, skipped(Analysis.CHECK, "nothing is asserted: `[check] asserts` names files that do")
    report = checked(stated, _in_force(policies), Documents(_documents(policies)))
    return report, about_assertions(report.results, code=exit_of_check(report, ask.fail_on))


def _asserted(ask: Ask) -> Asserted | None:
    """What the base asserts, and what the change asserts beside that."""
    if not (ask.asserts or ask.configuration.check.asserts or ask.trusted.check.asserts):
        return None
    before = Asserted(())
    if ask.asserts or ask.trusted.check.asserts:
        before = asserted(ask.asserts, ask.configuration, ask.trusted, ask.revision)
    known = {document.digest for _, document in before.files}
    now = Asserted(())
    if ask.asserts or ask.configuration.check.asserts:
        now = asserted(ask.asserts, ask.configuration, ask.configuration, None)
    added = tuple(each for each in now.files if each[1].digest not in known)
    return Asserted((*before.files, *added), ask.revision, before.absent)


def _replayed(ask: Ask, policies: Sequence[Revised]) -> tuple[Replayed | None, Step]:
    patterns = dict.fromkeys((*ask.configuration.traces.files, *ask.trusted.traces.files))
    names = ask.traces or tuple(map(str, expand(patterns)))
    if not names:
        where = "no recording matches" if patterns else "no recording is named: `[traces]` names some"
        return None, skipped(Analysis.SIMULATE, where)
    if any(each.new is None for each in policies if each.standing is not Standing.GONE):
        return None, skipped(Analysis.SIMULATE, "a policy has errors")
    from policyctl.simulate.compare.run import Against, compare
    from policyctl.simulate.run import cores, simulate

    files = trace_files(names, None, ask.configuration)
    setup = setup_for(ask.configuration, ask.trusted.gate, _in_force(policies), files, jobs=cores())
    try:
        with progress([file.stream for file in files], quiet=ask.quiet):
            base = _base(policies)
            if base is None:
                result = simulate(setup)
                return Replayed(result), about_calls(result)
            comparison = compare(setup, Against(base, change_bounds(ask.trusted.gate)))
            return Replayed(comparison, _documents(policies)), about_calls(comparison)
    finally:
        for file in files:
            file.stream.close()


def _in_force(policies: Sequence[Revised]) -> tuple[Assignment, ...]:
    return tuple(Assignment(each.new.policy, each.catalog, each.server) for each in policies if each.new is not None)


def _base(policies: Sequence[Revised]) -> tuple[Assignment, ...] | None:
    """The other side of a comparison; None where there is nothing to compare with, or nothing has changed."""
    judged = [each for each in policies if each.new is not None]
    if all(each.old is None or each.standing is Standing.UNCHANGED for each in judged):
        return None
    return tuple(Assignment(_before(each), each.catalog, each.server) for each in judged)


def _before(each: Revised) -> Policy:
    # A server that had no policy had none that could deny.
    return (
        Policy("1", Default.ALLOW, name=f"(no policy for {each.server or each.name})")
        if each.old is None
        else each.old.policy
    )


def _documents(policies: Sequence[Revised]) -> dict[str, Document]:
    versions = [version for each in policies for version in (each.old, each.new) if version is not None]
    return {version.document.name: version.document for version in versions}


def _remarks(ask: Ask, named: Sequence[Named]) -> Iterator[str]:
    """What else in the change bears on how it is judged."""
    for path in dict.fromkeys(each.catalog for each in named if each.catalog is not None):
        if os.path.isfile(path) and is_changed(path, ask.revision):
            yield f"`{shown_name(path)}` is changed too: classes and schemas are those of the change"
    file = ask.configuration.file
    if file is not None and is_changed(str(file), ask.revision):
        yield f"`{file.as_posix()}` is changed too: what it says of rules, suppressions and gates counts once it is merged"
