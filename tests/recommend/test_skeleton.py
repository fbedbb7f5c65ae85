"""Which argument says what a tool will run, and the rule that asks a person about it."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.recommend.arguments import arguments_of
from policyctl.recommend.skeleton import skeleton_of


def skeleton(properties: Any, required: list[str] | None = None) -> Any:
    return skeleton_of(arguments_of({"properties": properties, "required": required or []}))


TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("properties", "required", "path", "kind"),
    [
        ({"timeout": {"type": "integer"}, "command": TEXT}, [], "args.command", "command"),
        ({"url": TEXT, "code": TEXT}, ["url"], "args.code", "code"),
        ({"path": TEXT, "sql": TEXT}, [], "args.sql", "query statement"),
        ({"note": TEXT, "url": TEXT}, ["note"], "args.url", "URL"),
        ({"file_path": TEXT, "mode": TEXT}, [], "args.file_path", "path"),
        ({"a": {"type": "object", "properties": {"command": TEXT}}, "command": TEXT}, [], "args.command", "command"),
        ({"owner": TEXT, "workflow_id": TEXT}, ["owner"], "args.workflow_id", "value"),
        ({"count": {"type": "integer"}, "who": TEXT}, ["count", "who"], "args.who", "value"),
        ({"cmd": {"type": "array", "items": TEXT}}, [], "args.cmd", "command"),
    ],
)
def test_the_most_telling_argument_is_asked_about(properties: Any, required: list[str], path: str, kind: str) -> None:
    found = skeleton(properties, required)
    assert (found.gap.path, found.gap.kind) == (path, kind)
    assert found.require["conditions"] == [{"path": path, "op": "in", "value": []}]
    assert found.gap.example["path"] == path


def test_values_that_the_schema_lists_need_nobody_to_name_them() -> None:
    found = skeleton({"action": {"type": "string", "enum": ["start", "stop"]}})
    assert found.gap is None
    assert found.require == {"conditions": [{"path": "args.action", "op": "in", "value": ["start", "stop"]}]}


@pytest.mark.parametrize("properties", [{}, {"count": {"type": "integer"}}, {"a.b": TEXT}])
def test_where_no_argument_stands_out_nothing_is_asked(properties: Any) -> None:
    assert skeleton(properties) is None
