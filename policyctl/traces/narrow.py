"""Lines in the normal form, read no further than a replay asks: what a tool's arguments are asked for, and who called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Union

import msgspec

from policyctl.traces.decode import MISSHAPEN

#: What is read of every line, in the order of `astuple`. A decoder is quickest with members in the order of its fields,
#: and this is the one in which most recorders write.
FIELDS = ("ts", "session", "grant", "server", "args", "id")

#: Fields of a call that change what its arguments are worth, or that somebody compares with: a line that has one of them
#: is read whole.
_PLAIN: tuple[tuple[str, Any, None], ...] = (
    ("args_state", Literal["full"] | None, None),
    ("redacted", None, None),
    ("decision", None, None),
)

#: Stand in where fewer than two tools are known: a type that is no union would not insist on `tool`.
_STAND_INS: Mapping[str, type[msgspec.Struct]] = {tool: msgspec.defstruct("Nothing", ()) for tool in ("", "-")}


class Narrow:
    """A decoder for the calls of certain tools; `args` are of a type that is given for each.

    Every line that it takes is a call in the normal form, with the same fields as its whole. All else it leaves to others:
    other tools, arguments that are no object, fields of unusual types, and what is no JSON. Bytes that nobody asks for
    are skipped, so that whether they are UTF-8 has to be known before.
    """

    def __init__(self, extra: Sequence[tuple[str, Any, Any]] = ()) -> None:
        self._extra = extra
        self._types: dict[str, type[msgspec.Struct]] = {}
        #: By the type of a decoded call.
        self.tools: dict[type, str] = {}
        self._decode: Callable[[bytes], Any] | None = None

    def knows(self, tool: str) -> bool:
        """Whether lines of this tool are read."""
        return tool in self._types

    def learn(self, arguments: Mapping[str, type[msgspec.Struct]]) -> None:
        """From now on lines of these tools are read too, and of their arguments what fits into these types."""
        if self._decode is not None and not arguments.keys() - self._types.keys():
            return
        for tool, args in {**_STAND_INS, **arguments}.items():
            if tool not in self._types:
                record = self._types[tool] = self._record(tool, args)
                self.tools[record] = tool
        self._decode = msgspec.json.Decoder(Union[tuple(self._types.values())]).decode

    def _record(self, tool: str, args: type[msgspec.Struct]) -> type[msgspec.Struct]:
        # Who asks nothing of the arguments does not mind if there are none.
        kind: tuple[Any, ...] = ("args", args) if args.__struct_fields__ else ("args", args | None, None)
        fields = (kind if field == "args" else (field, str | None, None) for field in FIELDS)
        return msgspec.defstruct(
            "Narrow", [*fields, *self._extra, *_PLAIN], tag_field="tool", tag=tool, gc=False, kw_only=True
        )

    def decode(self, lines: Sequence[bytes]) -> tuple[list[Any], list[int]]:
        """A call or None for each line, and which lines are to be read in another way."""
        decode = self._decode
        if decode is None:
            return [None] * len(lines), list(range(len(lines)))
        calls: list[Any] = []
        odd: list[int] = []
        rest = iter(lines)
        while len(calls) < len(lines):
            try:
                calls.extend(map(decode, rest))
            except MISSHAPEN:
                # Those before it were added.
                odd.append(len(calls))
                calls.append(None)
        return calls, odd
