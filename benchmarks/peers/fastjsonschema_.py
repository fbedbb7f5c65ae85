"""fastjsonschema: a schema for each tool, compiled to Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import fastjsonschema

from peers.schema import schema_of
from policyctl.model.policy import ToolRules


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """It raises where a call is denied."""
    validate = fastjsonschema.compile(schema_of(rules))

    def decide(args: dict[str, Any]) -> bool:
        try:
            validate(args)
        except fastjsonschema.JsonSchemaException:
            return False
        return True

    return decide
