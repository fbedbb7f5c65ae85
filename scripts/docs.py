"""Write the pages that are made from code: `docs/commands.md` and `docs/rules/`. With --check, say whether they are current."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

# Before anything of policyctl is imported: a page looks the same whoever writes it.
os.environ |= {"COLUMNS": "80", "_TYPER_FORCE_DISABLE_TERMINAL": "1"}

DOCS = Path(__file__).resolve().parent.parent / "docs"
HEAD = """\
# Commands

What each command says about itself with `--help`; `scripts/docs.py` writes this page.
"""


def help_of(*words: str) -> str:
    from policyctl.cli.main import main

    with redirect_stdout(io.StringIO()) as out:
        code = main([*words, "--help"])
    assert code == 0, words
    return out.getvalue().rstrip("\n")


def commands_page() -> str:
    from policyctl.cli.commands import COMMANDS

    parts = [HEAD, f"```console\n$ policyctl --help\n{help_of()}\n```\n"]
    for command in COMMANDS:
        name = command.name
        parts.append(
            f"## {name}\n\n{command.help}\n\n```console\n$ policyctl {name} --help\n{help_of(*command.words)}\n```\n"
        )
    return "\n".join(parts)


def pages() -> dict[Path, str]:
    """Every page that is made from code."""
    from policyctl.lint.table import every_rule
    from policyctl.report.lint.pages import index, page

    rules = DOCS / "rules"
    made = {rules / f"{rule.name}.md": page(rule) for rule in every_rule()}
    return {DOCS / "commands.md": commands_page(), rules / "README.md": index(), **made}


def main(arguments: list[str]) -> int:
    made = pages()
    gone = set((DOCS / "rules").glob("*.md")) - made.keys()
    if arguments != ["--check"]:
        (DOCS / "rules").mkdir(exist_ok=True)
        for path, text in made.items():
            path.write_text(text, encoding="utf-8", newline="\n")
        for path in gone:
            path.unlink()
        return 0
    stale = sorted(
        gone | {path for path, text in made.items() if not path.is_file() or path.read_text("utf-8") != text}
    )
    for path in stale:
        name = path.relative_to(DOCS.parent).as_posix()
        print(f"{name} is not what the code says: run `python scripts/docs.py`", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
