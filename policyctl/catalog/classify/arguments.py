"""Claims from a tool's arguments; `tool_is_sure` ones may raise a class, others speak where nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policyctl.catalog.classify.claim import Claim, Strength, strictest
from policyctl.catalog.classify.lexicon import LEXICON, Tier
from policyctl.catalog.classify.name import TAKEN_BACK, claim_of_words
from policyctl.catalog.classify.schema import Property
from policyctl.catalog.classify.signals import properties as of
from policyctl.catalog.classify.split import split
from policyctl.model.catalog import Category

_HTTP = {
    "get": Category.READ, "head": Category.READ, "options": Category.READ, "post": Category.WRITE, "put": Category.WRITE,
    "patch": Category.WRITE, "delete": Category.DESTRUCTIVE,
}  # fmt: skip
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ArgumentClaims:
    """`raising` hold whatever the name says; `telling` speak only where it is not sure; `notes` are evidence alone."""

    raising: tuple[Claim, ...]
    telling: tuple[Claim, ...]
    notes: tuple[Claim, ...]


def claims_of_arguments(properties: Sequence[Property], near: frozenset[str]) -> ArgumentClaims:
    """What all arguments together speak for."""
    return ArgumentClaims(
        (*_choices(properties, near), *_outputs(properties)), tuple(_telling(properties)), tuple(_notes(properties))
    )


def _choices(properties: Sequence[Property], near: frozenset[str]) -> Iterator[Claim]:
    for each in properties:
        if each.name not in of.CHOICE or each.depth > 1 or not (each.takes_text or each.values):
            continue
        values = each.values or tuple(_listed(each.description))
        claims = tuple(claim for value in values if (claim := _choice(value, near)))
        if not claims:
            continue
        worst = strictest(_without_twin(claims, values))
        yield Claim(worst.category, Strength.SURE if len(claims) > 1 else Strength.LIKELY, "choice", f"argument {each.path}",
                    f"may be `{worst.says}`", worst.verb, worst.thing)  # fmt: skip


def _outputs(properties: Sequence[Property]) -> Iterator[Claim]:
    output = next((each for each in properties if each.name in of.OUTPUT_PATH and each.takes_text), None)
    if output:
        yield _claim(Category.WRITE, Strength.SURE, output, "is where it writes")


def _without_twin(claims: tuple[Claim, ...], values: Sequence[str]) -> tuple[Claim, ...]:
    """Beside `add`, `remove` only takes back."""
    if TAKEN_BACK.isdisjoint(values):
        return claims
    return tuple(claim for claim in claims if claim.says != "remove") or claims


def _choice(value: str, near: frozenset[str]) -> Claim | None:
    category: Category | None = None
    words = split(value)
    if len(words) == 1 and words[0] in _HTTP and value.isupper():
        category = _HTTP[words[0]]
    elif (claim := claim_of_words(words, near)) and _is_clear(claim, words):
        category = claim.category if claim.strength >= Strength.LIKELY else None
    return Claim(category, Strength.SURE, "choice", "", value) if category else None


def _is_clear(claim: Claim, words: Sequence[str]) -> bool:
    """Whether a value is surely a verb: one that is never a noun, or alone; `issue_types` is a thing to ask for."""
    is_never_noun = claim.verb in LEXICON and LEXICON[claim.verb][0] is Tier.ALWAYS
    return is_never_noun or (len(words) == 1 and claim.strength >= Strength.LIKELY)


def _listed(description: str) -> list[str]:
    """The values that a text lists: `one of: create, update, delete`, or in quotes."""
    quoted = re.findall(r"['\"`]([A-Za-z_-]{2,40})['\"`]", description)
    if len(quoted) > 1:
        return quoted[:32]
    _, colon, rest = description.partition(":")
    listed = re.split(r"\s*(?:,|\||/|\bor\b|\band\b)\s*", rest.partition(".")[0]) if colon else []
    return [word.strip(" ()[]") for word in listed if re.fullmatch(r"[A-Za-z_-]{2,40}", word.strip(" ()[]"))][:32]


def _telling(properties: Sequence[Property]) -> Iterator[Claim]:
    named = {each.name: each for each in reversed(properties) if each.depth <= 2}
    for each in properties:
        if each.name in of.CODE and each.takes_text and not _is_label(each):
            executed = _claim(Category.EXECUTE, Strength.LIKELY, each, "is executed as the caller writes it")
            yield replace(executed, thing="sql") if each.name in of.SQL else executed
            break
    url, method = _first(named, of.URL), _first(named, of.HTTP_METHOD)
    if url and method and url.takes_text:
        yield _claim(Category.EXECUTE, Strength.LIKELY, method, "makes it a request of any kind to any address")
    amount = next((named[name] for name in sorted(named) if name in of.AMOUNT or name.endswith("_amount")), None)
    money = _first({name: each for name, each in named.items() if each is not amount}, of.MONEY | of.SIDE)
    if amount and money:
        yield _claim(Category.FINANCIAL, Strength.LIKELY, amount, f"stands beside `{money.name}`")
    content, path = _first(named, of.CONTENT), _first(named, of.PATH)
    if content and path:
        yield _claim(Category.WRITE, Strength.LIKELY, content, f"goes to `{path.name}`")
    if schedule := _first(named, of.SCHEDULE):
        yield _claim(Category.WRITE, Strength.WEAK, schedule, "makes it run later")
    if care := _first(named, of.CARE):
        yield _claim(Category.WRITE, Strength.WEAK, care, "asks whether the caller means it")
    if properties and all(
        each.name in of.LOOKUP or each.name.endswith("_id") for each in properties if each.depth == 0
    ):
        yield Claim(Category.READ, Strength.WEAK, "arguments", "arguments", "only say what to look for")


def _first(named: Mapping[str, Property], family: frozenset[str]) -> Property | None:
    """The first argument of a family, by its name: the order of a schema says nothing."""
    return next((named[name] for name in sorted(family & named.keys())), None)


def _is_label(each: Property) -> bool:
    """Whether a `code` is one of a country, an error, a coupon."""
    said = frozenset(split(each.description[:200])) | frozenset(each.name.split("_"))
    return each.name == "code" and not said.isdisjoint(of.NOT_CODE)


def _notes(properties: Sequence[Property]) -> Iterator[Claim]:
    for each in properties:
        if each.name in of.FOR_GOOD and each.depth <= 1:
            yield _claim(Category.DESTRUCTIVE, Strength.HINT, each, "is about taking away for good")
        elif each.name in of.OVERWRITE and each.depth <= 1:
            yield _claim(Category.WRITE, Strength.HINT, each, "is about what is already there")


def _claim(category: Category, strength: Strength, each: Property, says: str) -> Claim:
    return Claim(category, strength, "argument", f"argument {each.path}", f"`{each.path}` {says}")
