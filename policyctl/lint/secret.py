"""Credentials by their shape. What is found is named by its kind; the text itself goes nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Secret:
    """A credential within a text: what it is, and where."""

    kind: str
    start: int
    end: int


#: Shapes that their issuers chose so that they can be told from other text.
_SHAPES: tuple[tuple[str, str], ...] = (
    ("a private key", r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----"),
    ("an access key of AWS", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("a token of GitHub", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{36,255})\b"),
    ("a token of GitLab", r"\bgl(?:pat|dt|rt|ptt)-[A-Za-z0-9_-]{20,}"),
    ("a token of Slack", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("a webhook of Slack", r"\bhooks\.slack\.com/services/T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{16,}"),
    ("a key of Stripe", r"\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}"),
    ("an API key", r"\bsk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{32,}"),
    ("an API key of Google", r"\bAIza[0-9A-Za-z_-]{35}\b"),
    ("a token of npm", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a token of PyPI", r"\bpypi-AgE[A-Za-z0-9_-]{50,}"),
    ("a token of Hugging Face", r"\bhf_[A-Za-z0-9]{30,}\b"),
    ("a token of a Telegram bot", r"\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}\b"),
    ("a signed web token", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}"),
    ("a bearer token", r"\b[Bb]earer +[A-Za-z0-9._~+/-]{24,}=*"),
    ("a password in an address", r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,100}:(?P<password>[^\s/@]{4,200})@"),
)
_ANY = tuple((kind, re.compile(shape)) for kind, shape in _SHAPES)
#: What people write where a credential would stand.
_STANDS_IN = re.compile(
    r"example|sample|placeholder|your[-_]|changeme|redacted|dummy|xxxx|\*\*\*|\.\.\.|<[^>]*>|\$\{|\{\{|^password$|^pass$",
    re.IGNORECASE,
)
_VARIETY = 6


def secrets_in(text: str) -> Iterator[Secret]:
    """The credentials in a text, in its order; of two that overlap the first shape is the more telling one."""
    end = 0
    found = sorted(
        (match.start(), rank, kind, match)
        for rank, (kind, shape) in enumerate(_ANY)
        for match in shape.finditer(text)
        if not _stands_in(match)
    )
    for start, _, kind, match in found:
        if start >= end:
            end = match.end()
            yield Secret(kind, start, end)


def _stands_in(match: re.Match[str]) -> bool:
    words = match.groupdict().get("password") or match[0]
    if match[0].startswith("-----"):
        return False
    few = len(set(words)) < (4 if "password" in match.groupdict() else _VARIETY)
    return few or _STANDS_IN.search(words) is not None


#: What follows the first line of a private key: all of it, or the rest of the line if its end is not there.
_BODY = re.compile(r"(?:(?!-----BEGIN)[\s\S]){0,20000}?-----END [A-Z0-9 ]*PRIVATE KEY-----|[^\n]*")


def masked(text: str) -> str:
    """The same text, of the same length, in which a bullet stands for each character of a credential."""
    parts: list[str] = []
    end = 0
    for secret in secrets_in(text):
        body = _BODY.match(text, secret.end) if "PRIVATE KEY" in text[secret.start : secret.end] else None
        stop = body.end() if body else secret.end
        parts += [text[end : secret.start], re.sub(r"[^\r\n]", "•", text[secret.start : stop])]
        end = stop
    return "".join([*parts, text[end:]])
