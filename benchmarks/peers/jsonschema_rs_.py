"""jsonschema-rs: a schema for each tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsonschema_rs

from peers.schema import schema_of
from policyctl.model.policy import ToolRules


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """With the regex engine that is linear in time, as the language asks for."""
    schema = schema_of(rules)
    validator = jsonschema_rs.Draft202012Validator(schema, pattern_options=jsonschema_rs.RegexOptions())
    return validator.is_valid
