"""Files of overrides: three languages, one meaning, and every mistake with its place."""

from __future__ import annotations

import pytest

from policyctl.model.catalog import Category, Risk
from policyctl.model.override import Override, Overrides
from policyctl.reading.overrides import read_overrides

EXPECTED = Overrides(
    (
        Override("del_*", None, Category.WRITE, None, "soft", "o"),
        Override("a.b", "shop", None, Risk.HIGH, "", "o"),
    )
)
TOML = '[tools."del_*"]\ncategory = "Write"\nwhy = "soft"\n[servers.shop.tools."a.b"]\nrisk = "High"\n'
YAML = "tools:\n  'del_*': {category: Write, why: soft}\nservers:\n  shop:\n    tools:\n      a.b: {risk: High}\n"
JSON = '{"tools": {"del_*": {"category": "Write", "why": "soft"}}, "servers": {"shop": {"tools": {"a.b": {"risk": "High"}}}}}'


@pytest.mark.parametrize(("ending", "text"), [("toml", TOML), ("yaml", YAML), ("json", JSON)])
def test_each_language_says_the_same(ending: str, text: str) -> None:
    reading = read_overrides(f"o.{ending}", text.encode())
    assert reading.diagnostics == ()
    assert reading.overrides is not None
    assert [(e.tool, e.server, e.category, e.risk, e.why) for e in reading.overrides.entries] == [
        (e.tool, e.server, e.category, e.risk, e.why) for e in EXPECTED.entries
    ]


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("o.toml", '[tools.a]\ncategory = "write"\n', 2, "`category` cannot be `write`"),
        ("o.toml", '[tools.a]\nwhy = "so"\n', 1, "the override of `a` sets neither `category` nor `risk`"),
        ("o.toml", '[tools.a]\nrisk = "High"\nwhen = 1\n', 3, "the override of `a` has no key `when`"),
        ("o.toml", "tool = 1\n", 1, "a file of overrides has no key `tool`"),
        ("o.toml", "x = [\n", 2, "invalid value"),
        ("o.toml", 'tools = "a"\n', 1, "`tools` must be an object, not the text `a`"),
        ("o.yaml", "tools:\n  a: Write\n", 2, "the override of `a` must be an object, not the text `Write`"),
        ("o.json", '{"servers": {"s": {"tool": {}}}}', 1, "the server `s` has no key `tool`"),
        (
            "o.json",
            '{"tools": {"a": {"risk": 1}}}',
            1,
            "`risk` must be `Low`, `Medium`, `High` or `Critical`, not the number `1`",
        ),
        ("o.json", "[]", 1, "a file of overrides must be an object, not a list"),
    ],
)
def test_a_mistake_has_its_place(name: str, text: str, line: int, message: str) -> None:
    reading = read_overrides(name, text.encode())
    assert reading.overrides is None
    found = reading.diagnostics[0]
    assert found.message.startswith(message)
    assert found.span is not None
    assert found.span.start.line == line


@pytest.mark.parametrize("text", ["", "# nothing\n"])
def test_a_toml_file_that_says_nothing_overrides_nothing(text: str) -> None:
    assert read_overrides("o.toml", text.encode()).overrides == Overrides()


def test_what_is_no_text_is_an_error() -> None:
    assert read_overrides("o.toml", b"\xff\xfe\x00").diagnostics[0].code == "SRC01"
