"""Names with a client's prefix, from the friendly to the hostile."""

from __future__ import annotations

import json

import pytest

from policyctl.engine.gateway import Gateway
from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.replay.routing import Assignment, Lane, Router
from policyctl.source.document import Document
from policyctl.source.read import read_document


def policy(*tools: str) -> Policy:
    text = json.dumps({"version": "1", "default": "deny", "tools": {tool: {} for tool in tools}})
    document = read_document("policy.json", text.encode())
    assert isinstance(document, Document)
    found = read_policy(document).policy
    assert found is not None
    return found


def router(*tools: str, server: str | None = None) -> Router:
    return Router([Lane(Assignment(policy(*tools), None, server), Gateway(policy(*tools)))])


@pytest.mark.parametrize(
    ("recorded", "tool"),
    [
        ("mcp__s__pay", "pay"),
        ("mcp__a__b__pay", "pay"),
        ("mcp__a__b__c", "b__c"),
        ("mcp__s__other", "mcp__s__other"),
        ("mcp____pay", "mcp____pay"),
        ("mcp__pay", "mcp__pay"),
        ("pay", "pay"),
    ],
)
def test_a_prefix_goes_if_the_bare_name_is_known(recorded: str, tool: str) -> None:
    assert router("pay", "b__c").route(None, recorded).tool == tool


def test_a_prefix_names_the_server_if_nothing_else_does() -> None:
    route = router("pay", server="a__b").route(None, "mcp__a__b__pay")
    assert (route.server, route.tool, route.lane is None) == ("a__b", "pay", False)
    assert router("pay", server="a__b").route(None, "mcp__a__pay").lane is None


@pytest.mark.parametrize("server", [None, "a"])
def test_a_name_of_a_million_separators_is_read_in_one_pass(server: str | None) -> None:
    # Cut at each of them, it would be copied a million times.
    recorded = "mcp__a__" + "b__" * 1_000_000 + "pay"
    assert router("pay", server=server).route(None, recorded).tool == ("pay" if server is None else recorded)
