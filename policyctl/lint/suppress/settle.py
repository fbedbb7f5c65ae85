"""Findings against what is accepted: what is left to report, and what is wrong with the words themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policyctl.diagnostic import Diagnostic, Severity
from policyctl.lint.suppress.entry import Accepted, Entry, content_of
from policyctl.lint.table import BY_NAME
from policyctl.source.document import Document


@dataclass(frozen=True, slots=True)
class Settled:
    """What is still reported, and what is accepted."""

    found: tuple[Diagnostic, ...]
    accepted: tuple[Accepted, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that is accepted in a run; `documents` are those that were linted, by the name that findings use.

    `codes` are all that can be accepted, `ran` those of the rules that ran: of others nothing can be said.
    """

    entries: Sequence[Entry]
    documents: Mapping[str, Document]
    codes: frozenset[str]
    ran: frozenset[str]
    today: date

    def settle(self, found: Sequence[Diagnostic]) -> Settled:
        """Each finding goes to the first entry that covers it and is good for it."""
        good: dict[str, list[Entry]] = {}
        troubles: list[Diagnostic] = []
        for entry in self.entries:
            trouble = self._trouble(entry)
            if trouble is not None:
                troubles.append(trouble)
            elif self._content_holds(entry):
                good.setdefault(entry.code, []).append(entry)
        used: set[Entry] = set()
        left: list[Diagnostic] = []
        accepted: list[Accepted] = []
        for diagnostic in found:
            covering = next((each for each in good.get(diagnostic.code, ()) if each.covers(diagnostic)), None)
            if covering is None:
                left.append(diagnostic)
                continue
            used.add(covering)
            if _is_endless(covering, diagnostic):
                left.append(diagnostic)
                troubles.append(_endless(covering))
            else:
                accepted.append(Accepted(diagnostic, covering))
        troubles.extend(self._unused(good, used))
        return Settled((*left, *dict.fromkeys(troubles)), tuple(accepted))

    def _trouble(self, entry: Entry) -> Diagnostic | None:
        """Why the words are good for nothing; a baseline is written by a program and only shrinks."""
        if entry.kind == "baseline":
            return None
        if entry.code not in self.codes:
            message = f"`{entry.code}` is no rule" if entry.code else "no rule is named"
            return _say("lost-suppression", entry, message, "name one rule by its code; `policyctl rule` lists them")
        if not entry.reason:
            message = f"`{entry.code}` is ignored without a reason"
            return _say("unreasoned-suppression", entry, message, "say why the finding can be accepted")
        if entry.expires is not None and entry.expires < self.today:
            message = f"the suppression of `{entry.code}` ended on {entry.expires.isoformat()}"
            return _say(
                "expired-suppression", entry, message, "mend what was found, or look at it again and set a new day"
            )
        return None if self._content_holds(entry) else _voided(entry)

    def _content_holds(self, entry: Entry) -> bool:
        document = self.documents.get(entry.file)
        if entry.content is None or entry.at is None or document is None:
            return True
        return content_of(document, entry.at) in {entry.content, None}

    def _unused(self, good: Mapping[str, Sequence[Entry]], used: set[Entry]) -> Iterator[Diagnostic]:
        for code, entries in good.items():
            for entry in entries:
                is_known = code in self.ran and entry.file in self.documents
                if is_known and entry not in used and entry.kind != "baseline":
                    message = f"`{code}` finds nothing here that could be ignored"
                    yield _say("unused-suppression", entry, message, "remove the suppression")


def _voided(entry: Entry) -> Diagnostic:
    message = f"what `{entry.code}` was ignored for at `{entry.at}` has changed since"
    return _say("voided-suppression", entry, message, "look at it again, and renew the entry with `policyctl suppress`")


def _is_endless(entry: Entry, found: Diagnostic) -> bool:
    """An error may be accepted for a time only; a comment stands beside what it is about, and is seen."""
    return entry.kind == "configuration" and found.severity is Severity.ERROR and entry.expires is None


def _endless(entry: Entry) -> Diagnostic:
    message = f"`{entry.code}` is an error, and its suppression has no end"
    return _say(
        "expired-suppression", entry, message, "add `expires` with the day on which it has to be looked at again"
    )


def lost(entry: Entry) -> Diagnostic:
    """An entry about a file that is not there."""
    message = f"there is no file `{entry.file}` in which `{entry.code}` could be ignored"
    return _say("lost-suppression", entry, message, "remove the entry, or name the file where it is now")


def _say(name: str, entry: Entry, message: str, help: str) -> Diagnostic:
    rule = BY_NAME[name]
    file, span = entry.place
    return Diagnostic(rule.code, rule.severity, message, file, span, None, help)
