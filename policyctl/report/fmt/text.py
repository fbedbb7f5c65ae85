"""What `policyctl fmt` did, for people."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.fmt.file import FormattedFile, Outcome
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diagnostics.text import frames
from policyctl.report.escape import escape_terminal
from policyctl.report.fmt.result import FmtResult
from policyctl.report.style import Style


def render(result: FmtResult, style: Style) -> str:
    """Frames of the errors, a line for each file that changes, and the summary."""
    verb = "reformatted" if result.is_written else "would reformat"
    changed = (f"{verb} {escape_terminal(file.name)}\n" for file in result.having("reformatted"))
    return errors(result, style) + "".join(changed) + summary(result, style) + "\n"


def errors(result: FmtResult, style: Style) -> str:
    """A frame for each error, as `validate` shows it, and a blank line behind each."""
    shown = frames(result.diagnostics, result.texts, names=rule_name, style=style)
    return "".join(f"{frame}\n\n" for frame in shown)


def summary(result: FmtResult, style: Style) -> str:
    """What was done, on one line: `2 files reformatted · 3 unchanged`."""
    return " · ".join(_counts(result, style))


_OUTCOMES: tuple[Outcome, ...] = ("reformatted", "unchanged", "faulty")


def _counts(result: FmtResult, style: Style) -> Iterator[str]:
    changed, same, faulty = (len(result.having(outcome)) for outcome in _OUTCOMES)
    done = "reformatted" if result.is_written else "would be reformatted"
    if changed:
        yield style.paint(f"{_files(changed)} {done}", "strong")
    if same:
        yield style.paint(f"{same:,} unchanged" if changed else f"{_files(same)} unchanged", "good")
    if faulty:
        yield style.paint(f"{_files(faulty)} with errors, not touched", "error")


def _files(number: int) -> str:
    return f"{number:,} file" if number == 1 else f"{number:,} files"


def remarks(file: FormattedFile) -> Iterator[str]:
    """What was left as it is, a line for each."""
    for remark in file.remarks:
        place = f"{remark.position.line}:{remark.position.column}"
        yield f"note: {escape_terminal(file.name)}:{place}: {remark.message}"
