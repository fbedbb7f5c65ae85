"""Which rules run, and how much what they find weighs, in the words of a user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from policyctl.diagnostic import Severity
from policyctl.errors import PolicyctlError
from policyctl.lint.listed import Listed
from policyctl.lint.rule import Rule
from policyctl.lint.table import BY_CODE, BY_FAMILY, BY_NAME, LISTED

ALL = "ALL"
#: How closely a word names a rule; the closer one decides between `select` and `ignore`.
_NOT, _ALL, _FAMILY, _ITSELF = range(4)


def choose(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Listed, ...]:
    """The rules that `select` names (all, if it is empty) without those that `ignore` names as closely.

    Words are `ALL`, a family (`ARG`), a code (`ARG02`) or a name. PolicyctlError if one is none of these.
    """
    for word in (*select, *ignore):
        check_word(word)
    return tuple(rule for rule in LISTED if _closest(rule, select or (ALL,)) > _closest(rule, ignore))


def severities(overrides: Mapping[str, Severity]) -> Mapping[str, Severity]:
    """What a configuration says about rules, by code; a family stands for each of its rules."""
    for word in overrides:
        check_word(word)
    ranked = sorted(overrides.items(), key=lambda override: _rank(override[0]))
    return {rule.code: severity for word, severity in ranked for rule in LISTED if _closeness(rule, word)}


def find(word: str) -> Rule:
    """The rule of a code or a name, in any case. PolicyctlError if there is none."""
    listed = BY_CODE.get(word.upper()) or BY_NAME.get(word.lower())
    if listed is None:
        raise _unknown(word)
    return listed.rule


def is_rule(word: str) -> bool:
    """Whether a rule goes by this code or name, in any case."""
    return word.upper() in BY_CODE or word.lower() in BY_NAME


def check_word(word: str) -> None:
    """PolicyctlError if no rule goes by this word."""
    if word == ALL or word in BY_FAMILY or word in BY_CODE or word in BY_NAME:
        return
    raise _unknown(word)


def _unknown(word: str) -> PolicyctlError:
    close = get_close_matches(word, (*BY_CODE, *BY_NAME, *BY_FAMILY), n=1) or get_close_matches(
        word.upper(), (*BY_CODE, *BY_FAMILY), n=1
    )
    hint = f"did you mean `{close[0]}`?" if close else "`policyctl rule` lists the rules"
    return PolicyctlError(f"no rule `{word}`", hint=hint)


def _closest(rule: Listed, words: Iterable[str]) -> int:
    return max((_closeness(rule, word) for word in words), default=_NOT)


def _closeness(rule: Listed, word: str) -> int:
    if word in {rule.code, rule.name}:
        return _ITSELF
    if word == rule.code[:3]:
        return _FAMILY
    return _ALL if word == ALL else _NOT


def _rank(word: str) -> int:
    """How closely a word names whatever it names."""
    return _ALL if word == ALL else _FAMILY if word in BY_FAMILY else _ITSELF
