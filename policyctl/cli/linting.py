"""From flags and configuration to linted policies."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policyctl.cli.accepting import Acceptance
from policyctl.cli.documents import load_catalog_document
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.errors import PolicyctlError
from policyctl.lint.listed import Listed
from policyctl.lint.rule import Need
from policyctl.lint.run import lint
from policyctl.lint.secret import masked
from policyctl.lint.select import choose, severities
from policyctl.lint.subject import Subject
from policyctl.model.catalog import Catalog
from policyctl.model.policy import Policy
from policyctl.reading.check import CheckedPolicy, check_policy
from policyctl.reading.dialect import Dialect
from policyctl.report.lint.result import LintedPolicy, LintResult
from policyctl.source.document import Document
from policyctl.source.read import Format
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.naming import shown_name
from policyctl.workspace.open import STDIN, read_bytes

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """The bytes of a policy; `name` is what the user wrote, `shown` what reports call it."""

    name: str
    shown: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class LintedFile:
    """A policy after the rules; `before` is the text as it was read."""

    file: OpenedFile
    before: str
    policy: LintedPolicy

    @property
    def name(self) -> str:
        """What the user wrote."""
        return self.file.name

    @property
    def encoded(self) -> bytes:
        """The text as it goes back into its file."""
        start = _BOM if self.file.raw.startswith(_BOM) else b""
        return start + self.policy.checked.text.encode()


def open_file(name: str, stdin_filename: str | None) -> OpenedFile | PolicyctlError:
    """A file that cannot be read does not silence the others."""
    try:
        return OpenedFile(name, stdin_filename or name if name == STDIN else shown_name(name), read_bytes(name))
    except PolicyctlError as error:
        return error


@dataclass(frozen=True, slots=True)
class Recordings:
    """The traces that are named, and how the configuration says that they are to be read."""

    names: tuple[str, ...]
    configuration: Configuration


@dataclass(frozen=True, slots=True)
class Job:
    """What a run of lint looks for, and what it knows beside the policies; `catalogs` are by the policy's real path."""

    rules: tuple[Listed, ...]
    severities: Mapping[str, Severity]
    dialect: Dialect
    catalogs: Mapping[str, tuple[Catalog, Document]]
    catalog: tuple[Catalog, Document] | None
    traces: Recordings | None = None

    @classmethod
    def of(
        cls,
        configuration: Configuration,
        select: Sequence[str],
        ignore: Sequence[str],
        *,
        catalog: str | None,
        traces: Sequence[str] = (),
    ) -> Job:
        """Flags outrank the configuration; a catalog that is named on the command line is for all policies."""
        configured = configuration.lint
        chosen = catalog or (configuration.catalog and str(configuration.catalog))
        servers = () if catalog else configuration.servers.values()
        return cls(
            rules=choose(select or configured.select, ignore or configured.ignore),
            severities=severities(configured.severity),
            dialect=Dialect(configuration.dialect),
            catalogs={
                os.path.realpath(server.policy): _with_classes(str(server.catalog))
                for server in servers
                if server.policy and server.catalog
            },
            catalog=_with_classes(chosen) if chosen else None,
            traces=Recordings(tuple(traces), configuration) if traces else None,
        )

    @property
    def skipped(self) -> tuple[Listed, ...]:
        """The rules that nothing is known for."""
        is_there = {Need.CATALOG: bool(self.catalog or self.catalogs), Need.TRACES: bool(self.traces)}
        return tuple(rule for rule in self.rules if not all(is_there[need] for need in rule.needs))

    def run(self, file: OpenedFile) -> LintedFile:
        """What the rules find in one file; nothing but its errors if it has any."""
        checked = check_policy(file.shown, file.raw, format=None, dialect=self.dialect)
        return LintedFile(file, checked.text, self._lint(checked, file.name))

    def mend(self, file: LintedFile, *, unsafe: bool) -> LintedFile:
        """The file with its fixes, and what is found in it then."""

        def again(text: str) -> LintedPolicy:
            checked = check_policy(file.file.shown, text.encode(), format=_format_of(file), dialect=self.dialect)
            return self._lint(checked, file.name)

        def find(text: str) -> tuple[Diagnostic, ...] | None:
            policy = again(text)
            return policy.found if policy.checked.policy else None

        if file.policy.checked.policy is None:
            return file

        def policy_in(text: str) -> Policy | None:
            return check_policy(file.file.shown, text.encode(), format=_format_of(file), dialect=self.dialect).policy

        def accepts(before: str, after: str) -> bool:
            return _lets_no_more(policy_in(before), policy_in(after), unsafe=unsafe)

        from policyctl.lint.fix import Mender

        fixed = Mender(find, accepts, unsafe).mend(file.before)
        return replace(file, policy=replace(again(fixed.text), mended=fixed.mended))

    def documents(self, files: Sequence[LintedFile]) -> dict[str, Document]:
        """Everything that a finding may have its place in, by the name that reports use."""
        known = (*self.catalogs.values(), *((self.catalog,) if self.catalog else ()))
        checked = (file.policy.checked for file in files)
        return {document.name: document for _, document in known} | {
            each.name: each.document for each in checked if each.policy and each.document
        }

    def result(self, files: Sequence[LintedFile], acceptance: Acceptance) -> LintResult:
        """All files together, less what is accepted."""
        documents = self.documents(files)
        typed = {file.policy.checked.name: file.name for file in files}
        skipped = self.skipped
        lacking = {rule.code for rule in skipped}
        # What several policies say of one catalog stands once.
        found = dict.fromkeys(each for file in files for each in file.policy.diagnostics)
        book, astray = acceptance.book(documents, typed, (rule.code for rule in self.rules if rule.code not in lacking))
        settled = book.settle(tuple(found))
        texts = {name: document.text for name, document in documents.items()}
        # An excerpt must not show a credential that a rule found.
        texts |= {file.policy.checked.name: masked(file.policy.checked.text) for file in files}
        if acceptance.configuration.suppress and acceptance.configuration.file:
            texts[acceptance.configuration.file.as_posix()] = acceptance.text
        chosen = {rule.code for rule in self.rules}
        # Whoever ignores the rules about suppressions is not told about them.
        about = tuple(each for each in (*settled.found, *astray) if each.code in chosen or each in found)
        return LintResult(
            tuple(file.policy for file in files),
            texts,
            tuple(sorted(about, key=lambda each: each.sort_key)),
            settled.accepted,
            len(self.rules),
            skipped,
        )

    def _lint(self, checked: CheckedPolicy, name: str) -> LintedPolicy:
        if checked.policy is None or checked.document is None:
            return LintedPolicy(checked)
        catalog, document = self._known(name)
        subject = Subject(checked.document, checked.policy, catalog, document)
        if not self.traces:
            linted = lint(subject, self.rules, self.severities)
            return LintedPolicy(checked, linted.diagnostics, linted.crashes)
        from policyctl.cli.observing import lint_with_traces

        return LintedPolicy(checked, *lint_with_traces(subject, self.rules, self.severities, self.traces))

    def _known(self, name: str) -> tuple[Catalog | None, Document | None]:
        own = None if name == STDIN else self.catalogs.get(os.path.realpath(Path(name)))
        return own or self.catalog or (None, None)


def _with_classes(name: str) -> tuple[Catalog, Document]:
    """A catalog with its document; tools that carry no class get one."""
    catalog, document = load_catalog_document(name)
    if all(tool.category for tool in catalog.tools.values()):
        return catalog, document
    from policyctl.catalog.classify import classify_catalog

    return classify_catalog(catalog), document


def _lets_no_more(before: Policy | None, after: Policy | None, *, unsafe: bool) -> bool:
    """Whether it is proved that a mended policy decides as before, or, if that is allowed, that it lets less through."""
    if before is None or after is None:
        return False
    from policyctl.diff.compare import compare
    from policyctl.diff.result import Relation

    fine = {Relation.EQUAL, Relation.NARROWER} if unsafe else {Relation.EQUAL}
    return compare(before, after).relation in fine


def _format_of(file: LintedFile) -> Format | None:
    document = file.policy.checked.document
    return document.format if document else None
