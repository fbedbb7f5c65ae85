"""A policy before a change and after it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policyctl.diff.compare import compare
from policyctl.diff.gates import Failure, Gate, Kind, failures
from policyctl.diff.result import PolicyDiff, Relation
from policyctl.diff.wording import Rewording, rewordings
from policyctl.model.catalog import Catalog
from policyctl.model.policy import Policy
from policyctl.source.document import Document


class Standing(StrEnum):
    """What the change does to the file."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NEW = "new"
    #: The base configures a policy for a server that has none any more, or the file is not there.
    GONE = "gone"
    #: The base has it, with errors, so that nothing can be compared.
    UNREADABLE = "unreadable at the base"


@dataclass(frozen=True, slots=True)
class Version:
    """A policy without errors, and the document in which it stands."""

    policy: Policy
    document: Document


@dataclass(frozen=True, slots=True)
class Revised:
    """One policy; `old` is None where the base has none to compare with, `new` where the change has none, or has errors."""

    name: str
    standing: Standing
    old: Version | None = None
    new: Version | None = None
    catalog: Catalog | None = None
    server: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change of a policy changes for whom, held against the gates."""

    revised: Revised
    diff: PolicyDiff
    documents: tuple[Document, Document]
    failures: tuple[Failure, ...]
    rewordings: tuple[Rewording, ...]

    @property
    def is_open(self) -> bool:
        """Whether something about it is not known."""
        return self.diff.relation is Relation.UNDETERMINED or any(change.reasons for change in self.diff.entries)


def differences(policies: tuple[Revised, ...], gates: tuple[Gate, ...]) -> tuple[Difference, ...]:
    """The policies that can be compared, and are not the same byte by byte."""
    return tuple(
        _difference(each, each.old, each.new, gates)
        for each in policies
        if each.old is not None and each.new is not None and each.standing is Standing.CHANGED
    )


def _difference(revised: Revised, old: Version, new: Version, gates: tuple[Gate, ...]) -> Difference:
    diff = compare(old.policy, new.policy, revised.catalog)
    names = [change.name for change in diff.changes]
    return Difference(
        revised,
        diff,
        (old.document, new.document),
        tuple(failures(diff, gates)),
        tuple(rewordings(old.document.data, new.document.data, names)),
    )


def lets_go(policies: tuple[Revised, ...], gates: tuple[Gate, ...]) -> tuple[Revised, ...]:
    """The policies that are gone although a gate minds what is wider: calls of their servers are not governed any more."""
    minds = any(gate.kind in {Kind.WIDER, Kind.ANY} for gate in gates)
    return tuple(each for each in policies if minds and each.standing is Standing.GONE)
