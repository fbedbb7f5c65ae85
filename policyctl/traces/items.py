"""What one line of a trace turns out to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from policyctl.model.call import Approval, Call, Outcome


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that records no call. `message` says why without a word of its content; `offset` counts code points."""

    message: str
    offset: int = 0
    help: str | None = None


#: What a request and its response have in common: session, server and id, as far as a capture says.
Exchange: TypeAlias = tuple[str | None, str | None, str]


@dataclass(frozen=True, slots=True)
class Request:
    """A JSON-RPC `tools/call`; its outcome comes with the response of the same exchange.

    `goes_on` says that it carries the answer to a question of the server, which makes it the same call once more.
    """

    call: Call
    exchange: Exchange | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Any other JSON-RPC request: no call, but it has a response too, which is not to be taken for another's."""

    exchange: Exchange


@dataclass(frozen=True, slots=True)
class Response:
    """What became of the request of this exchange."""

    exchange: Exchange
    outcome: Outcome


class Aside:
    """A message of a protocol that is no call and says nothing about one."""


ASIDE = Aside()


@dataclass(frozen=True, slots=True)
class Batch:
    """Several messages on one line, which one version of the protocol allowed."""

    messages: tuple[Request | Response | Question | Aside, ...]


Item = Call | Approval | Request | Response | Question | Aside | Batch | BadLine
