"""Approvals on record, and which calls they cover (language §3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policyctl.engine.canonical import digest
from policyctl.engine.decide import Consent, reasons
from policyctl.engine.record import Record, Seen
from policyctl.engine.truth import Truth
from policyctl.model.call import Approval
from policyctl.model.decision import Doubt
from policyctl.model.time import instant


@dataclass(slots=True)
class OnRecord:
    """One approval and whether it is used up; several policies that are replayed together share it."""

    approval: Approval
    expires: int | None
    used: Truth = Truth.FALSE


class Approvals:
    """What people consented to so far; each consent covers one call."""

    def __init__(self) -> None:
        #: By tool, then by the digest of the arguments: a call with known arguments looks at its own only.
        self._entries: dict[str, dict[str, list[OnRecord]]] = {}

    def __bool__(self) -> bool:
        return bool(self._entries)

    def add(self, approval: Approval, tool: str, shared: OnRecord | None = None) -> OnRecord:
        """A person's consent, from here on in the trace; `tool` is the policy's name of the tool.

        The same consent written down twice is one: what is used up stays used up.
        """
        entries = self._entries.setdefault(tool, {}).setdefault(approval.args_digest, [])
        for entry in entries:
            if entry.approval == approval:
                return entry
        entry = shared or OnRecord(approval, instant(approval.expires))
        entries.append(entry)
        return entry

    def consent(self, record: Record, tool: str) -> Consent:
        """Whether some approval covers this call; if none does, the remark says how close one came."""
        if tool not in self._entries:
            return Consent(Truth.FALSE)
        matches = [match for _, match in self._matches(record, tool)]
        if any(match.state is Truth.TRUE for match in matches):
            return Consent(Truth.TRUE)
        doubts = tuple(doubt for match in matches for doubt in match.doubts)
        if doubts:
            return Consent(Truth.UNKNOWN, doubts=doubts)
        remarks = [match.remark for match in matches]
        return Consent(Truth.FALSE, remark=max(remarks, key=_REMARKS.index, default=_ARGUMENTS))

    def use(self, record: Record, tool: str, *, certain: bool) -> None:
        """An allowed call uses up the approval that covers it; an undetermined one may have."""
        if tool not in self._entries:
            return
        for entry, match in list(self._matches(record, tool)):
            if match.state is Truth.TRUE:
                entry.used = Truth.TRUE if certain else Truth.UNKNOWN
                return
            if match.state is Truth.UNKNOWN:
                entry.used = Truth.UNKNOWN

    def _matches(self, record: Record, tool: str) -> Iterator[tuple[OnRecord, Consent]]:
        by_digest = self._entries[tool]
        match record.whole:
            case Seen(value=value):
                doubts: tuple[Doubt, ...] = ()
                candidates = by_digest.get(digest(value), [])
            case found:
                doubts = reasons(found)
                candidates = [entry for entries in by_digest.values() for entry in entries]
        for entry in candidates:
            yield entry, _match(entry, record, doubts)


#: Why an approval does not count, the closest miss last.
_REMARKS = (
    "",
    " (the approval on record is for other arguments)",
    " (the approval on record is for another session)",
    " (the approval on record has expired)",
    " (the approval on record was used before)",
)
_ARGUMENTS, _SESSION, _EXPIRED, _USED = _REMARKS[1:]


def _match(entry: OnRecord, record: Record, unknown_arguments: tuple[Doubt, ...]) -> Consent:
    """Compares session, time and use, in this order; the first difference that is certain settles it."""
    doubts = list(unknown_arguments)
    session = record.call.session
    if session is None:
        doubts.append(Doubt("no-subject", "session"))
    elif session != entry.approval.session:
        return Consent(Truth.FALSE, remark=_SESSION)
    if entry.expires is None or (record.at is not None and record.at >= entry.expires):
        return Consent(Truth.FALSE, remark=_EXPIRED)
    if record.at is None:
        doubts.append(Doubt("no-time", "ts"))
    if entry.used is Truth.TRUE:
        return Consent(Truth.FALSE, remark=_USED)
    if entry.used is Truth.UNKNOWN:
        doubts.append(Doubt("usage-unknown", None))
    return Consent(Truth.UNKNOWN if doubts else Truth.TRUE, doubts=tuple(doubts))
