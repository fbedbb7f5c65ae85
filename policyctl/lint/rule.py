"""What a lint rule is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from inspect import cleandoc
from typing import TYPE_CHECKING, ClassVar

from policyctl.diagnostic import Fix, Severity
from policyctl.lint.slip import Slip
from policyctl.lint.subject import Subject

if TYPE_CHECKING:
    from policyctl.model.trace_facts import Place


class Precision(Enum):
    """How often what a rule finds is what it says, best first; the words are those of SARIF."""

    VERY_HIGH = "very-high"
    HIGH = "high"
    MEDIUM = "medium"


class Need(Enum):
    """What a rule cannot do without, beside the policy."""

    CATALOG = "catalog"
    TRACES = "traces"


class Source(Enum):
    """The document in which a finding has its place."""

    POLICY = "policy"
    CATALOG = "catalog"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found; `pointer` is its place in the document of `source`.

    The place is the value there, its key if `at_key`, or a `part` of the text there. `severity` differs from the rule's
    where the case weighs more or less. `notes` say what else there is to know, such as the call that slips through; a
    `slip` is how to tell such calls, so that recorded ones can be counted. `place` is a line of a recording, if the
    finding is about that.
    """

    pointer: str
    message: str
    help: str
    at_key: bool = False
    part: range | None = None
    notes: tuple[str, ...] = ()
    fix: Fix | None = None
    severity: Severity | None = None
    source: Source = Source.POLICY
    slip: Slip | None = None
    place: Place | None = None


class Rule:
    """A stateless check of one document; the docstring of a subclass is its page.

    The page starts with one sentence and has the headings `## Why is this bad?` and `## What to do instead`, and more
    where there is more to say. `bad` and `good` are policies (catalogs where the rule is about these); a line of carets
    under a line of `bad` says what is found and exactly where, and the words behind the carets stand in its message.
    `catalog` lists the tools that both are judged with, `trace` the recorded calls (`good_trace`, if the recording is what
    is wrong; then `finds_in_trace` has the lines, and words of the messages). `refs` are ids of CWE, OWASP and ATLAS.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    precision: ClassVar[Precision] = Precision.HIGH
    needs: ClassVar[frozenset[Need]] = frozenset()
    refs: ClassVar[tuple[str, ...]] = ()
    bad: ClassVar[str]
    good: ClassVar[str]
    catalog: ClassVar[str] = ""
    trace: ClassVar[str] = ""
    good_trace: ClassVar[str | None] = None
    finds_in_trace: ClassVar[tuple[tuple[int, str], ...]] = ()

    def check(self, subject: Subject) -> Iterator[Finding]:
        """Everything that the rule finds in the subject, in any order."""
        raise NotImplementedError

    @classmethod
    def page(cls) -> str:
        """The documentation, in Markdown."""
        return cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        """The first sentence of the page."""
        return cls.page().partition("\n\n")[0].replace("\n", " ")


class SuppressionRule(Rule):
    """A rule about the words that accept a finding; `lint.suppress` finds what it is about once all others have run.

    `configuration` is the one that both examples are judged with.
    """

    configuration: ClassVar[str] = ""

    def check(self, subject: Subject) -> Iterator[Finding]:  # noqa: ARG002 - a subject alone says nothing about it
        return iter(())
