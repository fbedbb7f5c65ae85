"""Where the lines of a YAML text end, and where the text does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyctl.fmt.yaml_lines import YamlLines, is_alias
from policyctl.source.yaml_node import Node

_BLANKS_AT_END = re.compile(r"[ \t]+(?=\n|\Z)")


def with_tidy_edges(text: str, root: Node) -> str:
    """The text without blanks at the ends of lines or blank lines at its own, and with a break there: the same data."""
    source = YamlLines(text)
    written = set(_lines_of_texts(source, root))
    lines = [line if number in written else _BLANKS_AT_END.sub("", line) for number, line in enumerate(source.lines)]
    last = max((number for number, line in enumerate(lines) if line.strip() or number in written), default=-1)
    kept = "".join(lines[: last + 1])
    return kept if kept.endswith("\n") else f"{kept}\n"


def with_final_break(text: str, root: Node) -> str:
    """The text with a break at its end, and the same data as `root`.

    A block text that the file ends with would get a break more than it had, so it is told to drop the last one.
    """
    if text.endswith("\n"):
        return text
    leaf = YamlLines(text).last_leaf(root)
    if leaf is None or not YamlLines(text).is_block_text(leaf):
        return f"{text}\n"
    header = YamlLines(text).block_header(leaf)
    style = header[0].translate({ord("+"): None, ord("-"): None})
    return f"{text[: header.start()]}{style}-{text[header.end() :]}\n"


def _lines_of_texts(source: YamlLines, node: Node) -> Iterator[int]:
    """The lines on which blanks may be part of a text: those of every text that goes over several."""
    for member in node.members:
        if is_alias(member):
            continue
        if member.node.members:
            yield from _lines_of_texts(source, member.node)
        else:
            first, last = source.line(member.start), source.last_line(member)
            yield from range(first, last + 1) if last > first else ()
