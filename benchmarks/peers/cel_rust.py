"""CEL, the Rust runtime (common-expression-language): an expression for each tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cel

from peers.cel_text import expression
from policyctl.model.policy import ToolRules


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """The arguments are handed over with each call."""
    run = cel.compile(expression(rules)).execute
    return lambda args: run({"args": args}) is True
