"""The texts by which pre-commit and a workflow run policyctl (docs/ci.md)."""

from __future__ import annotations

import json
import re

from policyctl import __version__
from policyctl.report.policy.words import visible

_REPOSITORY = "https://github.com/policyctl/policyctl"
_HOOKS = ("policyctl-validate", "policyctl-lint", "policyctl-fmt")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*\Z")

_WORKFLOW = """\
name: policies
on: pull_request
permissions:
  contents: read
jobs:
  policyctl:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0        # the base revision has to be there
          persist-credentials: false
      - uses: policyctl/policyctl@{major}
        with:
{inputs}          # A change cannot approve itself: rules and suppressions are those of the base.
          base-rev: origin/${{{{ github.base_ref }}}}
"""


def hooks(*, policy: str, configuration: str | None) -> str:
    """The entry for the list `repos`, indented as its elements are; paths are relative to the root.

    `configuration` is named where it does not lie at the root, at which hooks run.
    """
    lines = [f"- repo: {_REPOSITORY}", f"  rev: v{__version__}", "  hooks:"]
    for hook in _HOOKS:
        lines.append(f"    - id: {hook}")
        if not _is_found(policy):
            lines.append(f"      files: {_quoted('^' + re.escape(policy) + '$')}")
        if hook == "policyctl-lint" and configuration is not None:
            lines.append(f"      args: [--config, {_quoted(configuration)}]")
    return "".join(f"  {line}\n" for line in lines)


def pre_commit(entry: str) -> str:
    """A whole `.pre-commit-config.yaml` with this one entry."""
    return f"repos:\n{entry}"


def workflow(*, policy: str, catalog: str | None) -> str | None:
    """A workflow that checks the policy on each pull request; None for names that a workflow would not take literally."""
    if not all(_is_literal(name) for name in (policy, catalog) if name is not None):
        return None
    inputs = [f"files: {_scalar(policy)}"]
    if catalog is not None:
        inputs.append(f"catalog: {_scalar(catalog)}")
    major = f"v{__version__.partition('.')[0]}"
    return _WORKFLOW.format(major=major, inputs="".join(f"          {line}\n" for line in inputs))


def _is_found(policy: str) -> bool:
    """Whether hooks look at a file of this name without being told (.pre-commit-hooks.yaml)."""
    return re.search(r"(^|/)([^/]*[.-])?policy\.(json|ya?ml)$", policy) is not None


def _is_literal(name: str) -> bool:
    # Expressions are run, lines are names of their own, and blanks at their ends are dropped.
    return "${{" not in name and name == name.strip() and len(name.splitlines()) == 1


def _scalar(name: str) -> str:
    return name if _PLAIN.match(name) else _quoted(name)


def _quoted(text: str) -> str:
    return visible(json.dumps(text, ensure_ascii=False), beyond="yaml")
