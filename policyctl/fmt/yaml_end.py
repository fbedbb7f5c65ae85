"""The last line of a YAML text."""

from __future__ import annotations

from policyctl.fmt.yaml_lines import YamlLines
from policyctl.source.yaml_node import Node


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
