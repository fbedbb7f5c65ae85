"""One recorded tool call, with what the record does not say left missing."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from policyctl.model.args_state import ArgsState


class Outcome(StrEnum):
    """What came of a call, as recorded; None in a call is `UNKNOWN`."""

    OK = "ok"
    TOOL_ERROR = "tool_error"
    PROTOCOL_ERROR = "protocol_error"
    DENIED = "denied"
    UNKNOWN = "unknown"


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the normal trace form (replay and diff §1); the decoder fills it straight from the text.

    `args` is what the record has, of any type; `state` says what that is worth. `ts` is RFC 3339 as written. `meta` and
    `decision` stay undecoded JSON until somebody asks.
    """

    tool: str
    args: Any = None
    ts: str | None = None
    session: str | None = None
    grant: str | None = None
    server: str | None = None
    id: str | None = None
    outcome: str | None = None
    args_state: str | None = None
    keys: list[str] | None = None
    redacted: list[str] | None = None
    decision: msgspec.Raw = msgspec.Raw(b"")
    meta: msgspec.Raw = msgspec.Raw(b"")

    @property
    def state(self) -> ArgsState:
        """The weaker of what the record declares and what it holds."""
        match self.args_state:
            case "keys_only":
                return ArgsState.KEYS_ONLY
            case "hashed":
                return ArgsState.HASHED
            case "absent":
                return ArgsState.ABSENT
            case "unparseable":
                return ArgsState.UNPARSEABLE
            case _:
                if self.args is None:
                    return ArgsState.ABSENT
                return ArgsState.FULL if isinstance(self.args, dict) else ArgsState.UNPARSEABLE

    @property
    def consumes(self) -> bool:
        """A call that failed in the protocol never reached the tool, so it uses up no quota."""
        return self.outcome != "protocol_error"


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """A person's consent on record: for one tool, exact arguments, one session, until `expires`, once.

    `args_digest` is `sha256:` and the hexadecimal SHA-256 of the arguments' canonical JSON (RFC 8785, integers exact).
    """

    tool: str
    args_digest: str
    session: str
    expires: str
    id: str


#: What `decision` and `meta` are in a call whose record has none: the one default object.
NOT_RECORDED = Call(tool="").decision
