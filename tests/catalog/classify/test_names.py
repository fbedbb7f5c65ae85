"""What a name alone says."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.catalog.classify import classify
from policyctl.catalog.classify.split import split
from policyctl.model.catalog import Category, Confidence, Tool

from .names import NAMES


def category(name: str, server: str = "") -> Category | None:
    return classify(Tool(name, ""), server=server).category


@pytest.mark.parametrize("expected", Category)
def test_the_names_of_many_apis_have_the_class_that_they_say(expected: Category) -> None:
    names = NAMES[expected].split()
    assert [name for name in names if category(name) is not expected] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("create_issue", ("create", "issue")),
        ("createIssue", ("create", "issue")),
        ("CREATE_ISSUE", ("create", "issue")),
        ("issues/create.one", ("issues", "create", "one")),
        ("getURLForID2", ("get", "url", "for", "id")),
        ("listVMs", ("list", "vms")),
        ("createissue", ("create", "issue")),
        ("filedelete", ("file", "delete")),
        ("dataset_update", ("dataset", "update")),
        ("payload_checklist_runtime", ("payload", "checklist", "runtime")),
        ("de\u200blete_file", ("delete", "file")),
        ("d\u0435lete_file", ("delete", "file")),
        ("удалить_файл", ("удалить", "файл")),
        ("123__--", ()),
    ],
)
def test_a_name_is_split_however_it_is_spelt(name: str, words: tuple[str, ...]) -> None:
    assert split(name) == words


WORDS = st.sampled_from(
    ["get", "delete", "order", "cancel", "user", "history", "run", "query", "payment", "send", "all", "widget"]
)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_all_spellings_of_a_name_have_one_class(words: list[str]) -> None:
    camel = words[0] + "".join(word.title() for word in words[1:])
    spellings = ["_".join(words), "-".join(words), ".".join(words), "/".join(words), " ".join(words), camel]
    spellings += ["_".join(words).upper(), camel[:1].upper() + camel[1:], "Mcp__" + "__".join(words)]
    assert len({category(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("name", "server", "expected"),
    [
        ("mcp__trade-desk__list_desks", "trade-desk", Category.READ),
        ("transfer_list_accounts", "transfer", Category.READ),
        ("post_office_track", "post-office", Category.READ),
        ("git_checkout", "git", Category.WRITE),
        ("checkout", "shop", Category.FINANCIAL),
    ],
)
def test_the_name_of_the_server_is_no_word_of_the_tool(name: str, server: str, expected: Category) -> None:
    assert category(name, server) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cancel_order", Category.FINANCIAL),
        ("cancel_meeting", Category.WRITE),
        ("cancel_run", Category.EXECUTE),
        ("order_status", Category.READ),
        ("deposit_history", Category.READ),
        ("deposit", Category.FINANCIAL),
        ("close_issue", Category.WRITE),
        ("close_position", Category.FINANCIAL),
        ("open_positions", Category.READ),
        ("open_position", Category.FINANCIAL),
        ("subscribe_to_notifications", Category.WRITE),
        ("update_event_subscription", Category.WRITE),
        ("update_subscription", Category.FINANCIAL),
        ("transfer_ownership", Category.WRITE),
        ("transfer_funds", Category.FINANCIAL),
        ("query_sql", Category.EXECUTE),
        ("query_logs", Category.READ),
        ("reset_password", Category.WRITE),
        ("reset_database", Category.DESTRUCTIVE),
        ("drop_index", Category.DESTRUCTIVE),
        ("table_drop_index", Category.DESTRUCTIVE),
        ("mark_all_as_read", Category.WRITE),
        ("create_or_delete_user", Category.DESTRUCTIVE),
        ("add_remove_label", Category.WRITE),
        ("manage_users_delete", Category.DESTRUCTIVE),
        ("preview_delete", Category.READ),
        ("propose_remove_editor", Category.DESTRUCTIVE),
        ("list_deleted_files", Category.READ),
        ("get_update_history", Category.READ),
        ("create_trigger", Category.WRITE),
        ("deposit_to_address", Category.FINANCIAL),
        ("download_file_by_id", Category.WRITE),
        ("swap_quote", Category.READ),
        ("recipe_finder", Category.READ),
        ("order_tracker", Category.READ),
        ("task_runner", Category.EXECUTE),
        ("cache_cleaner", Category.DESTRUCTIVE),
        ("invoice_pdf", Category.READ),
        ("delete_listen_key", Category.WRITE),
        ("close_user_data_stream", Category.WRITE),
        ("delete_data_stream", Category.DESTRUCTIVE),
        ("delete_user_data", Category.DESTRUCTIVE),
        ("set_servo_position_mode", Category.WRITE),
        ("create_copy_trading_report", Category.WRITE),
        ("one_click_install", Category.EXECUTE),
    ],
)
def test_what_a_verb_does_depends_on_what_is_around_it(name: str, expected: Category) -> None:
    assert category(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("eliminar_zapato", Category.DESTRUCTIVE),
        ("obtenerClima", Category.READ),
        ("löscheDatei", Category.WRITE),
        ("löschen_datei", Category.DESTRUCTIVE),
        ("删除文件", Category.DESTRUCTIVE),
        ("查询天气", Category.READ),
        ("удалить_файл", Category.DESTRUCTIVE),
    ],
)
def test_a_name_in_another_language_is_read_by_its_verb(name: str, expected: Category) -> None:
    assert category(name) is expected


@pytest.mark.parametrize("name", ["frobnicate", "xyzzy_plugh", "", "___", "42", "\u200b", "𓀀"])
def test_a_name_that_says_nothing_is_a_doubtful_write(name: str) -> None:
    tool = classify(Tool(name, ""))
    assert (tool.category, tool.confidence) == (Category.WRITE, Confidence.LOW)
    assert tool.evidence


SIGNALS = sorted((Path(__file__).parents[3] / "policyctl/catalog/classify/signals").glob("*.py"))


@pytest.mark.parametrize("file", SIGNALS, ids=lambda path: path.stem)
def test_no_word_stands_twice_in_one_list(file: Path) -> None:
    module = import_module(f"policyctl.catalog.classify.signals.{file.stem}")
    assert module.__doc__
    for block in re.findall(r'words\(\s*"+([^"]*)"+', file.read_text("utf-8")):
        words = block.split()
        assert sorted(words) == sorted(set(words))


def test_a_verb_has_one_class_within_its_tier() -> None:
    from policyctl.catalog.classify.signals import verbs

    for tier in (verbs.ALWAYS, verbs.LEADING, verbs.RARELY):
        together = [word for group in tier.values() for word in group]
        assert sorted(together) == sorted(set(together))
