"""Texts that talk to a model instead of describing a tool, and markup that is shown as something else than it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: A pattern looks at no more of a text: what a model has to act upon stands within reach of its attention.
_REACH = 100_000


@dataclass(frozen=True, slots=True)
class Wording:
    """A pattern and what it gives away; the sentence goes on with the words that were found."""

    pattern: re.Pattern[str]
    says: str


def _wording(pattern: str, says: str) -> Wording:
    return Wording(re.compile(pattern, re.IGNORECASE), says)


#: What an honest description may do as well, of a default for example.
PLACE_OF_SECRETS = "names a place of secrets"
#: Words by which definitions were found to steer models: each is linear and short.
_INSTRUCTIONS = (
    _wording(
        r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,30}\b(?:previous|prior|above|earlier|other|system)\b"
        r"[^.\n]{0,20}\b(?:instructions?|prompts?|rules?|messages?|tools?)\b",
        "tells the model to set its instructions aside",
    ),
    _wording(
        r"\b(?:do not|don't|never|without)\b[^.\n]{0,20}\b(?:tell|telling|mention|mentioning|inform|informing|reveal|"
        r"revealing|show|showing|notify|notifying)\b[^.\n]{0,30}\b(?:users?|humans?|person|anyone|anybody)\b",
        "tells the model to keep something from the user",
    ),
    _wording(
        r"\b(?:before|after|prior to) (?:using|calling|invoking|running) (?:any|every|each|all|another|other)\b"
        r"[^.\n]{0,20}\btools?\b|\bthis tool (?:must|has to) (?:always )?be (?:called|used|run|invoked)\b"
        r"|\balways (?:call|use|run|invoke) this tool (?:first|before)\b",
        "puts itself before other tools",
    ),
    _wording(
        r"< ?/? ?(?:important|system|instructions?|assistant|secret|hidden|critical|admin) ?>"
        r"|\[ ?/? ?(?:inst|system|system prompt) ?\]|<\|[a-z_]{2,20}\|>",
        "imitates the marks of a prompt",
    ),
    _wording(
        r"(?:~|\$home|/root|/home/[\w.-]{1,30})?/?\.(?:ssh|aws|gnupg|kube|netrc)\b(?:/[\w./-]{0,60})?|\bid_(?:rsa|ed25519)\b"
        r"|\bmcp\.json\b|\bclaude_desktop_config\b|/etc/(?:passwd|shadow)\b",
        PLACE_OF_SECRETS,
    ),
)
_MARKUP = (
    _wording(
        r"<\s{0,9}(?:script|iframe|img|svg|object|embed|form|link|style|meta)\b[^>\n]{0,200}>|\bjavascript:",
        "has markup",
    ),
    _wording(r"!\[[^\]\n]{0,100}\]\([^)\n]{1,200}\)", "has an image that is fetched when it is shown"),
)
_COMMENT = re.compile(r"<!--(.{0,200})", re.DOTALL)
#: Longer than any hash or key that an example shows.
_BLOB = re.compile(r"[A-Za-z0-9+/_-]{200,}={0,2}")


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """What the text does to a model, and the words that show it."""
    for wording in _INSTRUCTIONS:
        found = wording.pattern.search(text, 0, _REACH)
        if found:
            yield wording.says, found[0].strip()


def markup(text: str) -> Iterator[tuple[str, str]]:
    """Markup that would do something where it is rendered."""
    for wording in _MARKUP:
        found = wording.pattern.search(text, 0, _REACH)
        if found:
            yield wording.says, found[0]


def comment(text: str) -> str | None:
    """What an HTML comment says, which a page does not show and a model reads."""
    found = _COMMENT.search(text, 0, _REACH)
    return found[1].partition("-->")[0].strip() if found else None


def blob(text: str) -> str | None:
    """A long run of letters that may be an encoded text."""
    found = _BLOB.search(text, 0, _REACH)
    return found[0] if found and not found[0].isalpha() else None
