"""A call that the user writes down, read or refused with its place."""

from __future__ import annotations

from policyctl.diagnostic import Diagnostic, Severity
from policyctl.model.call import Approval, Call
from policyctl.source.document import Document
from policyctl.source.read import read_document
from policyctl.traces.decode import interpret
from policyctl.traces.items import BadLine, Request

_FORM = 'write a call as {"tool": "name", "args": {"key": "value"}}'

#: What other formats call the fields of a call.
_MEANT = {"name": "tool", "arguments": "args", "params": "args", "parameters": "args", "input": "args", "time": "ts"}


def read_call(name: str, text: bytes) -> Call | tuple[Diagnostic, ...]:
    """The call in a text, in the normal form of traces or as a JSON-RPC request; `name` is what reports call the text."""
    document = read_document(name, text, format="json")
    if not isinstance(document, Document):
        return document
    match interpret(document.data):
        case Call() as call:
            return call
        case Request(call=call):
            return call
        case Approval():
            return (_refusal(document, "this is an approval, not a call", _FORM),)
        case BadLine(message=message, help=help_):
            better = _renaming(document.data) or help_ or _FORM
            return (_refusal(document, message.replace("the line", "this"), better),)
        case _:
            return (_refusal(document, "this is a message that calls no tool", _FORM),)


def _renaming(data: object) -> str | None:
    """What to call the fields of a call in another format; a map is for traces."""
    if not isinstance(data, dict) or "tool" in data:
        return None
    renamed = " and ".join(f"`{right}` for `{wrong}`" for wrong, right in _MEANT.items() if wrong in data)
    return f"write {renamed}" if renamed else None


def _refusal(document: Document, message: str, help_: str) -> Diagnostic:
    return Diagnostic("TRC00", Severity.ERROR, message, document.name, document.span(""), "", help_)


def unread(text: bytes) -> tuple[tuple[str, str | None], ...]:
    """Fields of a written call that nobody reads, each with the one that was probably meant."""
    document = read_document("", text, format="json")
    if not isinstance(document, Document) or not isinstance(document.data, dict) or "tool" not in document.data:
        return ()
    fields = document.data
    return tuple((field, _MEANT.get(field)) for field in fields if field not in Call.__struct_fields__)
