"""Scores a policy on sessions whose outcome is known (replay and diff §2.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyctl.model.call import Call
from policyctl.model.decision import Decision, Verdict
from policyctl.replay.routing import Route
from policyctl.simulate.result import BrokenSession, LabelScore
from policyctl.simulate.selector import Selector, any_matches
from policyctl.traces.read import TraceFile

#: So many good sessions that broke are shown; all are counted.
SHOWN = 10


@dataclass(slots=True)
class _Session:
    """What is known of one session so far."""

    is_bad: bool = False
    is_good: bool = False
    attack_denied: bool = False
    held: bool = False
    open: bool = False
    first_denied: BrokenSession | None = None


class Labels:
    """A watcher that keeps one small record for each session."""

    def __init__(self, *, bad: Sequence[Selector], good: Sequence[Selector], attack: Sequence[Selector]) -> None:
        self._bad, self._good, self._attack = tuple(bad), tuple(good), tuple(attack)
        self._sessions: dict[str, _Session] = {}

    def afresh(self) -> Labels:
        """The same labels for another replay."""
        return Labels(bad=self._bad, good=self._good, attack=self._attack)

    @property
    def reads(self) -> frozenset[str]:
        """The session, and the fields that its selectors name."""
        return frozenset({"session"}).union(*(selector.fields for selector in (*self._bad, *self._good, *self._attack)))

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        """Labels the session of the call and notes what became of it."""
        if call.session is None:
            return
        session = self._sessions.get(call.session)
        if session is None:
            session = self._sessions[call.session] = _Session()
        session.is_bad = session.is_bad or any_matches(self._bad, call)
        session.is_good = session.is_good or any_matches(self._good, call)
        match decision.verdict:
            case Verdict.DENY:
                if session.first_denied is None:
                    session.first_denied = BrokenSession(call.session, route.tool, decision.rule, file.name, line)
                session.attack_denied = session.attack_denied or any_matches(self._attack, call)
            case Verdict.APPROVAL:
                session.held = True
            case Verdict.UNDETERMINED:
                session.open = True
            case Verdict.ALLOW:
                pass

    def score(self) -> LabelScore:
        """The tallies over all sessions; one that is called both good and bad counts as neither."""
        sessions = self._sessions.values()
        bad = [session for session in sessions if session.is_bad and not session.is_good]
        good = [session for session in sessions if session.is_good and not session.is_bad]
        broken = [session.first_denied for session in good if session.first_denied is not None]
        return LabelScore(
            bad=len(bad),
            stopped=sum(session.attack_denied for session in bad),
            touched=sum(session.first_denied is not None for session in bad),
            bad_held=sum(_waits(session) for session in bad if not session.attack_denied),
            bad_open=sum(session.open for session in bad if not session.attack_denied and not session.held),
            good=len(good),
            broken=len(broken),
            good_held=sum(_waits(session) for session in good),
            good_open=sum(session.open for session in good if session.first_denied is None and not session.held),
            unlabelled=sum(not session.is_bad and not session.is_good for session in sessions),
            both=sum(session.is_bad and session.is_good for session in sessions),
            bad_selector=_text(self._bad),
            good_selector=_text(self._good),
            attack_selector=_text(self._attack),
            examples=tuple(broken[:SHOWN]),
        )


def _waits(session: _Session) -> bool:
    return session.held and session.first_denied is None


def _text(selectors: Sequence[Selector]) -> str:
    return " or ".join(selector.text for selector in selectors)
