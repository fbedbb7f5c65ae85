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
        #: By tool, session and the digest of the arguments: a call that says all three looks at its own only.
        self._entries: dict[str, dict[str, dict[str, dict[Approval, OnRecord]]]] = {}
        #: Which arguments somebody approved for a tool, in whatever session.
        self._digests: dict[str, set[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._entries)

    def add(self, approval: Approval, tool: str, shared: OnRecord | None = None) -> OnRecord:
        """A person's consent, from here on in the trace; `tool` is the policy's name of the tool.

        The same consent written down twice is one: what is used up stays used up.
        """
        entries = self._entries.setdefault(tool, {}).setdefault(approval.session, {})
        self._digests.setdefault(tool, set()).add(approval.args_digest)
        same = entries.setdefault(approval.args_digest, {})
        if approval not in same:
            same[approval] = shared or OnRecord(approval, instant(approval.expires))
        return same[approval]

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
        return Consent(Truth.FALSE, remark=max(remarks, key=_REMARKS.index, default=self._elsewhere(record, tool)))

    def _elsewhere(self, record: Record, tool: str) -> str:
        """What there is for a call whose session has no approval of its arguments."""
        whole = record.whole
        is_approved = not isinstance(whole, Seen) or digest(whole.value) in self._digests[tool]
        return _SESSION if is_approved else _ARGUMENTS

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
        session, sessions = record.call.session, self._entries[tool]
        own = sessions.values() if session is None else (sessions.get(session, {}),)
        match record.whole:
            case Seen(value=value):
                doubts: tuple[Doubt, ...] = ()
                wanted = digest(value)
                candidates = [entry for by_digest in own for entry in by_digest.get(wanted, {}).values()]
            case found:
                doubts = reasons(found)
                candidates = [entry for by_digest in own for same in by_digest.values() for entry in same.values()]
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
    """Compares time and use, in this order, of an approval for this session; the first certain difference settles it."""
    doubts = list(unknown_arguments)
    session = record.call.session
    if session is None:
        doubts.append(Doubt("no-subject", "session"))
    if entry.expires is None or (record.at is not None and record.at >= entry.expires):
        return Consent(Truth.FALSE, remark=_EXPIRED)
    if record.at is None:
        doubts.append(Doubt("no-time", "ts"))
    if entry.used is Truth.TRUE:
        return Consent(Truth.FALSE, remark=_USED)
    if entry.used is Truth.UNKNOWN:
        doubts.append(Doubt("usage-unknown", None))
    return Consent(Truth.UNKNOWN if doubts else Truth.TRUE, doubts=tuple(doubts))
