"""What a description says where the name says nothing, and where the two disagree."""

from __future__ import annotations

import pytest

from policyctl.catalog.classify import classify
from policyctl.model.catalog import Category, Confidence, Tool

READ, WRITE, EXECUTE, DESTRUCTIVE, FINANCIAL = Category


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Returns the open tickets of a team.", READ),
        ("Return the widget with this id", READ),
        ("Return the items of a delivered order to the shop.", WRITE),
        ("This tool allows you to search the archive", READ),
        ("A tool that retrieves the weather for a place", READ),
        ("Use this tool to look up a word.", READ),
        ("Tool for listing buckets", READ),
        ("Performs a web search", READ),
        ("Provides statistics about a page.", READ),
        ("Deposit history of an account", READ),
        ("Trading rules of a market", READ),
        ("Log of a service", READ),
        ("Open positions with their entry price", READ),
        ("If you want to delete a file, see the manual. Shows the manual.", READ),
        ("Adds two numbers", READ),
        ("Creates a ticket and returns its number.", WRITE),
        ("Adds or removes a label.", WRITE),
        ("Creating a new document", WRITE),
        ("Sends a message to a channel", WRITE),
        ("Allows users to post a comment", WRITE),
        ("Executes a command in the shell of a host.", EXECUTE),
        ("Runs the tests of a project", EXECUTE),
        ("Deletes a user, permanently.", DESTRUCTIVE),
        ("The file is deleted.", DESTRUCTIVE),
        ("This endpoint deletes the file", DESTRUCTIVE),
        ("Create, update, or delete a record", DESTRUCTIVE),
        ("Performs the deletion of files", DESTRUCTIVE),
        ("Place a new order on the book", FINANCIAL),
        ("Places up to five orders at once", FINANCIAL),
        ("Refunds a charge", FINANCIAL),
        ("Deposit funds into an account", FINANCIAL),
        ("Makes a payment to a supplier", FINANCIAL),
        ("Lets the agent send an SMS", WRITE),
        ("Given a list of ids, deletes them", DESTRUCTIVE),
        ("Takes a list of ids and deletes them", DESTRUCTIVE),
        ("Will permanently remove the record", DESTRUCTIVE),
        ("[DEPRECATED] Delete a page", DESTRUCTIVE),
        ("Enables creation of invoices", FINANCIAL),
        ("Deletion of records", DESTRUCTIVE),
        ("Automatically pays the bill", FINANCIAL),
        ("This function is responsible for updating the profile", WRITE),
        ("Wrapper around the delete endpoint", DESTRUCTIVE),
        ("Calls the API to remove a record", DESTRUCTIVE),
        ("Batch operation that updates many rows", WRITE),
        ("Comment on an issue", WRITE),
        ("Sets a timer to cancel all orders.", FINANCIAL),
        ("Set auto-cancel of open orders after a countdown", FINANCIAL),
        ("Sets a timer to cancel a meeting.", WRITE),
        ("Close or delete a listen key.", WRITE),
        ("Subscribe a customer to a plan", FINANCIAL),
        ("Subscribe to price alerts", WRITE),
        ("Run a SELECT query against the database", EXECUTE),
        ("Run a read-only query against the database", READ),
        ("The current weather in a city", READ),
        ("🎯 Purpose:\n1. Deletes a list of objects", DESTRUCTIVE),
        ("获取天气信息", READ),
        ("创建一个新的文件", WRITE),
        ("删除指定的文件", DESTRUCTIVE),
        ("ファイルを削除します", DESTRUCTIVE),
        ("파일을 삭제합니다", DESTRUCTIVE),
        ("Löscht eine Datei", DESTRUCTIVE),
        ("Crea un documento nuevo", WRITE),
        ("Supprime un fichier", DESTRUCTIVE),
        ("Удаляет файл", DESTRUCTIVE),
        ("Devuelve el saldo", READ),
    ],
)
def test_a_sentence_has_the_class_of_its_verb(description: str, expected: Category) -> None:
    assert classify(Tool("frobnicate", "", description=description)).category is expected


@pytest.mark.parametrize(
    ("name", "description", "expected", "confidence"),
    [
        ("get_page", "Deletes a page.", DESTRUCTIVE, Confidence.LOW),
        ("get_page", "Creates a page.", WRITE, Confidence.LOW),
        ("delete_page", "Returns a page.", DESTRUCTIVE, Confidence.MEDIUM),
        ("update_list", "Removes an entry.", WRITE, Confidence.MEDIUM),
        ("run_report", "Returns a report.", EXECUTE, Confidence.MEDIUM),
        ("transfer", "Returns the state of a transfer.", READ, Confidence.MEDIUM),
        ("withdraw", "Submits a request.", FINANCIAL, Confidence.MEDIUM),
        ("get_info", "This belongs to a desk, which lets users trade stocks.", READ, Confidence.HIGH),
        ("get_page", "Returns a page.", READ, Confidence.HIGH),
        ("purge_all", "Purges all. This cannot be undone.", DESTRUCTIVE, Confidence.HIGH),
        ("close_vault", "Closes a vault for good: irreversible.", DESTRUCTIVE, Confidence.LOW),
        ("close_vault", "Closes a vault. This is not irreversible.", WRITE, Confidence.HIGH),
    ],
)
def test_name_and_sentence_are_weighed(name: str, description: str, expected: Category, confidence: Confidence) -> None:
    tool = classify(Tool(name, "", description=description))
    assert (tool.category, tool.confidence) == (expected, confidence)


def test_an_overwrite_is_a_write_whose_evidence_says_so() -> None:
    tool = classify(Tool("write_file", "", description="Writes a file. Overwrites what is there."))
    assert tool.category is WRITE
    assert any("overwrites" in evidence.says for evidence in tool.evidence)


def test_of_a_query_that_says_that_it_only_reads_the_doubt_is_told() -> None:
    tool = classify(Tool("query", "", description="Runs a read-only SQL query."))
    assert (tool.category, tool.confidence) == (READ, Confidence.LOW)
    assert any(evidence.signal == "against" and "Execute" in evidence.says for evidence in tool.evidence)


def test_read_only_in_a_description_lowers_nothing_else() -> None:
    tool = classify(Tool("delete_page", "", description="Read-only. Does not modify anything."))
    assert tool.category is DESTRUCTIVE
    assert any(evidence.signal == "against" and "read-only" in evidence.says for evidence in tool.evidence)
