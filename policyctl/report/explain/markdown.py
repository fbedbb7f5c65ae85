"""An explanation for a comment or an issue."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.explain.result import Explanation
from policyctl.report.escape import disarm_commands, escape_markdown
from policyctl.report.explain.page import Line, call_lines, sentence, stage_lines, stage_name, verdict_lines
from policyctl.report.page.markdown import paragraph
from policyctl.report.page.parts import Part, Sentence


def render(explanation: Explanation, *, show_args: bool) -> str:
    """A heading, the call, the stages as a numbered list, the verdict."""
    blocks = (
        "## policyctl explain",
        f"**{explanation.decision.verdict}**",
        "\n".join(f"- {_one(parts)}" for parts in call_lines(explanation, show_args=show_args)),
        "\n".join(_stages(explanation, show_args)),
        "\n".join(f"- {word}: {_one(parts)}" for word, parts in verdict_lines(explanation)),
    )
    return disarm_commands("\n\n".join(block for block in blocks if block) + "\n")


def _stages(explanation: Explanation, show_args: bool) -> Iterator[str]:
    for number, stage in enumerate(explanation.stages, start=1):
        yield f"{number}. **{escape_markdown(stage_name(stage))}** {stage.state}: {_one(sentence(stage.says))}"
        yield from map(_line, stage_lines(explanation, stage, show_args=show_args))


def _line(line: Line) -> str:
    # A plus or minus there would start a list of its own.
    sign = f"{line.mark.sign} " if line.mark and line.mark.sign not in {"+", "-"} else ""
    aside = f" · {_one(line.aside)}" if line.aside else ""
    return f"{'   ' * (line.depth + 1)}- {sign}{_one(line.parts)}{aside}"


def _one(parts: tuple[Part, ...]) -> str:
    return paragraph(Sentence(parts))
