r"""STR07."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.diagnostic import Severity
from policyctl.lint.anchors import is_open_before, is_open_behind
from policyctl.lint.arguments import members_at
from policyctl.lint.conditions import Placed, denied, required
from policyctl.lint.names import singular, words
from policyctl.lint.roles import Role
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.slip import Slip, value_at
from policyctl.lint.strangers import Hostile, admits, equal_to, let_in, role, shortest_text, told_texts
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text
from policyctl.model.catalog import Tool
from policyctl.model.policy import Op
from policyctl.pattern.quote import quote
from policyctl.pattern.tokens import Kind, runs, tokens
from policyctl.source.pointer import format_path


class LoosePath(Rule):
    r"""A test of a path takes one that leads elsewhere.

    ## Why is this bad?

    A path is compared as it is written, and followed as the file system reads it. `^/srv/app` is found in `/srv/app-keys/x`, which
    is a neighbour, and `^/srv/app/` in `/srv/app/../../etc/passwd`, which leaves the folder at once. A denial of `^/etc/`
    does not see `/srv/../etc/passwd`.

    ## What to do instead

    End a folder with `/`, require what the names below it may be made of (`^/srv/app(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$`), or deny
    `..` beside it: `regex` `(^|/)\.\.(/|$)`. Of a denial make a requirement: the folders that are meant are fewer than all others.

    ## What it looks at

    Arguments that are paths by their name, unless the tool also has one for a repository or a branch: paths within these
    lead nowhere else. It is found only if some call passes all rules of the tool with such a path, and that call is shown.
    """

    code = "STR07"
    name = "loose-path"
    severity = Severity.ERROR
    refs = ("CWE-22", "CWE-23", "CWE-41", "ASI02")
    bad = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "read_file": {
      "require": [{"conditions": [{"path": "args.path", "op": "regex", "value": "^/srv/app"}]}],
                                                                                ^^^^^^^^^^^ lie beside
      "deny_if": [{"conditions": [{"path": "args.path", "op": "contains", "value": "/.."}]}]
    },
    "write_file": {
      "require": [{"conditions": [{"path": "args.path", "op": "regex", "value": "^/srv/app/"}]}]
                                                                                ^^^^^^^^^^^^ leave the folder
    }
  }
}
"""
    good = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "read_file": {
      "require": [{"conditions": [{"path": "args.path", "op": "regex", "value": "^/srv/app/"}]}],
      "deny_if": [{"conditions": [{"path": "args.path", "op": "contains", "value": "/.."}]}]
    },
    "write_file": {
      "require": [{"conditions": [{"path": "args.path", "op": "regex", "value": "^/srv/app(/[a-z][a-z.-]*)+$"}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in required(subject):
            if _is_path(each) and each.condition.op is Op.REGEX:
                yield from _permitted(subject, each)
        for each in denied(subject):
            if _is_path(each):
                yield from _unseen(subject, each)


def _is_path(each: Placed) -> bool:
    """Whether the argument is one path, which is taken from the root of a file system."""
    last = words(each.condition.path[-1])[-1:]
    return role(each) is Role.FILE and tuple(map(singular, last)) == last and not _is_within_repository(each.tool)


_REPOSITORIES = frozenset({"repo", "repository", "owner", "branch", "project_id", "ref", "gist_id"})


def _is_within_repository(tool: Tool | None) -> bool:
    return tool is not None and not _REPOSITORIES.isdisjoint(members_at(tool, ()))


def _permitted(subject: Subject, each: Placed) -> Iterator[Finding]:
    pattern = str(each.condition.value)
    folder = shortest_text(pattern)
    if folder is None or "/" not in folder or is_open_before(pattern) or admits(pattern, _ELSEWHERE):
        return
    shown = format_path(each.condition.path)
    if (name := _unended(pattern, folder)) and (args := let_in(subject, each, _neighbour(folder))) is not None:
        yield Finding(
            f"{each.pointer}/value",
            f"`{shown}` may lie beside `{folder}`, in a folder whose name begins with `{name}`",
            help="end the folder with `/`",
            notes=(f"this call passes: {call_text(args)}",),
        )
    if (args := let_in(subject, each, _ascent(folder))) is not None:
        yield Finding(
            f"{each.pointer}/value",
            f"`{shown}` may leave the folder again by `..`",
            help="deny `..` as well: `regex` `(^|/)\\.\\.(/|$)`",
            notes=(f"this call passes: {call_text(args)}",),
            slip=_with_ascent(each.rules.name, each.condition.path),
        )


#: What passes where any path may.
_ELSEWHERE = Hostile(r"^/?(?:etc/passwd|elsewhere/[a-z]+(?:\.[a-z0-9]+)?)$")


def _unended(pattern: str, folder: str) -> str | None:
    """The name of the last folder that the pattern asks for, if it asks for nothing behind it; no file, and no mere prefix."""
    name = folder.rpartition("/")[2]
    last = next((token for token in reversed(tokens(pattern)) if token.kind is not Kind.END), None)
    is_written = any(run.text.endswith(name) for run in runs(pattern))
    if not name.isalnum() or not is_written or last is None or last.kind is not Kind.CHARACTER:
        return None
    return name if is_open_behind(pattern) else None


def _neighbour(folder: str) -> Hostile:
    return Hostile(rf"^{quote(folder)}-(?:keys|other)/[a-z]*(?:\.[a-z0-9]+)?$")


def _ascent(folder: str) -> Hostile:
    """A path that climbs as many folders as are asked for, and goes down to another file."""
    up = folder.count("/")
    return Hostile(rf"^(?:.*/)?(?:\.\./){{{up}}}(?:etc/passwd|elsewhere/[a-z]+(?:\.[a-z0-9]+)?)$")


_ASCENT = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)")


def _with_ascent(tool: str, path: tuple[str, ...]) -> Slip:
    def climbs(args: Mapping[str, Any]) -> bool:
        value = value_at(args, path)
        return isinstance(value, str) and _ASCENT.search(value) is not None

    return Slip(tool, climbs)


def _unseen(subject: Subject, each: Placed) -> Iterator[Finding]:
    for pointer, text in _denied_paths(each):
        for other in (f"/srv/..{text}", _with_a_detour(text)):
            if other != text and (args := equal_to(subject, each, other)) is not None:
                yield Finding(
                    pointer,
                    f"the denial of `{text}` does not see `{other}`, which is the same path",
                    help="require the folders that are meant, and deny `..`: `regex` `(^|/)\\.\\.(/|$)`",
                    notes=(f"this call passes: {call_text(args)}",),
                )
                return


def _denied_paths(each: Placed) -> Iterator[tuple[str, str]]:
    """Paths from the root that are denied, and where that is written."""
    return ((pointer, text) for pointer, text in told_texts(each) if re.match(r"/[A-Za-z0-9._-]+/?", text))


def _with_a_detour(text: str) -> str:
    """`/etc/passwd` as `/etc/./passwd`."""
    return text[0] + text[1:].replace("/", "/./", 1)
