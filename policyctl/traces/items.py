"""What one line of a trace turns out to be."""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.model.call import Approval, Call, Outcome


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that records no call. `message` says why without a word of its content; `offset` counts code points."""

    message: str
    offset: int = 0
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A JSON-RPC `tools/call`; its outcome comes with the response of the same id."""

    call: Call


@dataclass(frozen=True, slots=True)
class Response:
    """What became of the request of this id."""

    id: str
    outcome: Outcome


class Aside:
    """A message of a protocol that is no call and says nothing about one."""


ASIDE = Aside()
Item = Call | Approval | Request | Response | Aside | BadLine
