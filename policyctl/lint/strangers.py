"""Texts that name what a policy trusts and mean somebody else, and whether a policy lets them in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from policyctl.cells.atoms import Clause, Literal
from policyctl.cells.automaton import of_pattern, of_text
from policyctl.cells.search import TooManyStatesError, shortest
from policyctl.cells.syntax import OutsideSubsetError
from policyctl.lint.anchors import is_open, is_open_before
from policyctl.lint.arguments import schema_at
from policyctl.lint.conditions import Placed
from policyctl.lint.logic import slips_through, slips_with
from policyctl.lint.roles import Role, role_of
from policyctl.lint.subject import Subject
from policyctl.model.policy import Condition, Op
from policyctl.model.values import JSONValue
from policyctl.pattern import compile_pattern
from policyctl.pattern.quote import quote
from policyctl.pattern.tokens import Run, runs

#: A name that nobody can own (RFC 2606) stands for the stranger's.
STRANGER = r"evil\.example"
_LABELS = r"(?:[a-z0-9-]+\.)*"

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?![a-z0-9-])", re.IGNORECASE)
_FORMATS = {
    "uri": Role.ADDRESS,
    "url": Role.ADDRESS,
    "iri": Role.ADDRESS,
    "hostname": Role.HOST,
    "idn-hostname": Role.HOST,
    "email": Role.MAIL,
    "idn-email": Role.MAIL,
}


def role(each: Placed) -> Role:
    """What the argument is for: by its name, by the format in its schema, or since it is compared with an address."""
    named = role_of(each.condition.path)
    if named is not Role.OTHER:
        return named
    schema = schema_at(each.tool, each.condition.path) or {}
    text = pattern_of(each)
    is_address = text is not None and any("://" in run.text for run in runs(text))
    return Role.ADDRESS if is_address else _FORMATS.get(str(schema.get("format")), Role.OTHER)


def pattern_of(each: Placed) -> str | None:
    """The pattern that the condition looks for: as it is written, or for the text of `contains`."""
    value = each.condition.value
    if not isinstance(value, str):
        return None
    if each.condition.op is Op.REGEX:
        return value
    return quote(value) if each.condition.op is Op.CONTAINS else None


@dataclass(frozen=True, slots=True)
class Host:
    """A host that a pattern names; `part` is its place there, `dots` those of its dots that are unescaped, by index."""

    name: str
    part: range
    dots: tuple[tuple[int, range], ...]


@lru_cache(maxsize=1_024)
def hosts(pattern: str) -> tuple[Host, ...]:
    """The hosts that a pattern for addresses, hosts or mail names; nothing behind the first slash of an address is one."""
    return tuple(_hosts(runs(pattern)))


def _hosts(pieces: tuple[Run, ...]) -> Iterator[Host]:
    is_behind_slash = False
    for run in pieces:
        scheme = run.text.find("://")
        # With another scheme another address begins: an alternative.
        is_behind_slash = is_behind_slash and scheme < 0
        begin = scheme + 3 if scheme >= 0 else 0
        slash = run.text.find("/", begin)
        match = _HOST.search(run.text, begin, slash if slash >= 0 else len(run.text))
        if match is not None and not is_behind_slash:
            yield _host(run, match.start(), match.end())
        is_behind_slash = is_behind_slash or slash >= 0


def _host(run: Run, start: int, end: int) -> Host:
    dots = tuple((index - start, run.part(index, index + 1)) for index in sorted(run.dots) if start <= index < end)
    return Host(run.text[start:end], run.part(start, end), dots)


@dataclass(frozen=True, slots=True)
class Hostile:
    """Texts that should not pass: `looks` is found in them, and `lacks` is not, unless it is empty.

    Where there are `samples`, a pattern that takes none of them takes no such text: to try them costs little.
    """

    looks: str
    lacks: str = ""
    samples: tuple[str, ...] = ()


@lru_cache(maxsize=4_096)
def admits(pattern: str, hostile: Hostile) -> bool:
    """Whether the pattern is found in some such text; not where that takes too long to find out."""
    if hostile.samples:
        return any(map(compile_pattern(pattern).search, hostile.samples))
    lacks = [of_pattern(hostile.lacks)] if hostile.lacks else []
    try:
        return shortest([of_pattern(pattern), of_pattern(hostile.looks)], lacks, ()) is not None
    except (OutsideSubsetError, TooManyStatesError):
        return False


def let_in(subject: Subject, each: Placed, hostile: Hostile) -> dict[str, JSONValue] | None:
    """The arguments of a call that passes all rules of the tool with such a text in the condition's argument."""
    pattern, path = pattern_of(each), each.condition.path
    if each.part == "require" and (pattern is None or not admits(pattern, hostile)):
        return None
    for sample in hostile.samples:
        if (args := equal_to(subject, each, sample)) is not None:
            return args
    clauses: list[Clause] = [((Literal(Condition(path, Op.REGEX, hostile.looks), holds=True),),)]
    if hostile.lacks:
        clauses.append(((Literal(Condition(path, Op.REGEX, hostile.lacks), holds=False),),))
    return slips_with(subject, each.rules, clauses)


@lru_cache(maxsize=1_024)
def _sample(pattern: str, host: str) -> str | None:
    """The shortest text that the pattern takes and that names the host; None if none is known."""
    try:
        return shortest([of_pattern(pattern), of_text(host)], [], ())
    except (OutsideSubsetError, TooManyStatesError):
        return None


def before(pattern: str, host: Host, kind: Role) -> Hostile:
    """Another domain that ends in the host's name: `evilexample.com`."""
    return _instead(pattern, host, kind, f"evil-?{quote(host.name)}", f"evil{host.name}", f"evil-{host.name}")


def behind(pattern: str, host: Host, kind: Role) -> Hostile:
    """Another domain that starts with the host's name: `example.com.evil.example`."""
    return _instead(pattern, host, kind, rf"{quote(host.name)}\.{STRANGER}", f"{host.name}.evil.example")


def misspelt(pattern: str, host: Host, dot: int, kind: Role) -> Hostile:
    """Another domain that has a letter in place of a dot of the host's: `apixexample.com`."""
    name = f"{host.name[:dot]}x{host.name[dot + 1 :]}"
    return _instead(pattern, host, kind, quote(name), name)


def _instead(pattern: str, host: Host, kind: Role, name: str, *samples: str) -> Hostile:
    """Texts that lead to a host of this name; the trusted one does not come again, which is a matter of STR08."""
    text = _sample(pattern, host.name)
    tried = () if text is None else tuple(text.replace(host.name, sample, 1) for sample in samples)
    match kind:
        case Role.MAIL:
            somebody = tuple(f"x{each}" for each in tried if each.startswith("@"))
            return Hostile(rf"^[a-z]+@{_LABELS}{name}$", samples=(*somebody, *tried))
        case Role.HOST:
            return Hostile(rf"^{_LABELS}{name}$", samples=tried)
        case _:
            looks, lacks = rf"^(?:[a-z]+://)?{_LABELS}{name}(?:[:/?#]|$)", rf"(?s){name}.*{quote(host.name)}"
            return Hostile(looks, lacks, tried)


def in_another_part(pattern: str, host: Host) -> Hostile:
    """An address of a stranger that names the host where it is a user's name, a path, a query or a fragment."""
    looks = rf"^[a-z]+://(?:[^/?#\\]*@)?{STRANGER}(?::[0-9]+)?(?:[/?#\\]|$)"
    text = _sample(pattern, host.name)
    if text is None:
        return Hostile(looks)
    start = text.find("://") + 3 if "://" in text else 0
    end = text.index(host.name) + len(host.name)
    ahead = (f"{text[:start]}evil.example{sign}{text[start:]}" for sign in ("/", "/?", "#", "?", "\\"))
    after = (f"{text[:end]}{sign}@evil.example{text[end:].lstrip(':')}" for sign in ("", ":x"))
    return Hostile(looks, samples=(*ahead, *after))


@dataclass(frozen=True, slots=True)
class Anywhere:
    """What a text looks like that only contains what is trusted; `stranger` if it does not even contain that."""

    hostile: Hostile
    stranger: Hostile


def permits_anywhere(pattern: str, kind: Role) -> Anywhere | None:
    """How to ask whether what is trusted may stand anywhere in a text; None where the pattern does not say what that is."""
    named = hosts(pattern)
    match kind:
        case Role.ADDRESS if named and is_open_before(pattern):
            texts = [text for host in named if (text := _sample(pattern, host.name)) is not None]
            samples = tuple(f"https://evil.example/{sign}{text}" for sign in ("?", "\n") for text in texts)
            return Anywhere(Hostile(rf"^https?://{STRANGER}/", samples=samples), Hostile(rf"^https?://{STRANGER}/?$"))
        case Role.HOST if named and is_open(pattern):
            return Anywhere(behind(pattern, named[0], kind), Hostile(rf"^{STRANGER}$"))
        case Role.MAIL if named and is_open(pattern):
            return Anywhere(behind(pattern, named[0], kind), Hostile(rf"^[a-z]+@{STRANGER}$"))
        case Role.FILE if is_open_before(pattern) and _names_a_folder(pattern):
            return Anywhere(Hostile(r"^/elsewhere/"), Hostile(r"^/elsewhere/x?$"))
        case _:
            return None


def _names_a_folder(pattern: str) -> bool:
    r"""`/project/` and `src/.*\.py`; not `\.py$`, and not `/README\.md$`, which names a file wherever it is."""
    return any("/" in run.text.lstrip("/") for run in runs(pattern))


#: Roles of arguments in which a host says where something goes.
NAMES_HOSTS = frozenset({Role.ADDRESS, Role.HOST, Role.MAIL})
_ANY_HOST = {
    Role.ADDRESS: (
        "https://evil.example/",
        "https://evil.example",
        "http://evil.example/",
        "evil.example",
        "evil.example/",
    ),
    Role.HOST: ("evil.example",),
    Role.MAIL: ("x@evil.example",),
}


def any_host(pattern: str, kind: Role) -> bool:
    """Whether the pattern lets strangers in on purpose: with a host of theirs, and nothing that looks like another."""
    return any(map(compile_pattern(pattern).search, _ANY_HOST.get(kind, ())))


@lru_cache(maxsize=1_024)
def shortest_text(pattern: str) -> str | None:
    """The first text, by length and then by its letters, in which the pattern is found; None if none is known."""
    try:
        return shortest([of_pattern(pattern)], [], ())
    except (OutsideSubsetError, TooManyStatesError):
        return None


def constants(each: Placed) -> Iterator[tuple[str, str]]:
    """The texts that the argument is compared with as a whole, and where each is written."""
    condition = each.condition
    if condition.op is Op.EQ and isinstance(condition.value, str):
        yield f"{each.pointer}/value", condition.value
    elif condition.op is Op.IN and isinstance(condition.value, list):
        for index, value in enumerate(condition.value):
            if isinstance(value, str):
                yield f"{each.pointer}/value/{index}", value


def told_texts(each: Placed) -> Iterator[tuple[str, str]]:
    """Texts for which the condition holds, and where each is written: all constants, or the shortest that a pattern takes."""
    yield from constants(each)
    pattern = pattern_of(each)
    if pattern is not None and (text := shortest_text(pattern)):
        yield f"{each.pointer}/value", text


def equal_to(subject: Subject, each: Placed, text: str) -> dict[str, JSONValue] | None:
    """The arguments of a call that passes all rules of the tool with this text in the condition's argument."""
    return slips_through(subject, each.rules, Condition(each.condition.path, Op.EQ, text))


def host_in(text: str) -> str | None:
    """The host that a text names: of an address the one behind its scheme, else the first that looks like one."""
    host = next(_hosts((Run(text, tuple((index, index + 1) for index in range(len(text))), frozenset()),)), None)
    return host.name if host else None
