"""How a page speaks about a tool; the terminal, Markdown and the site say the same."""

from __future__ import annotations

from collections.abc import Mapping

from policyctl.catalog.attacks import Threat
from policyctl.catalog.digest import is_stale
from policyctl.catalog.signs import Sign
from policyctl.model.catalog import Confidence, Risk, Tool
from policyctl.recommend.profile import Profile
from policyctl.recommend.rule import Recommendation
from policyctl.recommend.ways import Aim
from policyctl.report.recommend.words import doubt_words, raised_words
from policyctl.report.style import Role

UNCLASSIFIED = "unclassified"

RISK_ROLES: Mapping[Risk, Role | None] = {
    Risk.CRITICAL: "error",
    Risk.HIGH: "warning",
    Risk.MEDIUM: "info",
    Risk.LOW: "good",
}

CONFIDENCE: Mapping[Confidence | None, str] = {
    Confidence.HIGH: "high: several signals agree, or one that is hard to misread",
    Confidence.MEDIUM: "medium: the signals point one way, and are few",
    Confidence.LOW: "low: the signals are thin or at odds, so rules follow the stricter class",
    None: "not stated: the catalog gives the class without saying how sure it is",
}

PROFILES: Mapping[Profile, str] = {
    Profile.TOOL_PAGE: "what is published for a single tool",
    Profile.SERVER_PAGE: "what is published for a whole server",
    Profile.STRICT: "for agents that nobody watches",
}

AIMS: Mapping[Aim, tuple[str, str]] = {
    Aim.LIMIT: ("How do I rate-limit it?", "it works, and not without end"),
    Aim.BLOCK: ("How do I block it?", "no call gets through"),
    Aim.CONDITION: ("How do I let it through only under conditions?", "some calls get through"),
}

#: Each block on a page can be tried as it stands.
STANDALONE = (
    "Each block is a whole policy, which denies everything else; in a policy of your own take over what stands below "
    "`tools` or `hide`."
)

SIGNS: Mapping[Sign, str] = {
    Sign.HIDDEN_TEXT: "the definition holds characters that nobody sees",
    Sign.ADDRESSES_MODEL: "the definition holds words that are meant for a model, not for a person",
    Sign.LONG_TEXT: "the description is too long for anybody to read",
    Sign.ODD_NAME: "the name mixes alphabets that look alike",
    Sign.MILD_CLAIM: "the server's annotations claim less than the class says",
    Sign.CHANGED: "the definition is not the one that its pin names",
    Sign.STALE_REVIEW: "the review was of another definition",
}


def doubts(recommendation: Recommendation) -> tuple[str, ...]:
    """Why the rule is stricter than that of the class alone, or what is to be known before it is trusted."""
    return tuple(filter(None, (doubt_words(recommendation), raised_words(recommendation))))


def pin(signs: frozenset[Sign]) -> str:
    """Whether the definition is held to what it was."""
    if Sign.CHANGED in signs:
        return "pinned, and the definition has changed since"
    if Sign.UNPINNED in signs:
        return "not pinned: a changed definition would go unnoticed"
    # A list of tools is pinned when it is read, which says nothing about yesterday.
    return "pinned: the digest fits the definition as it is here"


def review(tool: Tool) -> str:
    """Whether a person has said something about the class; who and why follow it."""
    if tool.reviewed is None:
        return "nobody has reviewed the class"
    return "reviewed, but of another definition than this one" if is_stale(tool) else "reviewed"


def because(threat: Threat) -> str:
    """Why an attack fits the tool, as a clause; the arguments that it is about come after it."""
    return f"since {threat.because}"
