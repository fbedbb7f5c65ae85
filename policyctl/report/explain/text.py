"""An explanation for people: the call, the stages in their order, the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyctl.explain.result import Explanation, StageView
from policyctl.report.escape import disarm_commands
from policyctl.report.explain.page import (
    STATE_ROLES,
    VERDICT_ROLES,
    Line,
    call_lines,
    sentence,
    stage_lines,
    stage_name,
    verdict_lines,
)
from policyctl.report.page.measure import width_of
from policyctl.report.page.parts import Part, Sentence
from policyctl.report.page.text import line_of
from policyctl.report.style import Style

#: Where a stage's lines start: below its name.
_MARGIN = "   "
#: Asides stand in one column as long as what is before them is not wider.
_WIDEST = 56


def render(explanation: Explanation, style: Style, *, show_args: bool) -> str:
    """The whole outline; the last line is the verdict with what the agent gets to read."""
    return disarm_commands("\n".join(_lines(explanation, style, show_args)) + "\n")


def _lines(explanation: Explanation, style: Style, show_args: bool) -> Iterator[str]:
    for parts in call_lines(explanation, show_args=show_args):
        yield _one(parts)
    yield ""
    names = max(len(stage_name(stage)) for stage in explanation.stages)
    states = max(len(stage.state) for stage in explanation.stages)
    for number, stage in enumerate(explanation.stages, start=1):
        yield _stage(number, stage, names, states, style)
        yield from _below(list(stage_lines(explanation, stage, show_args=show_args)), style)
    yield ""
    verdict = explanation.decision.verdict
    yield style.paint(f"verdict: {verdict}", VERDICT_ROLES[verdict])
    for word, parts in verdict_lines(explanation):
        yield f"{_MARGIN}{style.paint(f'{word:<11}', 'quiet')}  {_one(parts)}"


def _stage(number: int, stage: StageView, names: int, states: int, style: Style) -> str:
    role = STATE_ROLES[stage.state]
    name = style.paint(f"{stage_name(stage):<{names}}", "quiet" if role == "quiet" else "strong")
    state = style.paint(f"{stage.state:<{states}}", role)
    says = _one(sentence(stage.says))
    return f"{number}  {name}  {state}  {style.paint(says, 'quiet') if role == 'quiet' else says}"


def _below(lines: Sequence[Line], style: Style) -> Iterator[str]:
    heads = [_head(line) for line in lines]
    column = min(
        max((width_of(head) for head, line in zip(heads, lines, strict=True) if line.aside), default=0), _WIDEST
    )
    for head, line in zip(heads, lines, strict=True):
        padded = head + " " * (column - width_of(head)) if line.aside else head
        if line.mark is not None:
            # The sign is the only character that is painted, and it stands at its depth.
            padded = padded.replace(line.mark.sign, style.paint(line.mark.sign, line.mark.role), 1)
        yield f"{padded}  {style.paint(_one(line.aside), 'quiet')}" if line.aside else padded


def _head(line: Line) -> str:
    sign = "" if line.mark is None else f"{line.mark.sign} "
    return f"{_MARGIN}{'  ' * line.depth}{sign}{_one(line.parts)}"


def _one(parts: tuple[Part, ...]) -> str:
    return line_of(Sentence(parts))
