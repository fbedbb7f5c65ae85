"""RE2's dialect, whatever the text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from policyctl.pattern import PatternError, compile_pattern, whole_characters


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("b", "abc", True),
        ("^b", "abc", False),
        ("c$", "abc\n", False),
        (r"c\z", "abc", True),
        (r"\d", "\u0663", False),
        (r"\w", "é", False),
        ("é.😀", "xéa😀", True),
        ("^.$", "😀", True),
        ("\x00b", "a\x00b", True),
        ("a.b", "a\nb", False),
        ("(?s)a.b", "a\nb", True),
        ("(?i)É", "é", True),
        (r"\bcat\b", "a cat!", True),
        (r"\p{Greek}", "λ", True),
        ("", "", True),
        ("^.$", "\ud800", True),
        ("^.$", "\ud83d\ude00", True),
        ("^\ufffdb$", "\udc00b", True),
    ],
)
def test_a_pattern_is_found_as_re2_finds_it(pattern: str, text: str, found: bool) -> None:
    assert compile_pattern(pattern).search(text) is found


@pytest.mark.parametrize(
    ("pattern", "message", "offset"),
    [
        ("x(?=a)", "RE2 has no look-ahead", 1),
        ("x(?!a)", "RE2 has no look-ahead", 1),
        ("é(?<=a)", "RE2 has no look-behind", 1),
        ("(?<!a)b", "RE2 has no look-behind", 0),
        (r"(a)\1", r"RE2 has no backreferences such as `\1`", 3),
        ("(?P<n>a)(?P=n)", "RE2 has no backreferences", 8),
        ("(?>a)", "RE2 has no atomic groups", 0),
        ("(?#x)a", "RE2 has no comments", 0),
        (r"a\Z", r"RE2 has no `\Z`", 1),
        ("[a", "missing ]", None),
        ("(a", "missing )", None),
        ("a)", "unexpected )", None),
        ("ab**", "bad repetition operator in `**`", 2),
        ("*a", "no argument for repetition operator in `*`", 0),
        ("x{1001}", "invalid repetition size in `{1001}`", 1),
        ("[b-a]", "invalid character class range in `b-a`", 1),
        ("a\ud800", "half a surrogate pair is no character", 1),
    ],
)
def test_a_refusal_says_what_re2_does_not_have(pattern: str, message: str, offset: int | None) -> None:
    with pytest.raises(PatternError) as caught:
        compile_pattern(pattern)
    assert (caught.value.message, caught.value.offset) == (message, offset)


def test_a_nested_repetition_takes_no_longer_than_any_other() -> None:
    assert compile_pattern("(a+)+$").search("a" * 50_000 + "b") is False


def test_equal_patterns_are_compiled_once() -> None:
    assert compile_pattern("a" + "b" * 3) is compile_pattern("ab" + "b" * 2)


def test_half_characters_become_the_replacement_character() -> None:
    assert whole_characters("a\ud83db\ud83d\ude00\udc00") == "a\ufffdb😀\ufffd"


def test_the_engine_is_imported_with_the_first_pattern() -> None:
    script = "import sys, policyctl.pattern; sys.exit('re2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
