"""What the value of an argument is used for, as far as its name and its schema tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class ArgumentKind(StrEnum):
    """A use that matters to whoever wants to abuse a tool; what matters most comes first."""

    COMMAND = "command"
    CODE = "code"
    STATEMENT = "query statement"
    TOOL = "name of a tool"
    OPERATION = "operation"
    URL = "URL"
    PATH = "path"
    SECRET = "secret"  # noqa: S105 - a word for people
    RECIPIENT = "recipient"
    AMOUNT = "amount"
    SWITCH = "safety switch"
    MANY = "list"
    TEXT = "free text"


@dataclass(frozen=True, slots=True)
class Slot:
    """What is known of an argument: its name, its type in words, its format, how many values an `enum` leaves.

    `runs` is whether its tool runs something: then a query is a statement, else it is what somebody looks for.
    """

    name: str
    type: str
    format: str = ""
    choices: int = 0
    runs: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return words_of(self.name)

    @property
    def is_open(self) -> bool:
        """Whether a text of anybody's choosing fits."""
        if self.choices or self.type == "list of object":
            return False
        return any(word in self.type for word in ("string", "any", "list"))


def words_of(name: str) -> tuple[str, ...]:
    """The words of an identifier in whatever spelling: `origClientOrderId` is orig, client, order, id."""
    return tuple(word.lower() for word in _WORD.findall(name))


_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\dA-Za-z_]+")


# The same arguments come with tool after tool.
@lru_cache(maxsize=4096)
def kinds_of(slot: Slot) -> tuple[ArgumentKind, ...]:
    """Every kind that fits, in the order of the kinds."""
    return tuple(kind for kind in ArgumentKind if _ends_as(kind, slot) or _RULES.get(kind, _never)(slot))


#: How the name of an argument ends that takes any text of this kind.
_LAST_WORDS: Mapping[ArgumentKind, frozenset[str]] = {
    ArgumentKind.COMMAND: frozenset({"command", "commands", "cmd", "shell", "bash", "argv"}),
    ArgumentKind.STATEMENT: frozenset({"sql", "cypher", "graphql", "promql", "statement", "statements"}),
    ArgumentKind.URL: frozenset(
        {"url", "urls", "uri", "uris", "href", "endpoint", "webhook", "link", "host", "hostname", "website"}
    ),
    ArgumentKind.PATH: frozenset(
        {"path", "paths", "file", "files", "filename", "filepath", "directory", "dir", "folder"}
    ),
    ArgumentKind.SECRET: frozenset(
        {"password", "passphrase", "secret", "secrets", "token", "apikey", "credential", "credentials", "mnemonic"}
    ),
    ArgumentKind.RECIPIENT: frozenset(
        {"to", "recipient", "recipients", "address", "addresses", "email", "emails", "iban", "beneficiary", "payee"}
        | {"channel", "cc", "bcc", "phone", "wallet"}
    ),
    ArgumentKind.TEXT: frozenset(
        {"body", "message", "content", "text", "comment", "description", "subject", "prompt", "note", "notes"}
    ),
}
#: Words beside which a token is a place in a list and not a secret.
_OF_PAGES = frozenset({"page", "next", "sync", "continue", "continuation", "cursor"})


def _ends_as(kind: ArgumentKind, slot: Slot) -> bool:
    words = slot.words
    if not (slot.is_open and words and words[-1] in _LAST_WORDS.get(kind, ())):
        return False
    return kind is not ArgumentKind.SECRET or _OF_PAGES.isdisjoint(words)


def _is_code(slot: Slot) -> bool:
    # The code of a country, a currency or an error does not run.
    *before, last = slot.words or ("",)
    runs = {"code", "script", "function", "expression", "snippet", "javascript"}
    return slot.is_open and last in runs and set(before) <= {"source", "python", "js", "javascript", "java", "shell"}


def _is_statement(slot: Slot) -> bool:
    return slot.is_open and slot.runs and slot.words[-1:] in {("query",), ("pipeline",), ("aggregation",)}


def _is_tool(slot: Slot) -> bool:
    return slot.words in {("tool",), ("tool", "name"), ("function", "name"), ("action", "name")}


def _is_operation(slot: Slot) -> bool:
    # A merge method or a payment method is a detail of what the tool does anyway.
    return slot.choices > 1 and slot.words in {("method",), ("operation",), ("action",), ("command",), ("op",)}


def _is_address(slot: Slot) -> bool:
    return slot.is_open and slot.format in {"uri", "uri-reference", "url"}


def _is_key(slot: Slot) -> bool:
    beside = {"api", "private", "access", "secret", "signing"}
    return slot.is_open and slot.words[-1:] == ("key",) and not beside.isdisjoint(slot.words)


def _is_amount(slot: Slot) -> bool:
    holds_numbers = any(word in slot.type for word in ("number", "integer", "string", "any"))
    last = {"amount", "amounts", "quantity", "qty", "price", "notional"}
    return holds_numbers and not slot.choices and not last.isdisjoint(slot.words[-1:])


def _is_switch(slot: Slot) -> bool:
    words = {"force", "confirm", "confirmed", "overwrite", "skip", "bypass", "override", "hard", "purge", "cascade"}
    return "boolean" in slot.type and not (words | {"permanent", "permanently"}).isdisjoint(slot.words)


def _is_list(slot: Slot) -> bool:
    return slot.type.startswith("list")


def _never(_: Slot) -> bool:
    return False


_RULES: Mapping[ArgumentKind, Callable[[Slot], bool]] = {
    ArgumentKind.CODE: _is_code,
    ArgumentKind.STATEMENT: _is_statement,
    ArgumentKind.TOOL: _is_tool,
    ArgumentKind.OPERATION: _is_operation,
    ArgumentKind.URL: _is_address,
    ArgumentKind.SECRET: _is_key,
    ArgumentKind.AMOUNT: _is_amount,
    ArgumentKind.SWITCH: _is_switch,
    ArgumentKind.MANY: _is_list,
}
