"""Write the pages that are made from code: `docs/commands.md`. With --check, say whether they are current (exit 1 if not)."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

# Before anything of policyctl is imported: a page looks the same whoever writes it.
os.environ |= {"COLUMNS": "80", "_TYPER_FORCE_DISABLE_TERMINAL": "1"}

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
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


def main(arguments: list[str]) -> int:
    page = commands_page()
    if arguments != ["--check"]:
        PAGE.write_text(page, encoding="utf-8", newline="\n")
        return 0
    if PAGE.is_file() and PAGE.read_text("utf-8") == page:
        return 0
    print(f"docs/{PAGE.name} is not what the code says: run `python scripts/docs.py`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
