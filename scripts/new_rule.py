"""Start a lint rule: its file, its cases, its line in the table, a fragment of the changelog.

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
{rule}: the page, both examples, `check`; what it `needs` stands in policyctl/lint/table.py too
{cases}: at least one case that is found, and a near miss that is not
{fragment}: what is new, in a sentence
then `make test`, and `python scripts/docs.py` for the page
"""


def title_of(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def added_to(table: str, code: str, name: str) -> str:
    """The table with a line more, in order of code within its family. ValueError if there is no such family."""
    listed = re.compile(r'^ +Listed\("(\w+)".*\n', re.MULTILINE)
    family = [line for line in listed.finditer(table) if line[1][:3] == code[:3]]
    if not family:
        raise ValueError(code[:3])
    before = [line for line in family if line[1] < code]
    at = before[-1].end() if before else family[0].start()
    return f'{table[:at]}            Listed("{code}", "{name}"),\n{table[at:]}'


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
    table = ROOT / "policyctl" / "lint" / "table.py"
    text = table.read_text("utf-8")
    codes = set(re.findall(r'Listed\("(\w+)"', text))
    if code[:3] not in {known[:3] for known in codes}:
        print(f"no family {code[:3]}: there are {', '.join(sorted({known[:3] for known in codes}))}", file=sys.stderr)
        return 2
    if rule.exists() or code in codes:
        print(f"{code} or `{name}` is there already; a code is never used again", file=sys.stderr)
        return 2
    written = {
        rule: RULE.format(code=code, name=name, title=title_of(name)),
        cases: CASES,
        fragment: f"Lint: `{name}` ({code}).\n",
        table: added_to(text, code, name),
    }
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    places = {key: path.relative_to(ROOT) for key, path in (("rule", rule), ("cases", cases), ("fragment", fragment))}
    print(LEFT.format(**places), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
