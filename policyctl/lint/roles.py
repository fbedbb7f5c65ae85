"""What an argument is for, as its name says: the few roles that rules know the dangers of."""

from __future__ import annotations

from enum import Enum

from policyctl.lint.names import singular, words


class Role(Enum):
    """What a text in this argument is taken for."""

    ADDRESS = "an address on the web"
    HOST = "a host"
    MAIL = "a recipient"
    FILE = "a path"
    COMMAND = "a command"
    QUERY = "a query"
    PROSE = "free text"
    OTHER = "something else"


_ADDRESSES = frozenset({"url", "uri", "href", "webhook", "endpoint", "callback", "link"})
_HOSTS = frozenset({"host", "hostname", "domain", "fqdn"})
_MAILS = frozenset({"email", "mail", "recipient", "cc", "bcc", "mailto", "addressee"})
_FILES = frozenset({"path", "file", "filename", "filepath", "directory", "dir", "folder", "pathname"})
_COMMANDS = frozenset({"command", "cmd", "script", "shell", "code", "bash", "powershell", "exec"})
_QUERIES = frozenset({"sql", "query", "statement", "cypher", "graphql"})
_PROSE = frozenset({
    "title", "body", "message", "description", "content", "text", "subject", "comment", "reason", "note", "summary",
    "prompt", "question", "caption", "reply", "justification", "explanation", "purpose",
})  # fmt: skip
#: Behind these a name is about something else of the same thing: `file_type`, `url_count`.
_ASIDE = frozenset({
    "type", "count", "size", "id", "ids", "format", "mode", "limit", "encoding", "language", "kind", "version", "status",
    "length", "depth", "name", "template", "timeout", "policy", "permission", "permissions", "extension", "mime",
})  # fmt: skip


def role_of(path: tuple[str, ...]) -> Role:
    """The role of the argument at a path, by the last word of its name that tells."""
    named = [singular(word) for word in words(path[-1])]
    if path[-1].lower() in {"to", "reply_to", "replyto"} or named in (["to"], ["reply", "to"]):
        return Role.MAIL
    if not named or (len(named) > 1 and named[-1] in _ASIDE and named[-2:] != ["file", "name"]):
        return Role.OTHER
    for known, role in _ROLES:
        if named[-1] in known or (named[0] in known and len(named) > 1 and known is not _PROSE):
            return role
    return Role.OTHER


_ROLES = (
    (_ADDRESSES, Role.ADDRESS),
    (_HOSTS, Role.HOST),
    (_MAILS, Role.MAIL),
    (_FILES, Role.FILE),
    (_COMMANDS, Role.COMMAND),
    (_QUERIES, Role.QUERY),
    (_PROSE, Role.PROSE),
)
