"""The lists of tools in a capture of MCP messages, each with the server that sent it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from policyctl.catalog.sources.listing import Listing, ServerName, listing_of
from policyctl.catalog.sources.shape import ENVELOPE, is_message, unpacked
from policyctl.source.document import Document

#: Where the stateless generation of the protocol says who answers.
_SERVER_INFO = "io.modelcontextprotocol/serverInfo"
#: What only the answers that say who a server is, and what it offers, have.
_OF_LISTS = frozenset({"tools", "serverInfo", "supportedVersions"})
_SESSIONS = ("session", "sessionId", "session_id")

#: What tells connections apart in one file, as far as its envelopes say: server and session.
_Connection: TypeAlias = tuple[str | None, str | None]


@dataclass(slots=True)
class _State:
    """What is known of one connection so far."""

    server: ServerName
    has_more: bool = False

    def meet(self, server: ServerName | None) -> None:
        """Whoever introduces itself is the one who speaks from here on."""
        if server is not None:
            self.has_more = self.has_more and server == self.server
            self.server = server


def listings_of(messages: Iterable[tuple[dict[str, Any], str]], document: Document) -> Iterator[Listing]:
    """Every page of every `tools/list` in the order of the file; `messages` are its values with their pointers."""
    states: dict[_Connection, _State] = {}
    for value, pointer in messages:
        connection = _connection(value)
        state = states.setdefault(connection, _State(ServerName(id=connection[0])))
        for message, place in _opened(value, pointer):
            result = message.get("result")
            if type(result) is not dict:
                continue
            state.meet(_introduced(result, connection[0]))
            listing = listing_of(result, f"{place}/result", document, state.server, renews=not state.has_more)
            if listing is not None:
                state.has_more = listing.has_more
                yield listing


def tells_of_calls(value: dict[str, Any]) -> bool:
    """Whether this may hold what was asked of a tool, or what it answered: anything but a list and an introduction."""
    return any(not _is_about_the_server(message) for message, _ in _opened(value, ""))


def _is_about_the_server(message: dict[str, Any]) -> bool:
    if type(message.get("method")) is str:
        return message["method"] != "tools/call" and "arguments" not in (message.get("params") or ())
    result = message.get("result")
    return type(result) is dict and not _OF_LISTS.isdisjoint(result)


def _connection(value: dict[str, Any]) -> _Connection:
    # A bare message is its own envelope, in which nothing of the kind stands.
    session = next((value[key] for key in _SESSIONS if type(value.get(key)) is str), None)
    server = value.get("server")
    return (server if type(server) is str and server else None), session


def _opened(value: dict[str, Any], pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The message, or those in an envelope: a batch, or a request beside its response."""
    if is_message(value):
        yield value, pointer
        return
    for key in (*ENVELOPE, "response"):
        inner = unpacked(value.get(key))
        if is_message(inner):
            yield inner, f"{pointer}/{key}"
        elif type(inner) is list:
            yield from ((part, f"{pointer}/{key}/{index}") for index, part in enumerate(inner) if is_message(part))


def _introduced(result: dict[str, Any], called: str | None) -> ServerName | None:
    """The server as it names itself, in an answer to `initialize` or in the metadata of any; `called` outranks its name."""
    meta = result.get("_meta")
    info = result.get("serverInfo") or (meta.get(_SERVER_INFO) if type(meta) is dict else None)
    if type(info) is not dict or type(info.get("name")) is not str or not info["name"]:
        return None
    title, version = info.get("title"), info.get("version")
    return ServerName(
        # The name in the envelope is the one by which traces call the server.
        id=called or info["name"],
        name=title if type(title) is str and title else info["name"],
        version=version if type(version) is str else None,
    )
