"""From what the parts of a tool say to one class: the whole order of precedence, on one screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policyctl.catalog.classify.annotations import Hints
from policyctl.catalog.classify.arguments import ArgumentClaims
from policyctl.catalog.classify.claim import Claim, Strength, strictest
from policyctl.catalog.classify.description import FURTHER_ON
from policyctl.catalog.classify.signals import things
from policyctl.catalog.classify.signals.words import words
from policyctl.model.catalog import Category, Confidence

_OVERWRITING = words(
    "write edit save put replace move rename mv upload append update set patch modify overwrite restore change"
)
#: What the name says with these is vague; whatever else speaks is heard too.
_VAGUE = words("manage handle maintain process do use run control operate administer")
_GRAVE = frozenset({Category.DESTRUCTIVE, Category.FINANCIAL})


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that was said; `is_suspect` is a description that speaks to a model, which may only raise; `is_described`
    that there is one.
    """

    name: Claim | None
    sentence: Claim | None
    arguments: ArgumentClaims
    danger: str | None
    read_only: str | None
    hints: Hints
    is_suspect: bool
    is_described: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The class, how sure it is, and the claims that decided it, the decisive one first."""

    category: Category
    confidence: Confidence
    decisive: tuple[Claim, ...]


def decide(parts: Parts, *, trusted: bool) -> Verdict:
    """Name, then sentence, then arguments; what may raise the class raises it; annotations last."""
    base, confidence = _base(parts)
    decisive = [base]
    for claim in _raising(parts, base, is_sure=confidence is Confidence.HIGH):
        if claim.category.rank > decisive[0].category.rank:
            confidence = Confidence.MEDIUM if claim.strength is Strength.SURE else Confidence.LOW
            decisive.insert(0, claim)
    verdict = _queried(Verdict(decisive[0].category, confidence, tuple(decisive)), parts)
    verdict = _annotated(verdict, parts.hints, trusted=trusted)
    return replace(verdict, confidence=Confidence.LOW) if parts.is_suspect else verdict


def _base(parts: Parts) -> tuple[Claim, Confidence]:
    name, sentence, telling = parts.name, parts.sentence, parts.arguments.telling
    if name is None or name.strength <= Strength.WEAK:
        return _without_name(parts)
    if sentence is None or sentence.strength <= Strength.WEAK:
        is_left_alone = parts.is_described and name.category in _GRAVE
        likely = Confidence.LOW if is_left_alone else Confidence.MEDIUM
        return name, Confidence.HIGH if name.strength is Strength.SURE else likely
    if sentence.category is name.category:
        return name, Confidence.HIGH
    if sentence.category.rank > name.category.rank and sentence.verb == name.verb:
        return sentence, Confidence.MEDIUM
    if sentence.category.rank > name.category.rank:
        return _stricter_sentence(name, sentence)
    is_grave = name.category in _GRAVE
    is_heard = sentence.where != FURTHER_ON and not (is_grave and sentence.category is not Category.READ)
    is_heard = is_heard and (not is_grave or sentence.strength is Strength.SURE)
    if name.strength is Strength.LIKELY and is_heard and not parts.is_suspect and not _supports(telling, name):
        return sentence, Confidence.MEDIUM
    return name, Confidence.MEDIUM


def _stricter_sentence(name: Claim, sentence: Claim) -> tuple[Claim, Confidence]:
    """A verb of the name is more deliberate than one of a sentence; what takes away or pays is believed all the same."""
    if name.strength is Strength.LIKELY:
        return sentence, Confidence.MEDIUM
    # A sentence that removes may only take something off a list.
    is_grave = sentence.category in _GRAVE and sentence.verb != "remove"
    if (
        sentence.strength is Strength.SURE
        and (is_grave or name.category is Category.READ)
        and sentence.category is not Category.EXECUTE
    ):
        return sentence, Confidence.LOW
    return name, Confidence.MEDIUM


def _without_name(parts: Parts) -> tuple[Claim, Confidence]:
    """The name says nothing clear: the sentence, else the arguments, else the stricter of what is left."""
    heard = [claim for claim in (parts.sentence,) if claim and not parts.is_suspect]
    telling = [claim for claim in parts.arguments.telling if claim.strength >= Strength.LIKELY]
    if heard and heard[0].strength >= Strength.LIKELY:
        is_agreed = parts.name is not None and parts.name.category is heard[0].category
        return heard[0], Confidence.HIGH if is_agreed else Confidence.MEDIUM
    if telling:
        return strictest(tuple(telling)), Confidence.MEDIUM
    left = [
        claim for claim in (parts.name, *heard, *parts.arguments.telling) if claim and claim.strength >= Strength.WEAK
    ]
    if left:
        return strictest(tuple(left)), Confidence.LOW
    if parts.name is not None and not parts.is_suspect:
        return parts.name, Confidence.LOW
    if parts.is_described and not parts.is_suspect:
        return Claim(
            Category.READ, Strength.HINT, "sentence", "description", "names a thing and no act"
        ), Confidence.LOW
    return Claim(
        Category.WRITE,
        Strength.HINT,
        "nothing",
        "tool",
        "nothing says what it does: taken for one that changes something",
    ), Confidence.LOW


def _supports(claims: tuple[Claim, ...], name: Claim) -> bool:
    return any(claim.category is name.category and claim.strength >= Strength.LIKELY for claim in claims)


def _raising(parts: Parts, base: Claim, *, is_sure: bool) -> tuple[Claim, ...]:
    """What makes the class stricter whatever came before."""
    raising = [
        claim
        for claim in parts.arguments.raising
        if base.strength is not Strength.SURE or claim.strength is Strength.SURE
    ]
    is_vague = base.verb in _VAGUE or base.verb == "query"
    for claim in parts.arguments.telling:
        # What the caller writes is executed even if name and sentence agree on something harmless.
        is_open = base.strength is not Strength.SURE and (not is_sure or claim.category is Category.EXECUTE)
        if claim.strength >= Strength.LIKELY and (is_open or is_vague):
            raising.append(claim)
    if parts.danger and base.category is not Category.READ:
        raising.append(Claim(Category.DESTRUCTIVE, Strength.LIKELY, "phrase", "description", f"says `{parts.danger}`"))
    if base.verb in _VAGUE and parts.sentence:
        raising.append(parts.sentence)
    return tuple(raising)


def _queried(verdict: Verdict, parts: Parts) -> Verdict:
    """A query is Execute because it may write; one of which the description says that it cannot is a doubtful Read."""
    if verdict.category is not Category.EXECUTE or parts.read_only is None or parts.is_suspect:
        return verdict
    if any(claim.category is Category.EXECUTE and claim.thing not in things.QUERIES for claim in verdict.decisive):
        return verdict
    claim = Claim(Category.READ, Strength.WEAK, "phrase", "description", f"says `{parts.read_only}` of a query")
    return Verdict(Category.READ, Confidence.LOW, (claim, *verdict.decisive))


def destroys(hints: Hints) -> bool:
    """Whether the server says that the tool may destroy something; one that only reads cannot."""
    return hints.destructive is True and hints.read_only is not True


def _annotated(verdict: Verdict, hints: Hints, *, trusted: bool) -> Verdict:
    """A server may say that its tool is worse than it looks; that it is milder only if it is trusted."""
    category, base = verdict.category, verdict.decisive[0]
    is_doubtful = base.strength is not Strength.SURE or category is Category.READ
    if destroys(hints) and is_doubtful and category.rank < Category.DESTRUCTIVE.rank:
        return _by(verdict, Category.DESTRUCTIVE, "destructiveHint", "the server says that it may destroy")
    if hints.read_only is False and category is Category.READ:
        return _by(verdict, Category.WRITE, "readOnlyHint", "the server says that it does not only read")
    if trusted and hints.read_only and category is not Category.READ:
        return _by(verdict, Category.READ, "readOnlyHint", "the server, which is trusted, says that it only reads")
    if trusted and hints.destructive is False and category is Category.DESTRUCTIVE:
        return _by(
            verdict, Category.WRITE, "destructiveHint", "the server, which is trusted, says that it destroys nothing"
        )
    if hints.read_only and category is not Category.READ and verdict.confidence is Confidence.HIGH:
        return replace(verdict, confidence=Confidence.MEDIUM)
    return verdict


def _by(verdict: Verdict, category: Category, key: str, says: str) -> Verdict:
    claim = Claim(category, Strength.LIKELY, "annotation", key, says)
    return Verdict(category, Confidence.MEDIUM, (claim, *verdict.decisive))
