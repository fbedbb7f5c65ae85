"""What a tool gives an agent beside its class."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.catalog.classify import classify
from policyctl.model.catalog import Risk, Tag, Tool

TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("name", "properties", "expected"),
    [
        ("read_email", {}, {Tag.PRIVATE_DATA, Tag.UNTRUSTED_CONTENT}),
        ("list_files", {}, {Tag.PRIVATE_DATA}),
        ("get_weather", {}, set()),
        ("fetch_url", {"url": TEXT}, {Tag.UNTRUSTED_CONTENT, Tag.EXTERNAL_SINK}),
        ("list_urls", {}, {Tag.UNTRUSTED_CONTENT}),
        ("get_issue", {}, {Tag.PRIVATE_DATA, Tag.UNTRUSTED_CONTENT}),
        ("send_email", {"to": TEXT}, {Tag.EXTERNAL_SINK}),
        ("create_comment", {}, {Tag.EXTERNAL_SINK}),
        ("create_folder", {}, set()),
        ("run_command", {"command": TEXT}, {Tag.CODE}),
        ("get_secret", {}, {Tag.PRIVATE_DATA, Tag.CREDENTIALS}),
        ("create_api_key", {}, {Tag.CREDENTIALS}),
        ("pay_invoice", {}, {Tag.MONEY}),
        ("get_balance", {}, {Tag.PRIVATE_DATA}),
        ("delete_file", {}, {Tag.IRREVERSIBLE}),
        ("soft_delete_file", {}, set()),
        ("bulk_update_users", {}, {Tag.BULK}),
        ("update_users", {"user_ids": {"type": "array"}}, {Tag.BULK}),
        ("get_users", {"user_ids": {"type": "array"}}, {Tag.PRIVATE_DATA}),
    ],
)
def test_tags_follow_from_verb_object_and_arguments(name: str, properties: dict[str, Any], expected: set[Tag]) -> None:
    assert classify(Tool(name, "", input_schema={"properties": properties})).tags == expected


@pytest.mark.parametrize(
    ("name", "risk"),
    [
        ("get_secret", Risk.HIGH),
        ("list_api_keys", Risk.HIGH),
        ("get_env", Risk.HIGH),
        ("get_page", Risk.LOW),
        ("get_role", Risk.LOW),
        ("get_secret_scanning_alert", Risk.LOW),
        ("get_token_price", Risk.LOW),
        ("create_role", Risk.HIGH),
        ("update_policy", Risk.HIGH),
        ("enable_margin_trading", Risk.HIGH),
        ("disable_fast_withdrawal", Risk.HIGH),
        ("enable_page_margin", Risk.MEDIUM),
        ("add_collaborator", Risk.HIGH),
        ("create_api_key", Risk.HIGH),
        ("create_page", Risk.MEDIUM),
        ("run_tests", Risk.HIGH),
        ("delete_page", Risk.CRITICAL),
        ("pay_invoice", Risk.CRITICAL),
    ],
)
def test_the_risk_follows_from_the_class_unless_what_it_is_about_opens_doors(name: str, risk: Risk) -> None:
    assert classify(Tool(name, "")).risk is risk
