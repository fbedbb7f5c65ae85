"""Whether a text is a record of calls, whose arguments no report repeats (conventions §2)."""

from __future__ import annotations

import re

_CALL = re.compile(r'"(?:tool|tool_name|toolName|toolname)"\s*:\s*"|"tools/call"')
_ARGUMENTS = re.compile(r'"(?:args|arguments|input|params|parameters|tool_input|function_args)"\s*:')
_LINES = re.compile(r"\s*[\[{].*\n\s*[\[{].*\"")


def is_record(text: str) -> bool:
    """Whether somebody named a trace where a policy or catalog belongs; in doubt a text is one."""
    if _CALL.search(text):
        return True
    return '"version"' not in text and (_LINES.match(text) or _ARGUMENTS.search(text)) is not None
