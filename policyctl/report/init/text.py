"""What `policyctl init` did, for people."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.report.escape import escape_terminal
from policyctl.report.init.result import InitFile, InitResult, Status
from policyctl.report.style import Role, Style

_ROLES: dict[Status, Role] = {
    Status.CREATED: "good",
    Status.KEPT: "strong",
    Status.SKIPPED: "quiet",
    Status.FAILED: "error",
}


def render(result: InitResult, style: Style) -> str:
    """A line a file, what a dry run would write, what is left to do by hand, and the next commands."""
    return "\n".join((*_files(result, style), *_contents(result, style), *_rest(result, style))) + "\n"


def _files(result: InitResult, style: Style) -> Iterator[str]:
    width = max(len(escape_terminal(file.name)) for file in result.files)
    verbs = {file: _verb(file, is_dry=result.is_dry) for file in result.files}
    room = max(map(len, verbs.values()))
    for file, verb in verbs.items():
        padding = " " * (room - len(verb))
        name = f"{escape_terminal(file.name):<{width}}"
        yield f"{style.paint(verb, _ROLES[file.status])}{padding}  {name}  {escape_terminal(file.remark)}".rstrip()


def _verb(file: InitFile, *, is_dry: bool) -> str:
    return "would create" if is_dry and file.status is Status.CREATED else str(file.status)


def _contents(result: InitResult, style: Style) -> Iterator[str]:
    for file in result.files:
        if file.content is not None:
            yield ""
            yield style.paint(escape_terminal(file.name), "strong")
            yield from _block(file.content)


def _rest(result: InitResult, style: Style) -> Iterator[str]:
    if result.hooks is not None:
        yield ""
        yield f"{style.paint('to add', 'strong')}  below `repos:` of the file that was kept"
        yield from _block(result.hooks)
    if result.next:
        yield ""
        yield style.paint("next", "strong")
    for step in result.next:
        yield f"  {escape_terminal(step.command)}"
        yield f"      {style.paint(step.purpose, 'quiet')}"
    yield ""
    yield _summary(result)


def _block(text: str) -> Iterator[str]:
    return (f"  {escape_terminal(line)}".rstrip() for line in text.splitlines())


def _summary(result: InitResult) -> str:
    counts = [(status, sum(file.status is status for file in result.files)) for status in Status]
    said = " · ".join(f"{count} {status}" for status, count in counts if count)
    return f"dry run, nothing was written: {said}" if result.is_dry else said
