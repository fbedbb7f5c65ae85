"""`policyctl catalog show`, end to end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

FIXTURES = Path(__file__).parents[3] / "fixtures" / "tool-catalogs"
EXCHANGE, FILES = FIXTURES / "exchange.json", FIXTURES / "files.json"


def catalog(server: str, *tools: Any) -> str:
    return json.dumps({"version": "1", "server": {"id": server, "name": server}, "tools": list(tools)})


@pytest.fixture
def folder(repository: Path) -> Path:
    pay = {"name": "pay", "description": "Pays a bill.", "inputSchema": {"properties": {"amount": {"type": "number"}}}}
    (repository / "bank.json").write_text(catalog("bank", pay, {"name": "list_bills"}), "utf-8")
    (repository / "shop.json").write_text(catalog("shop", {"name": "list_bills"}, {"name": "delete_order"}), "utf-8")
    return repository


def names(run: Run, folder: Path, *words: str) -> list[str]:
    result = run(["catalog", "show", *words, "--format", "json"], cwd=folder)
    return [f"{tool['server']}/{tool['name']}" for tool in json.loads(result.stdout)["tools"]]


def test_tools_without_a_class_get_one_on_the_way(run: Run, folder: Path) -> None:
    result = run(["catalog", "show", "bank.json"], cwd=folder)
    assert (result.code, result.stderr) == (0, "")
    assert "pay         Financial  Critical" in result.stdout
    assert result.stdout.splitlines()[-1] == "showed 2 tools · 1 server"


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ((), "bank/pay bank/list_bills shop/delete_order shop/list_bills"),
        (("--risk", "Critical"), "bank/pay shop/delete_order"),
        (("--risk", "critical", "--category", "FINANCIAL"), "bank/pay"),
        (("--category", "Read", "--category", "Destructive"), "bank/list_bills shop/delete_order shop/list_bills"),
        (("--tag", "money"), "bank/pay"),
        (("--server", "shop"), "shop/delete_order shop/list_bills"),
        (("--server", "shop", "--risk", "Low"), "shop/list_bills"),
    ],
)
def test_filters_leave_what_is_asked_for(run: Run, folder: Path, options: tuple[str, ...], shown: str) -> None:
    assert " ".join(names(run, folder, "bank.json", "shop.json", *options)) == shown


def test_the_page_of_a_tool_answers_in_order(run: Run, folder: Path) -> None:
    result = run(["catalog", "show", "pay", "bank.json"], cwd=folder)
    assert result.code == 0
    titles = [
        line.partition("?")[0] for line in result.stdout.splitlines() if line and line[0].isupper() and "?" in line
    ]
    assert titles == [
        "How sure is that",
        "What can be asked of it",
        "How is it abused",
        "Which rule is recommended",
        "How do I rate-limit it",
        "How do I block it",
        "How do I let it through only under conditions",
    ]


@pytest.mark.parametrize(
    "words", [("pay", "bank.json"), ("bank.json", "pay"), ("pay", "-c", "bank.json"), ("-c", "bank.json", "pay")]
)
def test_a_tool_and_its_catalog_may_be_named_in_any_order(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    assert run(["catalog", "show", *words], cwd=folder).stdout.startswith("pay  Financial · Critical risk\n")


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["pays", "bank.json"], "no tool `pays` in the catalog of `bank`", "did you mean `pay`?"),
        (["zzz", "bank.json", "shop.json"], "no tool `zzz` in 2 catalogs", "`policyctl catalog show` lists the names"),
        (
            ["list_bills", "bank.json", "shop.json"],
            "the tool `list_bills` is on several servers, `bank` and `shop`",
            "choose one: `--server bank`",
        ),
        (["bank.json", "--server", "bnak"], "no catalog is of a server `bnak`", "did you mean `bank`?"),
        (["pay", "other"], "neither `pay` nor `other` is a file", "name one tool; a file has to be there"),
        (["bnak.json"], "no such file `bnak.json`", "did you mean `bank.json`?"),
        (["-", "-"], "standard input can be read once only", "name `-` a single time"),
        (
            ["bank.json", "-o", "json=bank.json"],
            "`bank.json` is read here, and would be replaced",
            "write to another file",
        ),
        (
            ["bank.json", "-o", "pdf=x"],
            "`--output pdf=x` names an unknown format",
            "choose one of `text`, `json`, `markdown`, `html`",
        ),
    ],
)
def test_a_mistake_gets_a_hint(run: Run, folder: Path, words: list[str], message: str, hint: str) -> None:
    before = (folder / "bank.json").read_bytes()
    result = run(["catalog", "show", *words], cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr == f"error: {message}\nhint: {hint}\n"
    assert (folder / "bank.json").read_bytes() == before


def test_a_server_settles_which_tool_is_meant(run: Run, folder: Path) -> None:
    result = run(["catalog", "show", "list_bills", "bank.json", "shop.json", "--server", "shop"], cwd=folder)
    assert "a tool of the server `shop`" in result.stdout


def test_without_a_catalog_the_configured_ones_are_shown(run: Run, folder: Path) -> None:
    assert run(["catalog", "show"], cwd=folder).stderr.startswith("error: no catalog was named\n")
    (folder / "policyctl.toml").write_text('catalog = "bank.json"\n[servers.shop]\ncatalog = "shop.json"\n')
    assert names(run, folder)[::3] == ["bank/pay", "shop/list_bills"]


def test_nothing_left_to_show_has_an_exit_code_of_its_own(run: Run, folder: Path) -> None:
    result = run(["catalog", "show", "bank.json", "--risk", "High"], cwd=folder)
    assert (result.code, result.stdout) == (3, "no tool is of risk High\nshowed 0 of 2 tools · 1 server\n")
    (folder / "empty.json").write_text(catalog("none"))
    for form in ("text", "json", "markdown", "html"):
        assert run(["catalog", "show", "empty.json", "--format", form], cwd=folder).code == 3


def test_a_policy_by_mistake_is_shown_with_its_errors(run: Run, folder: Path) -> None:
    (folder / "policy.json").write_text('{"version": "1", "default": "deny", "tools": {"pay": {}}}')
    result = run(["catalog", "show", "policy.json", "--format", "html"], cwd=folder)
    assert result.code == 1
    assert result.stdout.startswith("error[LST01]: this is a policy, not a list of tools\n")
    assert "<" not in result.stdout


def test_lists_of_many_servers_are_shown_as_they_come(run: Run, folder: Path) -> None:
    lines = (("b", "pay_bill"), ("a", "get_time"), ("b", "x"))
    tools = [{"server": server, "name": name, "inputSchema": {"type": "object"}} for server, name in lines]
    (folder / "tools.jsonl").write_text("".join(json.dumps(tool) + "\n" for tool in tools))
    (folder / "lists").mkdir()
    (folder / "lists" / "c.json").write_text(
        json.dumps({"tools": [{"name": "list_c", "inputSchema": {"type": "object"}}]})
    )
    assert names(run, folder, "tools.jsonl", "lists") == ["a/get_time", "b/pay_bill", "b/x", "c/list_c"]


def test_two_lists_of_one_server_are_an_error_with_a_place(run: Run, folder: Path) -> None:
    (folder / "again.json").write_text(catalog("bank", {"name": "pay"}))
    result = run(["catalog", "show", "bank.json", "again.json"], cwd=folder)
    assert (result.code, "two-catalogs" in result.stdout) == (1, True)


def test_every_format_may_go_to_a_file_in_one_run(run: Run, folder: Path) -> None:
    forms = ("text", "json", "markdown", "html")
    outputs = [word for form in forms for word in ("-o", f"{form}=out.{form}")]
    result = run(["catalog", "show", "bank.json", *outputs], cwd=folder)
    assert result.code == 0
    written = {form: (folder / f"out.{form}").read_text("utf-8") for form in forms}
    assert written["text"] == result.stdout
    assert json.loads(written["json"])["schema"] == "policyctl/catalog-show/v1"
    assert written["markdown"].startswith("## policyctl catalog show\n")
    assert written["html"].startswith("<!doctype html>\n")
    for form in forms:
        assert run(["catalog", "show", "bank.json", "--format", form], cwd=folder).stdout == written[form]


def test_the_site_of_one_tool_holds_that_tool(run: Run, folder: Path) -> None:
    document = run(["catalog", "show", "pay", "bank.json", "--format", "html"], cwd=folder).stdout
    assert document.count('class="row"') == 1
    assert 'href="#tool=pay"' in document


HOSTILE: list[Any] = [
    {"name": "", "description": None},
    {"name": "*", "inputSchema": {}},
    {"name": "\u202e\u200b\x07", "description": "x" * 1_000_000},
    {"name": "</script>", "inputSchema": {"properties": {"a": True, "b": [], "c": {"$ref": "#"}}, "required": 3}},
    {"name": "deep", "inputSchema": {"properties": {"x": json.loads('{"items":' * 100 + "1" + "}" * 100)}}},
    {"name": "…", "annotations": {"readOnlyHint": "yes"}},
]


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_a_hostile_catalog_is_shown_and_nothing_breaks(
    run: Run, folder: Path, form: str, published: Callable[[str], Any]
) -> None:
    (folder / "bad.json").write_text(catalog("s", *HOSTILE))
    for words in ([], *([tool["name"]] for tool in HOSTILE if tool["name"])):
        result = run(["catalog", "show", *words, "-c", "bad.json", "--format", form], cwd=folder)
        assert (result.code, result.stderr) == (0, "")
        assert not {"\u202e", "\u200b", "\x07"} & set(result.stdout) or form == "json"
        assert form != "json" or published(result.stdout)


@pytest.mark.parametrize("form", ["json", "markdown", "html"])
def test_the_bytes_do_not_depend_on_the_seed_of_hashes(folder: Path, form: str) -> None:
    def shown(seed: str) -> bytes:
        words = [sys.executable, "-m", "policyctl", "catalog", "show", str(EXCHANGE), str(FILES), "--format", form]
        return subprocess.run(
            words, capture_output=True, check=True, cwd=folder, env={"PYTHONHASHSEED": seed, "PATH": ""}
        ).stdout

    assert shown("1") == shown("2")


def test_tables_and_pages_need_no_template_engine(folder: Path) -> None:
    program = (
        "import sys\nfrom policyctl.cli.main import main\nmain(['catalog', 'show', 'pay', 'bank.json'])\n"
        "print('jinja2' in sys.modules, 'rich' in sys.modules)"
    )
    process = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True, cwd=folder
    )
    assert process.stdout.splitlines()[-1] == "False False"


def test_a_real_catalog_of_hundreds_of_tools_becomes_a_site(run: Run, shared_data: Path, repository: Path) -> None:
    lines = (shared_data / "catalogs" / "sperax-binance.jsonl").read_text("utf-8").splitlines()
    tools = {
        tool["name"]: {key: tool.get(key) for key in ("name", "description", "inputSchema")}
        for tool in map(json.loads, lines)
    }
    (repository / "big.json").write_text(catalog("binance", *tools.values()))
    document = run(["catalog", "show", "big.json", "--format", "html"], cwd=repository).stdout
    assert document.count('class="row"') == len(tools) > 400
