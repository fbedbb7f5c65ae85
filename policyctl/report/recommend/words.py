"""How the reports put rules, classes and doubts into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from policyctl.catalog.classify.risk import DEFAULT
from policyctl.model.catalog import Category, Evidence, Tool
from policyctl.recommend.evidence import warnings
from policyctl.recommend.profile import Outcome
from policyctl.recommend.rule import Recommendation
from policyctl.recommend.standing import Because, is_settled
from policyctl.report.page.parts import Code, Part
from policyctl.report.style import Role

ROLES: dict[Outcome, Role] = {
    Outcome.OPEN: "good",
    Outcome.LIMITED: "good",
    Outcome.APPROVAL: "info",
    Outcome.DENIED: "error",
    Outcome.HIDDEN: "error",
}
#: How a sentence about a tool's text goes on; the first is followed by what is hidden, the second says it itself.
_ODD = {"hidden text": "", "instructions": "speaks to the model and"}
_BOUND = frozenset({"require", "deny_if"})


def rule_words(each: Recommendation) -> str:
    """The rule in a few words, for a column."""
    match each.outcome:
        case Outcome.OPEN:
            return "allowed"
        case Outcome.LIMITED:
            bounded = ", bounded" if _BOUND & (each.rules or {}).keys() else ""
            return " and ".join(map(str, each.rate)) + bounded
        case Outcome.APPROVAL:
            return "a person approves" if each.gap is None else "completed, then approved"
        case Outcome.DENIED:
            return "denied"
        case Outcome.HIDDEN:
            return "hidden and denied"


def class_words(tool: Tool) -> str:
    """`Write`, or `Write, High` where the risk is not the usual one."""
    if tool.category is None:
        return "none"
    usual = tool.risk is None or tool.risk is DEFAULT[tool.category]
    return tool.category.value if usual else f"{tool.category}, {tool.risk}"


def said(text: str) -> tuple[Part, ...]:
    """A sentence in which every second backtick ends a word of the catalog."""
    return tuple(Code(part) if number % 2 else part for number, part in enumerate(text.split("`")) if part)


def evidence_words(evidence: Evidence | None, tool: Tool) -> str:
    """Why the class, in the words of what decided it: a person's, or those of a signal."""
    if tool.reviewed is not None and is_settled(tool):
        return f"reviewed: {tool.reviewed.why}"
    if evidence is None:
        return "as the catalog says"
    return evidence.says if evidence.where in {"name", "catalog"} else f"{evidence.where}: {evidence.says}"


def raised_words(each: Recommendation) -> str:
    """Why the rule is stricter than that of the class although nobody doubts it; nothing if it is not."""
    if each.asks_review:
        return "it reads private data, which waits for a reviewed entry"
    if each.raised_to is None:
        return ""
    return f"its risk is {each.tool.risk}, so it is held to the rule for {each.raised_to} too"


def doubt_words(each: Recommendation) -> str:
    """What is not sure about the class, and what is wrong with the tool's texts."""
    by_reason: dict[Because, list[Category]] = {}
    for standing in each.doubts:
        by_reason.setdefault(standing.because, []).append(standing.category)
    doubts = [_doubt(each.tool, because, found) for because, found in by_reason.items()]
    return "; ".join(
        (*doubts, *(f"its {odd.where} {_ODD[odd.signal]} {odd.says}".rstrip() for odd in warnings(each.tool)))
    )


def _doubt(tool: Tool, because: Because, categories: Iterable[Category]) -> str:
    also = " or ".join(categories)
    match because:
        case Because.LOW_CONFIDENCE:
            return (
                "the evidence is thin" if also == tool.category else f"the evidence is thin: it may be {also} as well"
            )
        case Because.STALE_REVIEW:
            changed = f"it changed since it was reviewed as {tool.category}"
            return changed if also == tool.category else f"{changed}, and looks like {also} now"
        case Because.CONTRADICTED:
            against = [evidence.says for evidence in tool.evidence if evidence.where == "signals"]
            return "; ".join(("the catalog gives the class without a reason", *against))
        case Because.UNCLASSIFIED:
            return "nothing says what it does, so it may be anything"
        case Because.CLASS | Because.RISK:
            return ""


def outcome_counts(recommendations: Iterable[Recommendation]) -> str:
    """`15 allowed · 1 limited · 14 denied`."""
    counts = Counter(each.outcome for each in recommendations)
    return " · ".join(f"{counts[outcome]:,} {_COUNTED[outcome]}" for outcome in Outcome if counts[outcome])


_COUNTED = {
    Outcome.OPEN: "allowed",
    Outcome.LIMITED: "limited",
    Outcome.APPROVAL: "for approval",
    Outcome.DENIED: "denied",
    Outcome.HIDDEN: "hidden",
}
