"""CEL, the C++ runtime (cel-expr-python): an expression for each tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cel_expr_python import cel

from peers.cel_text import expression
from policyctl.model.policy import ToolRules

_ENVIRONMENT = cel.NewEnv(variables={"args": cel.Type.DYN})


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """The arguments are handed over with each call."""
    run = _ENVIRONMENT.compile(expression(rules)).eval
    return lambda args: run(data={"args": args}).value() is True
