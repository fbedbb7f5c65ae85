"""From flags and configuration to assertions that are proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from policyctl.check.findings import findings
from policyctl.check.meant import Tools, lacking
from policyctl.check.result import Outcome
from policyctl.check.run import check
from policyctl.cli.documents import FlawedDocumentError, load_policy_document
from policyctl.cli.exits import ExitCode, strongest
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.errors import PolicyctlError
from policyctl.model.assertion import Assertions
from policyctl.model.policy import Policy
from policyctl.reading.assertions import read_assertions
from policyctl.replay.routing import Assignment
from policyctl.report.check.result import CheckReport
from policyctl.source.decode import decode_leniently
from policyctl.source.document import Document
from policyctl.source.read import read_document
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.naming import shown_name
from policyctl.workspace.open import STDIN, is_same_file, read_bytes


@dataclass(slots=True)
class Documents:
    """Policies as they are read, each with its document, in which findings have their places."""

    by_name: dict[str, Document] = field(default_factory=dict)

    def load(self, name: str) -> Policy:
        """The policy in a file. FlawedDocumentError if it has errors."""
        policy, document = load_policy_document(name)
        self.by_name[document.name] = document
        return policy


@dataclass(frozen=True, slots=True)
class Asserted:
    """The files of assertions, as the revision has them if there is one; `absent` are those that it does not have."""

    files: tuple[tuple[Assertions, Document], ...]
    revision: str | None = None
    absent: tuple[str, ...] = ()


def asserted(
    names: Sequence[str], configuration: Configuration, trusted: Configuration, revision: str | None
) -> Asserted:
    """What is asserted in these files, else in those that `trusted` has, the configuration of the revision if there is one.

    FlawedDocumentError if any of them has errors, with the errors of all.
    """
    chosen = list(dict.fromkeys(names or map(str, trusted.check.asserts)))
    if not chosen and not configuration.check.asserts:
        raise PolicyctlError(
            "no assertions were named",
            hint="name a file with `--assert FILE`, or set `asserts` in `[check]` of policyctl.toml",
        )
    contents = {name: _content(name, revision) for name in chosen}
    absent = [name for name, raw in contents.items() if raw is None]
    unlisted = [] if chosen else list(map(str, configuration.check.asserts))
    files = _read({_shown(name, raw, revision): raw for name, raw in contents.items() if raw is not None})
    return Asserted(files, revision, tuple(map(shown_name, (*absent, *unlisted))))


def _content(name: str, revision: str | None) -> bytes | None:
    if revision is None:
        return read_bytes(name)
    if name == STDIN:
        raise PolicyctlError("standard input is in no revision", hint="name a file, or leave `--base-rev` out")
    from policyctl.workspace.git import content_at

    return content_at(revision, name, missing_ok=True)


def _shown(name: str, raw: bytes, revision: str | None) -> str:
    """A file that lies here as the revision has it is called what it is here, where people look."""
    is_here = revision is None or is_same_file(name, raw)
    return shown_name(name) if is_here else f"{revision}:{shown_name(name)}"


def _read(contents: Mapping[str, bytes]) -> tuple[tuple[Assertions, Document], ...]:
    files: list[tuple[Assertions, Document]] = []
    errors: list[Diagnostic] = []
    texts: dict[str, str] = {}
    known: set[str] = set()
    for name, raw in contents.items():
        document = read_document(name, raw)
        if not isinstance(document, Document):
            errors.extend(document)
            texts[name] = decode_leniently(raw)
            continue
        reading = read_assertions(document)
        errors.extend(reading.diagnostics)
        texts[name] = document.text
        if type(document.data) is dict and "asserts" in document.data:
            known.add(name)
        if reading.assertions is not None:
            files.append((reading.assertions, document))
    if errors:
        raise FlawedDocumentError(tuple(errors), texts, known=known)
    return tuple(files)


def checked(asserts: Asserted, in_force: Sequence[Assignment], policies: Documents) -> CheckReport:
    """Every file under every policy; PolicyctlError if it needs classes and no catalog has any."""
    for assertions, document in asserts.files:
        _require_classes(assertions, document, in_force)
    known = {name for assignment in in_force for name in Tools(assignment.policy, assignment.catalog).names}
    results = tuple(
        check(assignment.policy, assignment.catalog, assertions, elsewhere=known)
        for assignment in in_force
        for assertions, _ in asserts.files
    )
    documents = {**policies.by_name, **{document.name: document for _, document in asserts.files}}
    return CheckReport(results, findings(results, documents), documents, asserts.revision, asserts.absent)


def flawed(flaws: FlawedDocumentError) -> CheckReport:
    """The report where a document has errors: nothing was checked."""
    found = tuple(sorted(flaws.diagnostics, key=lambda diagnostic: diagnostic.sort_key))
    return CheckReport((), found, {}, flawed=flaws.texts, of_no_calls=flaws.known)


def _require_classes(assertions: Assertions, document: Document, in_force: Sequence[Assignment]) -> None:
    short = [next(lacking(assertions.entries, assignment.catalog), None) for assignment in in_force]
    first = short[0] if short else None
    if first is None or None in short:
        # Of several servers some may have no catalog: what they let through is said to be unclassed.
        return
    line = document.span(first.pointer).start.line
    catalog = in_force[0].catalog
    if catalog is None:
        message = (
            f"`{first.kind}` in {document.name}:{line} is about a class, and no catalog says which tools are of it"
        )
        raise PolicyctlError(message, hint="add `--catalog FILE`")
    raise PolicyctlError(
        f"`{first.kind}` in {document.name}:{line} is about a class, and `{catalog.name}` classes no tool",
        hint=f"`policyctl catalog classify {catalog.name} -o FILE` does",
    )


def exit_code(report: CheckReport, fail_on: Severity) -> ExitCode:
    """What a run that found this exits with."""
    codes: list[ExitCode] = []
    if any(found.severity.rank <= fail_on.rank for found in report.diagnostics):
        codes.append(ExitCode.FINDINGS)
    outcomes = report.outcomes
    if outcomes[Outcome.UNDETERMINED]:
        codes.append(ExitCode.TOO_THIN)
    if not report.flawed and outcomes[Outcome.CHECKS_NOTHING] == sum(outcomes.values()):
        codes.append(ExitCode.NOTHING_CHECKED)
    return strongest(codes)
