"""`--decisions` and `--format ndjson`: one JSON object a call, in replay order."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from policyctl.engine.canonical import canonical
from policyctl.model.call import Call
from policyctl.model.decision import Decision
from policyctl.replay.routing import Route
from policyctl.traces.read import TraceFile

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class DecisionLines:
    """Writes a line for each decided call; what is the same for every call of a kind is rendered once."""

    def __init__(self, out: BinaryIO, *, show_args: bool) -> None:
        self._write = out.write
        self._show_args = show_args
        self._heads: dict[Decision, str] = {}
        self._tools: dict[Route, str] = {}
        self._tails: dict[TraceFile, str] = {}

    @property
    def reads(self) -> frozenset[str]:
        """The session, and the arguments where they are shown."""
        return frozenset({"session", "args"} if self._show_args else {"session"})

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        """One decided call."""
        self.write(call, route, decision, file, line)

    def write(
        self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int, *, more: str = ""
    ) -> None:
        """The line of a call, with further members of the object in it."""
        head = self._heads.get(decision) or self._head(decision)
        tool = self._tools.get(route) or self._tool(route)
        tail = self._tails.get(file) or self._tail(file)
        args = f',"args":{_arguments(call.args)}' if self._show_args else ""
        session = "null" if call.session is None else encode(call.session)
        self._write(f'{head}{tool},"session":{session}{tail}{line}}}{more}{args}}}\n'.encode())

    def _head(self, decision: Decision) -> str:
        head = self._heads[decision] = encode(fields_of(decision))[:-1]
        return head

    def _tool(self, route: Route) -> str:
        renamed = f',"recorded_tool":{encode(route.recorded)}' if route.recorded != route.tool else ""
        tool = self._tools[route] = f',"tool":{encode(route.tool)}{renamed}'
        return tool

    def _tail(self, file: TraceFile) -> str:
        tail = self._tails[file] = f',"source":{{"file":{encode(file.source)},"line":'
        return tail


def fields_of(decision: Decision) -> dict[str, Any]:
    """What a line says about a decision."""
    fields: dict[str, Any] = {
        "verdict": decision.verdict.value,
        "rule": decision.rule,
        "message": decision.message,
        "pointer": decision.pointer,
    }
    if decision.causes:
        fields |= {"cause": decision.causes[0], "causes": decision.causes}
    return fields


def _arguments(args: Any) -> str:
    try:
        return encode(args)
    except RecursionError:
        # Too deep for the encoder; the line number leads to the original.
        return "null"
    except ValueError:
        # An infinity, from a number that was out of range: Python's own spelling of it is no JSON.
        return canonical(args)
