"""Build the repository of docs/gate.md: a policy on `main`, and a pull request that changes it.

`python scripts/example_pull_request.py DIR` makes DIR, in which `policyctl gate --base-rev main` judges the change. All of
it is made of the fixtures, and every run makes the same commits.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
#: Where each file of `main` comes from.
FILES = {
    "policyctl.toml": "pull-request/policyctl.toml",
    "policies/payments.yaml": "policies/payments.yaml",
    "policies/payments.assert.yaml": "asserts/payments.yaml",
    "catalogs/payments.json": "tool-catalogs/payments.json",
    "traces/payments-platform.jsonl": "traces/payments-platform.jsonl",
}
CHANGED = {"policies/payments.yaml": "policies/payments-next.yaml"}
WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Ada"), ("EMAIL", "ada@orchard.example"), ("DATE", "2026-04-20T09:00:00Z"))
}


def build(folder: Path) -> None:
    """Make the repository, with the change checked out; FileExistsError if something is there."""
    folder.mkdir(parents=True)
    _git(folder, "init", "--quiet", "--initial-branch", "main")
    _commit(folder, FILES, "The policy of the support agent")
    _git(folder, "checkout", "--quiet", "-b", "simpler-refunds")
    _commit(folder, CHANGED, "Simpler rules for refunds")


def _commit(folder: Path, files: dict[str, str], message: str) -> None:
    for name, source in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(FIXTURES / source, folder / name)
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", message)


def _git(folder: Path, *words: str) -> None:
    # Nothing that is configured on this machine, such as signing or hooks, has a say.
    environment = {**os.environ, **WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *words], cwd=folder, env=environment, check=True)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    build(Path(arguments[0]))
    print(f"made {arguments[0]}: cd there, and run `policyctl gate --base-rev main`")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
