"""Start a lint rule: its file, its cases, its line in the table of its family, a fragment of the changelog.

`python scripts/new_rule.py ARG15 name-that-reads-after-ignore`; what is left to do is printed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

RULE = '''\
"""{code}."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.subject import Subject


class {title}(Rule):
    """One sentence that says what is wrong.

    ## Why is this bad?

    What happens, to whom, and how one would notice.

    ## What to do instead

    What to write.
    """

    code = "{code}"
    name = "{name}"
    severity = Severity.WARNING
    refs = ()
    bad = """
{{
  "version": "1",
  "default": "deny",
  "tools": {{
    "transfer": {{}}
    ^^^^^^^^^^ words of the message
  }}
}}
"""
    good = """
{{
  "version": "1",
  "default": "deny",
  "tools": {{
    "transfer": {{}}
  }}
}}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        raise NotImplementedError
'''

CASES = """\
- says: what else is found
  policy: |
    {"version": "1", "default": "deny"}

- says: what looks like it and is fine
  policy: |
    {"version": "1", "default": "deny"}

- says: what is far from it
  policy: |
    {"version": "1", "default": "deny"}
"""

LEFT = """\
{rule}: the page, both examples, `check`
{cases}: at least one case that is found, and a near miss that is not
{fragment}: what is new, in a sentence
then `make test`, and `python scripts/docs.py` for the page
"""


def title_of(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def added_to(table: str, code: str, name: str, family: str) -> str:
    """The source of a family's table with one rule more, in order of code; its imports are left to `make format`."""
    title, module = title_of(name), name.replace("-", "_")
    import_ = f"from policyctl.lint.rules.{family}.{module} import {title}\n"
    present = re.search(r"^RULES: tuple\[Rule, \.\.\.\] = \((.*?)\)$", table, re.MULTILINE | re.DOTALL)
    assert present is not None, f"policyctl/lint/rules/{family}/__init__.py has no table"
    instances = [*re.findall(r"(\w+)\(\)", present[1]), title]
    codes = {title: code, **_codes(table, family)}
    listed = "".join(f"    {instance}(),\n" for instance in sorted(instances, key=lambda each: codes[each]))
    rewritten = table[: present.start(1)] + f"\n{listed}" + table[present.end(1) :]
    head = "from policyctl.lint.rule import Rule\n"
    return rewritten.replace(head, head + import_, 1)


def _codes(table: str, family: str) -> dict[str, str]:
    found = re.findall(rf"from policyctl\.lint\.rules\.{family}\.(\w+) import (\w+)", table)
    folder = ROOT / "policyctl" / "lint" / "rules" / family
    sources = {title: (folder / f"{module}.py").read_text("utf-8") for module, title in found}
    return {title: re.findall(r'^    code = "(\w+)"', source, re.MULTILINE)[0] for title, source in sources.items()}


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or not re.fullmatch(r"[A-Z]{3}\d\d", arguments[0]):
        print(__doc__, file=sys.stderr)
        return 2
    code, name = arguments
    if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name):
        print(f"`{name}` is no name: words in small letters with hyphens between them", file=sys.stderr)
        return 2
    family = code[:3].lower()
    rule = ROOT / "policyctl" / "lint" / "rules" / family / f"{name.replace('-', '_')}.py"
    cases = ROOT / "tests" / "lint" / "cases" / family / f"{name}.yaml"
    fragment = ROOT / "changelog.d" / f"+{code.lower()}.added.md"
    table = rule.parent / "__init__.py"
    if not table.is_file():
        known = ", ".join(sorted(path.name.upper() for path in rule.parent.parent.iterdir() if path.is_dir()))
        print(f"no family {code[:3]}: there are {known}", file=sys.stderr)
        return 2
    if rule.exists() or code in _codes(table.read_text("utf-8"), family).values():
        print(f"{code} or `{name}` is there already; a code is never used again", file=sys.stderr)
        return 2
    written = {
        rule: RULE.format(code=code, name=name, title=title_of(name)),
        cases: CASES,
        fragment: f"Lint: `{name}` ({code}).\n",
        table: added_to(table.read_text("utf-8"), code, name, family),
    }
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    places = {key: path.relative_to(ROOT) for key, path in (("rule", rule), ("cases", cases), ("fragment", fragment))}
    print(LEFT.format(**places), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
