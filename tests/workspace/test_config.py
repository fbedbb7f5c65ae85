from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from policyctl.diagnostic import Severity
from policyctl.errors import PolicyctlError
from policyctl.model.threshold import Threshold
from policyctl.workspace.config import dotted, load
from policyctl.workspace.configuration import Configuration, Gate, Lint, Server, Suppression, Traces

FULL = """
policy = "policies/a.json"
catalog = "catalogs/a.json"
dialect = "policylayer"
profile = "strict"

[lint]
select = ["ARG02", "LIM01"]
ignore = ["ARG03"]
severity = { ARG02 = "warning" }

[servers.github]
policy = "gh.json"
catalog = "gh-tools.json"

[traces]
files = ["logs/**/*.jsonl"]
grant_from = "meta.agent"
map = { tool = "/params/name", args = "/params/arguments" }
lateness = "36h"
window = "sliding"

[gate]
max_denied = 5
max_undetermined = "10%"
min_calls = 100
min_fidelity = "95%"
max_bad_lines = "0.5%"
diff = ["wider:Financial", "any"]

[[suppress]]
rule = "ARG02"
policy = "policies/a.json"
at = "/tools/x"
reason = ""
expires = 2027-01-31
"""


@pytest.fixture(autouse=True)
def here(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)


def _load(text: str) -> Configuration:
    Path("policyctl.toml").write_text(text, encoding="utf-8")
    return load()


def test_every_key_becomes_a_typed_value() -> None:
    configuration = _load(FULL)
    assert configuration.policy == Path("policies/a.json")
    assert configuration.catalog == Path("catalogs/a.json")
    assert (configuration.dialect, configuration.profile) == ("policylayer", "strict")
    assert configuration.lint == Lint(("ARG02", "LIM01"), ("ARG03",), {"ARG02": Severity.WARNING})
    assert configuration.servers == {"github": Server(Path("gh.json"), Path("gh-tools.json"))}
    assert configuration.traces == Traces(
        files=("logs/**/*.jsonl",),
        grant_from="meta.agent",
        map={"tool": "/params/name", "args": "/params/arguments"},
        lateness=36 * 3600,
        window="sliding",
    )
    assert configuration.gate == Gate(
        max_denied=Threshold(Fraction(5), is_share=False),
        max_undetermined=Threshold(Fraction(1, 10), is_share=True),
        min_calls=100,
        min_fidelity=Threshold(Fraction(95, 100), is_share=True),
        max_bad_lines=Threshold(Fraction(1, 200), is_share=True),
        diff=("wider:Financial", "any"),
    )
    assert configuration.suppress == (
        Suppression("ARG02", Path("policies/a.json"), "/tools/x", None, date(2027, 1, 31), None),
    )


def test_no_file_is_the_defaults() -> None:
    assert load() == Configuration()


def test_an_empty_file_is_the_defaults_and_a_file() -> None:
    assert _load("") == Configuration(file=Path("policyctl.toml"))


@pytest.mark.parametrize("text", ['traces = "a.jsonl"', 'traces = ["a.jsonl"]', '[traces]\nfiles = "a.jsonl"'])
def test_traces_may_be_a_glob_a_list_or_a_table(text: str) -> None:
    assert _load(text).traces.files == ("a.jsonl",)


def test_a_map_may_be_written_as_on_the_command_line() -> None:
    assert _load('[traces]\nmap = "tool=/name, args=/a"').traces.map == {"tool": "/name", "args": "/a"}


def test_pyproject_has_its_table_and_a_byte_order_mark_or_crlf_do_no_harm() -> None:
    Path("pyproject.toml").write_bytes(
        b'\xef\xbb\xbf[project]\r\nname = "x"\r\n[tool.policyctl.gate]\r\nmin_calls = 3\r\n'
    )
    configuration = load()
    assert configuration.gate.min_calls == 3
    assert str(configuration.origin("gate.min_calls")) == "pyproject.toml:4"
    assert str(configuration.origin("gate.max_denied")) == "default"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("polcy = 'x'", "policyctl.toml:1: unknown key `polcy`", "did you mean `policy`?"),
        ("policy = 3", "policyctl.toml:1: `policy` is `3`", "write a text"),
        ("policy = ''", "policyctl.toml:1: `policy` is empty", "give it a value, or remove the key"),
        ("policy = true", "policyctl.toml:1: `policy` is `true`", "write a text"),
        ("[gate]\nmin_calls = true", "policyctl.toml:2: `min_calls` is `true` in `[gate]`", "not negative"),
        ("gate = 3", "policyctl.toml:1: `gate` is `3`", "write a table"),
        ("[gate]\nmax_denied = '101%'", "`max_denied` is the text `101%` in `[gate]`", '`"2.5%"`'),
        ("[gate]\nmax_denied = 0.5", "`max_denied` is `0.5` in `[gate]`", "write a count"),
        ("[gate]\nmin_fidelity = 5", "`min_fidelity` is `5` in `[gate]`", "write a share"),
        ("dialect = 'Policylayer'", "`dialect` is the text `Policylayer`", "choose one of `policyctl`, `policylayer`"),
        ("dialect = ['x']", "`dialect` is a list", "choose one of"),
        (
            "\n[lint.severity]\nARG02 = 'fatal'",
            "policyctl.toml:3: `ARG02` is the text `fatal` in `[lint.severity]`",
            "`er",
        ),
        (
            "[servers.'a b']\npath = 'x'",
            'policyctl.toml:2: unknown key `path` in `[servers."a b"]`',
            "known here: `pol",
        ),
        ("[traces]\ngrant_from = 'meta'", "`grant_from` is the text `meta`", "choose `session`, `file` or `meta.KEY`"),
        ("[traces]\nmap = 'tool'", "`map` has a part without `=`", "write it as"),
        ("[traces]\nmap = 'tol=/x'", "unknown key `tol` in `[traces.map]`", "did you mean `tool`?"),
        ("[traces]\nmap = {tool = 'x'}", "`tool` is the text `x` in `[traces.map]`", "write a JSON Pointer"),
        ("[traces]\nlateness = '3w'", "`lateness` is the text `3w`", "`36h`"),
        (
            "[[suppress]]\nrule = 'ARG02'\nat = ''",
            "policyctl.toml:1: `policy` is missing in `[suppress]`",
            "`policy = …`",
        ),
        (
            "[[suppress]]\nrule = 'A1'\npolicy = 'p'\nat = ''\n[[suppress]]\nrule = 'x'",
            "policyctl.toml:6: `rule` is the text `x` in `[suppress.1]`",
            "write the code of one rule",
        ),
        ("[[suppress]]\nexpires = '2027-01-31'", "`expires` is the text `2027-01-31`", "write a date without quotes"),
        ("a = \n", "policyctl.toml:1: invalid value", "the file must be TOML 1.0"),
        ("a = 1\na = 2\n", "policyctl.toml:2: cannot overwrite a value", "the file must be TOML 1.0"),
        ("policy = " + "1" * 5000, "policyctl.toml: exceeds the limit", "the file must be TOML 1.0"),
        ("policy = " + "[" * 100_000, "policyctl.toml: nested too deeply", "no setting needs such nesting"),
    ],
)
def test_a_mistake_is_refused_with_file_line_and_key(text: str, message: str, hint: str) -> None:
    with pytest.raises(PolicyctlError) as caught:
        _load(text)
    assert message in caught.value.message
    assert caught.value.message.startswith("policyctl.toml:")
    assert caught.value.hint is not None
    assert hint in caught.value.hint


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    Path("policyctl.toml").write_bytes(b"policy = 'a'\n# \xff\n")
    with pytest.raises(PolicyctlError) as caught:
        load()
    assert caught.value.message == "policyctl.toml:2: not UTF-8"


def test_a_pyproject_that_is_named_must_have_the_table() -> None:
    Path("pyproject.toml").write_text("[project]\n")
    with pytest.raises(PolicyctlError) as caught:
        load(Path("pyproject.toml"))
    assert caught.value.message == "`pyproject.toml` has no table `[tool.policyctl]`"


def test_dotted_quotes_what_is_no_bare_key() -> None:
    assert dotted(("servers", 'a "b" \\', "policy", 0)) == 'servers."a \\"b\\" \\\\".policy.0'
